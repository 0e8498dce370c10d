/** A form as received. Values are text, and a list is a record with keys 0, 1, 2 until a schema makes it a list. */
export type Form = { [name: string]: string | Form };

/**
 * Parses `a=1&b[c]=2&d[0]=3&e[]=4` the way Stripe does. Records have no prototype, so a key such as `__proto__` is
 * safe.
 */
export function parseForm(text: string): Form {
  const form = emptyForm();
  for (const [name, value] of new URLSearchParams(text)) set(form, pathOf(name), value);
  return form;
}

export function emptyForm(): Form {
  return Object.create(null);
}

/** Turns the path to a parameter into `line_items[0][quantity]`, the form that Stripe uses in errors. */
export function parameterName(path: readonly PropertyKey[]): string {
  const [first = "", ...rest] = path;
  return String(first) + rest.map((step) => `[${String(step)}]`).join("");
}

function pathOf(name: string): string[] {
  const open = name.indexOf("[");
  if (open < 1 || !name.endsWith("]")) return [name];
  return [name.slice(0, open), ...name.slice(open + 1, -1).split("][")];
}

function set(form: Form, path: string[], value: string): void {
  const [first = "", ...rest] = path;
  const step = first === "" ? String(Object.keys(form).length) : first;
  if (rest.length === 0) {
    form[step] = value;
    return;
  }
  const known = form[step];
  const inner = typeof known === "object" ? known : emptyForm();
  form[step] = inner;
  set(inner, rest, value);
}
