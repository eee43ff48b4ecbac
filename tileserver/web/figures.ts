// Numbers and dates as the reader's language writes them; an unknown one says so.
import type { Texts } from "./i18n/fr";

export class Figures {
  constructor(private readonly texts: Texts) {}

  /** At most `decimals` decimals. */
  number(value: number | null, decimals = 0): string {
    if (value === null) return this.texts.missing;
    return new Intl.NumberFormat(this.texts.locale, { maximumFractionDigits: decimals }).format(value);
  }

  withUnit(value: number | null, unit: string): string {
    return value === null || unit === "" ? this.number(value, 1) : `${this.number(value, 1)}\u00A0${unit}`;
  }

  hectares(squareMetres: number | null): string {
    if (squareMetres === null) return this.texts.missing;
    const hectares = squareMetres / 10_000;
    return `${this.number(hectares, hectares < 10 ? 1 : 0)}\u00A0${this.texts.hectares}`;
  }

  share(value: number | null): string {
    if (value === null) return this.texts.missing;
    return new Intl.NumberFormat(this.texts.locale, { style: "percent", maximumFractionDigits: 0 }).format(value);
  }

  /** The year of `2014-10-15`. */
  year(text: string): string {
    return text.slice(0, 4);
  }

  /** `2014-10-15` as the reader writes it; anything else stays as it is. */
  date(text: string): string {
    const moment = new Date(`${text}T12:00:00Z`);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(moment.getTime())) return text;
    return new Intl.DateTimeFormat(this.texts.locale, { dateStyle: "long", timeZone: "UTC" }).format(moment);
  }
}
