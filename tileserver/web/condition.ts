// A rule's condition, CQL2 text, in the reader's words: `score_social >= high` is "score social : au moins 50 (high)".
import type { Texts } from "./i18n/fr";

export interface Names {
  readonly texts: Texts;
  /** The rules' numbers by name. */
  readonly levels: ReadonlyMap<string, number>;
  /** Labels of indicators by id. */
  readonly indicators: ReadonlyMap<string, string>;
  readonly number: (value: number) => string;
}

const token = /\s*(>=|<=|<>|=|<|>|\(|\)|'[^']*'|[A-Za-z_]\w*|-?\d+(?:\.\d+)?)/y;

/** Null where the text has something that this reader does not know: the condition is then shown as it is written. */
function tokensOf(condition: string): readonly string[] | null {
  const found: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < condition.length) {
    if (condition.slice(token.lastIndex).trim() === "") break;
    const match = token.exec(condition);
    if (match === null) return null;
    found.push(match[1] ?? "");
  }
  return found;
}

/** What a variable of a rule means. */
export function variableInWords(name: string, { texts, indicators }: Names): string {
  const { rule } = texts.planner;
  const [, kind, axis] = /^(score|coverage|delta)_(.+)$/.exec(name) ?? [];
  if (kind !== undefined && axis !== undefined) return rule.ofAxis(kind, rule.axes[axis] ?? axis);
  return indicators.get(name) ?? rule.variables[name] ?? name;
}

/** One side of a comparison that is a number or a level. */
function valueInWords(name: string, { levels, number }: Names): string | null {
  const level = levels.get(name);
  if (level !== undefined) return `${number(level)} (${name})`;
  return /^-?\d/.test(name) ? number(Number(name)) : null;
}

export function conditionInWords(condition: string, names: Names): string | null {
  const { rule } = names.texts.planner;
  const tokens = tokensOf(condition);
  if (tokens === null) return null;
  if (tokens.length === 1 && /^true$/i.test(tokens[0] ?? "")) return rule.otherwise;
  const words: string[] = [];
  for (let at = 0; at < tokens.length; ) {
    const [one, sign, other] = [tokens[at] ?? "", tokens[at + 1] ?? "", tokens[at + 2] ?? ""];
    const between = rule.between[one.toUpperCase()];
    if (between !== undefined || one === "(" || one === ")") {
      words.push(between ?? one);
      at += 1;
      continue;
    }
    if (/^(=|<>)$/.test(sign) && /^(true|false)$/i.test(other)) {
      const is = (sign === "=") === /^true$/i.test(other);
      words.push(is ? variableInWords(one, names) : rule.not(variableInWords(one, names)));
    } else {
      const value = valueInWords(other, names);
      const comparison = rule.signs[sign];
      if (value === null || comparison === undefined) return null;
      words.push(`${variableInWords(one, names)} ${comparison} ${value}`);
    }
    at += 3;
  }
  return words.join(" ").replaceAll("( ", "(").replaceAll(" )", ")");
}
