// What the table shows as a CSV file (RFC 4180), as the reader's spreadsheet opens it by a double click.
import type { Column } from "./columns";
import type { QuarterItem } from "./contract";

/** A spreadsheet would run a text that begins like a formula. */
const inert = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

export function csvOf(columns: readonly Column[], quarters: readonly QuarterItem[], locale: string): string {
  // Where the comma is the decimal sign, spreadsheets expect semicolons between fields.
  const comma = new Intl.NumberFormat(locale).format(0.5).includes(",");
  const separator = comma ? ";" : ",";
  const quoted = (text: string) =>
    text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const cell = (value: number | string | null): string => {
    if (value === null) return "";
    if (typeof value === "string") return quoted(inert(value));
    return comma ? String(value).replace(".", ",") : String(value);
  };
  const lines = [
    ["code", ...columns.map((column) => column.title)].map(quoted),
    ...quarters.map((quarter) => [
      cell(quarter.code),
      ...columns.map((column) => cell(column.id === "tier" ? column.text(quarter) : column.value(quarter))),
    ]),
  ];
  // The byte order mark tells spreadsheets that it is UTF-8.
  return `\uFEFF${lines.map((line) => line.join(separator)).join("\r\n")}\r\n`;
}

export function download(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the address over by the next task.
  setTimeout(() => URL.revokeObjectURL(address));
}

export function downloadCsv(name: string, columns: readonly Column[], quarters: readonly QuarterItem[], locale: string): void {
  download(name, new Blob([csvOf(columns, quarters, locale)], { type: "text/csv;charset=utf-8" }));
}
