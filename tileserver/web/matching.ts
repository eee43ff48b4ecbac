// Names as people type them: without case and accents, unfinished, and with a slip or two.

export const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Letters to add, leave out, replace or exchange to get from one to the beginning of the other (Damerau–Levenshtein,
 * adjacent exchanges, whatever follows in `name` free). */
export function slips(typed: string, name: string): number {
  let before: number[] = [];
  let last = Array.from({ length: name.length + 1 }, (_, column) => column);
  for (let row = 1; row <= typed.length; ++row) {
    const next = [row];
    for (let column = 1; column <= name.length; ++column) {
      const same = typed[row - 1] === name[column - 1];
      let best = Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && column > 1 && typed[row - 1] === name[column - 2] && typed[row - 2] === name[column - 1])
        best = Math.min(best, (before[column - 2] ?? 0) + 1);
      next.push(best);
    }
    [before, last] = [last, next];
  }
  return Math.min(...last);
}

/** How far the name is from what was typed: 0 its beginning, more the further; null: something else. */
export function distanceOf(typed: string, name: string): number | null {
  const wanted = plain(typed.trim());
  const own = plain(name);
  if (wanted === "") return null;
  if (own.startsWith(wanted)) return 0;
  const words = own.split(/[^\p{L}\p{N}]+/u);
  if (words.some((word) => word.startsWith(wanted))) return 1;
  if (own.includes(wanted)) return 2;
  // One slip in three letters would let everything through: one in four, from four letters on.
  const allowed = Math.floor(wanted.length / 4);
  if (allowed === 0) return null;
  const starts = words.map((word) => own.slice(own.indexOf(word)));
  const fewest = Math.min(...starts.map((start) => slips(wanted, start.slice(0, wanted.length + allowed))));
  return fewest <= allowed ? 2 + fewest : null;
}
