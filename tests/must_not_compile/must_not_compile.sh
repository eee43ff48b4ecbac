#!/usr/bin/env bash
# must_not_compile.sh COMPILER TOP PROGRAM.cpp: the program compiles; with -DMISTAKE it does not, and what the compiler
# minds is on the line that says so. Without the first half a missing header would pass for a refused mistake.
set -euo pipefail
export LC_ALL=C
compiler=$1 top=$2 program=$3
compile() { "$compiler" -std=c++20 -fsyntax-only -I "$top" "$@" "$program" 2>&1; }

if ! said=$(compile); then
  echo "$said"
  echo "$program does not compile even without its mistake."
  exit 1
fi
if said=$(compile -DMISTAKE); then
  echo "$program compiles with its mistake."
  exit 1
fi
line=$(grep -n '// the mistake$' "$program" | cut -d: -f1)
if ! grep -qE "$(basename "$program"):$line:[0-9]+: error:" <<< "$said"; then
  echo "$said"
  echo "$program is refused for another reason than line $line."
  exit 1
fi
