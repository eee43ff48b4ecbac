// How long the ground is on a map in Web Mercator, and the bar that says so.

export interface ScaleBar {
  readonly metres: number;
  /** Its length in CSS pixels. */
  readonly pixels: number;
}

/** The equator (WGS84) over the 512 pixels of zoom 0. */
const metresOfPixelAtEquator = 40_075_016.686 / 512;
/** CSS Values 4 §6.2: 96 pixels an inch, on paper exactly. */
const metresOfPaperPixel = 0.0254 / 96;

/** Metres of ground that a CSS pixel covers: only at that latitude, for Web Mercator stretches towards the poles. */
export function metresOfPixel(latitude: number, zoom: number): number {
  return (metresOfPixelAtEquator * Math.cos((latitude * Math.PI) / 180)) / 2 ** zoom;
}

/** 1, 2 or 5 times a power of ten, at most that long. */
export function scaleBar(metresAPixel: number, longest: number): ScaleBar {
  const most = metresAPixel * longest;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((times) => times * power).find((length) => length <= most) ?? power;
  return { metres, pixels: metres / metresAPixel };
}

/** The number below "1 :" on paper, with two figures that count. */
export function denominator(metresAPixel: number): number {
  const exact = metresAPixel / metresOfPaperPixel;
  const unit = 10 ** (Math.floor(Math.log10(exact)) - 1);
  return Math.round(exact / unit) * unit;
}
