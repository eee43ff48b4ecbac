// How long our own answers to the reader's moves take, as the browser's performance entries: `geoprio:{name}`.

/** The same function, measured: tests and the browser's own tools read the entries. */
export function timed<Arguments extends readonly unknown[]>(
  name: string,
  act: (...given: Arguments) => void,
): (...given: Arguments) => void {
  return (...given) => {
    const begin = performance.now();
    act(...given);
    // A page that stands open for days must not keep an entry for every move of the pointer.
    if (performance.getEntriesByType("measure").length > 500) performance.clearMeasures();
    performance.measure(`geoprio:${name}`, { start: begin, end: performance.now() });
  };
}
