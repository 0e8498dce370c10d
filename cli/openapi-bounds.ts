/** The longest text of a format: JSON Schema does not say that a UUID has 36 characters. */
const LONGEST: Record<string, number> = { uuid: 36, "date-time": 35, date: 10 };
const INT32 = 2 ** 31;
/** Values, not schemas. */
const VALUES = ["example", "examples", "default", "const", "enum"];

/** The document with the size of each integer and the length of each text with a format, for those who generate code. */
export const withBounds = <Document extends object>(document: Document): Document => bounded(document) as Document;

function bounded(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bounded);
  if (typeof node !== "object" || node === null) return node;
  const schema = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, VALUES.includes(key) ? value : bounded(value)]),
  );
  return { ...schema, ...boundsOf(schema) };
}

function boundsOf({ type, format, minimum, maximum, maxLength }: Record<string, unknown>): object {
  const is = (name: string) => type === name || (Array.isArray(type) && type.includes(name));
  if (is("integer") && format === undefined) {
    const small = Number(minimum ?? -Infinity) >= -INT32 && Number(maximum ?? Infinity) < INT32;
    return { format: small ? "int32" : "int64" };
  }
  const longest = typeof format === "string" ? LONGEST[format] : undefined;
  return is("string") && maxLength === undefined && longest !== undefined ? { maxLength: longest } : {};
}
