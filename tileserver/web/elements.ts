// Elements are made from names and attributes: no markup is ever parsed, so no text can become markup.

type Child = Node | string | null;

/** Attributes as the markup would have them; `true` writes an empty one, `false` and `null` none. No `style`: the
 * content security policy forbids it. */
type Attributes = Readonly<Record<string, string | number | boolean | null>>;

function filled<E extends Element>(node: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : String(value));
  node.append(...children.filter((child): child is Node | string => child !== null));
  return node;
}

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  return filled(document.createElement(name), attributes, children);
}

export function drawing<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Name] {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

/** The element of index.html with that id. */
export function place(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no element #${id}`);
  return found;
}
