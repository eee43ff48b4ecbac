// What a page can store for its visitor, emptied. What the worker keeps is no visitor's: the land, and the outbox, which
// no page reads.

export function wipeStorage(): void {
  // A browser that forbids storage throws at its mere name, and has nothing to wipe.
  try {
    localStorage.clear();
    sessionStorage.clear();
  } catch (problem) {
    if (!(problem instanceof DOMException)) throw problem;
  }
  for (const entry of document.cookie.split(";")) {
    const name = entry.split("=")[0]?.trim() ?? "";
    if (name !== "") document.cookie = `${name}=; Max-Age=0; Path=/`;
  }
  window.getSelection()?.removeAllRanges();
  window.scrollTo(0, 0);
}
