// Names are found as people write them: without accents, hyphens and capitals.

/** "Crêt-de-Roc" and "cret de roc" are the same. */
export function plain(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, " ")
    .trim();
}

/** Those whose name holds a word that begins with what was written; names that begin with it first. */
export function named<T extends { readonly name: string }>(written: string, among: readonly T[]): readonly T[] {
  const wanted = plain(written);
  if (wanted === "") return [];
  const begins = among.filter((one) => plain(one.name).startsWith(wanted));
  const holds = among.filter((one) => !begins.includes(one) && ` ${plain(one.name)}`.includes(` ${wanted}`));
  return [...begins, ...holds];
}
