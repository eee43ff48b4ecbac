#!/usr/bin/env python3
"""Says where the source leaves the design: `architecture.py [TOP]` prints one line a fault and fails if there is any.

What it holds the source to: a folder includes only what its arrows reach, a third-party header stays in the folder that
owns its library, includes are written from the top, a source file includes its own header first, every header has
`#pragma once`, and no file of ours is longer than 400 lines.
"""

import os
import re
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# The arrows: what a folder may include, and through it all that lies below. web_mercator stands apart from the folder
# that holds it, because tiling draws with it and must not need PROJ.
WEB_MERCATOR = "geo/projection/web_mercator"
ARROWS = {
    "geo/core": [],
    "geo/domain": ["geo/core"],
    "geo/expression": ["geo/domain"],
    "geo/ogr": ["geo/core"],
    WEB_MERCATOR: ["geo/core"],
    "geo/projection": ["geo/core", WEB_MERCATOR],
    "geo/geometry": ["geo/core"],
    "geo/partition": ["geo/core"],
    "geo/loading": ["geo/expression", "geo/ogr", "geo/projection", "geo/geometry"],
    "geo/analysis": ["geo/loading", "geo/partition", "geo/geometry"],
    "geo/tiling": ["geo/partition", WEB_MERCATOR],
    "geo/mvt": ["geo/tiling"],
    "tileserver/observability": ["geo/core"],
    "tileserver/search": ["geo/expression"],
    "tileserver/atlas": ["geo/analysis", "geo/mvt", "tileserver/search"],
    "tileserver/cache": ["tileserver/atlas"],
    "tileserver/pyramid": ["tileserver/cache"],
    "tileserver/store": ["geo/domain", "geo/ogr", "tileserver/observability"],
    "tileserver/service": ["tileserver/cache", "tileserver/observability", "tileserver/store"],
    "tileserver/http": ["tileserver/service"],
    "tileserver/web": [],
    # main, cli and application: the only place where parts meet.
    "tileserver": ["tileserver/http", "tileserver/pyramid", "tileserver/web"],
}

# Third-party headers by their first characters, and the folders that may include them. Longest match wins.
OWNERS = {
    "cpl_": ["geo/ogr"], "gdal": ["geo/ogr"], "ogr_": ["geo/ogr"], "ogrsf_": ["geo/ogr"],
    "proj.h": ["geo/projection"], "proj/": ["geo/projection"], "geodesic.h": ["geo/projection"],
    "geos_c.h": ["geo/geometry"], "geos/": ["geo/geometry"],
    "toml++/": ["geo/loading"],
    "google/protobuf/": ["geo/mvt"], "vector_tile.pb.h": ["geo/mvt"],
    "libdeflate.h": ["tileserver/cache"], "zlib.h": ["tileserver/cache"],
    "brotli/": ["tileserver/cache"], "zstd.h": ["tileserver/cache"],
    "png.h": ["tileserver/service"],
    "sqlite3.h": ["tileserver/search"],
    "sodium.h": ["tileserver/store"],
    "nlohmann/": ["tileserver/service", "tileserver"],
    "boost/": ["tileserver/http"], "openssl/": ["tileserver/http"],
    "spdlog/": ["tileserver/observability"],
    "fmt/": ["tileserver/observability", "tileserver/atlas", "tileserver/service", "tileserver"],
    "CLI/": ["tileserver"],
    "benchmark/": ["tests/bench"],
    "malloc.h": ["geo/core"],
    "catch2/": ["tests/support"],
}
# What the operating system gives; geography needs none of it.
POSIX = re.compile(r"(fcntl|poll|pthread|signal|termios|unistd|sys/\w+|netinet/\w+|arpa/inet)\.h")
STANDARD = re.compile(r"[a-z0-9_]+")  # <vector>: no slash, no dot

LONGEST_FILE = 400
SOURCES = (".hpp", ".cpp")
NOT_OURS = {"build", "node_modules", "generated", "fixtures"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def folder_of(path):
    """The node of the arrows that holds a file, or `tests`, or `tests/support`."""
    if os.path.splitext(path)[0] == WEB_MERCATOR:
        return WEB_MERCATOR
    parts = path.split("/")
    if parts[0] == "tests":
        return "tests/support" if parts[1] == "support" else "tests"
    return "/".join(parts[:2]) if len(parts) > 2 else parts[0]


def reached(folder):
    """The folder and all that its arrows lead to; nothing for an unknown one."""
    found, waiting = set(), [folder]
    while waiting:
        current = waiting.pop()
        if current in ARROWS and current not in found:
            found.add(current)
            waiting += ARROWS[current]
    return found


def files_of(top):
    """Our files as paths from the top, sorted."""
    for place in ("geo", "tileserver", "tests"):
        for root, folders, names in os.walk(os.path.join(top, place)):
            folders[:] = sorted(set(folders) - NOT_OURS)
            for name in sorted(names):
                if name.endswith(SOURCES + (".ts",)):
                    yield os.path.relpath(os.path.join(root, name), top).replace(os.sep, "/")


def own_fault(folder, wanted):
    """Why a file of `folder` may not include our file `wanted`, or None."""
    target = folder_of(wanted)
    if folder.startswith("tests"):
        return None  # tests see everything
    if target.startswith("tests"):
        return "the product includes nothing of the tests"
    if target not in ARROWS:
        return f"no arrow is known of {target}: add it to the design and to ARROWS"
    if target not in reached(folder):
        return f"there is no arrow from {folder} down to {target}"
    return None


def foreign_fault(folder, wanted):
    """Why a file of `folder` may not include the header `wanted` that is not ours, or None."""
    owner = max((start for start in OWNERS if wanted.startswith(start)), key=len, default=None)
    if owner:
        # Tests take other libraries as a second opinion; Catch2 has one wrapper for its two versions all the same.
        if folder in OWNERS[owner] or (folder.startswith("tests") and owner != "catch2/"):
            return None
        return f"only {' and '.join(OWNERS[owner])} may include {owner}…"
    if STANDARD.fullmatch(wanted):
        return None
    if POSIX.fullmatch(wanted):
        return "geography needs no operating system" if folder.startswith("geo/") else None
    return "nobody owns this header: name its folder in OWNERS"


def include_faults(path, lines):
    folder = folder_of(path)
    if not folder.startswith("tests") and folder not in ARROWS:
        yield 1, f"no arrow is known of {folder}: add it to the design and to ARROWS"
        return
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quoted, wanted = match[1] == '"', match[2]
        ours = wanted.startswith(("geo/", "tileserver/", "tests/"))
        if quoted and not ours and not any(wanted.startswith(start) for start in OWNERS):
            fault = "write the path from the top"
        else:
            fault = own_fault(folder, wanted) if ours else foreign_fault(folder, wanted)
        if fault:
            yield number, f"{wanted}: {fault}"


def shape_faults(top, path, lines):
    if len(lines) > LONGEST_FILE:
        yield LONGEST_FILE + 1, f"{len(lines)} lines, {LONGEST_FILE} are the limit"
    if path.endswith(".hpp") and "#pragma once" not in (line.strip() for line in lines):
        yield 1, "a header needs #pragma once"
    own = path[:-len(".cpp")] + ".hpp"
    if path.endswith(".cpp") and os.path.exists(os.path.join(top, own)):
        first = next(((n, m[2]) for n, m in enumerate(map(INCLUDE.match, lines), 1) if m), (1, None))
        if first[1] != own:
            yield first[0], f"{own} comes first"


def faults(top):
    """One line a fault, by file and line."""
    found = []
    for path in files_of(top):
        with open(os.path.join(top, path), encoding="utf-8") as file:
            lines = file.read().splitlines()
        of_file = list(shape_faults(top, path, lines))
        if path.endswith(SOURCES):
            of_file += include_faults(path, lines)
        found += [f"{path}:{number}: {what}" for number, what in sorted(of_file)]
    return found


if __name__ == "__main__":
    complaints = faults(sys.argv[1] if len(sys.argv) > 1 else TOP)
    print("\n".join(complaints))
    sys.exit(1 if complaints else 0)
