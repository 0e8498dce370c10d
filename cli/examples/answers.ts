import { textNamed } from "./texts.ts";

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);

/** Keys that already say what a value looks like. */
const SAYS = ["example", "examples", "enum", "const", "default", "$ref"];

/** The document with a value that a person might write for each text, instead of "string". */
export const withValues = <Document extends object>(document: Document): Document => filled(document) as Document;

function filled(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(filled);
  if (!isNode(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      SAYS.includes(key) ? value : key === "properties" && isNode(value) ? filledProperties(value) : filled(value),
    ]),
  );
}

const filledProperties = (properties: Node): Node =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, named(name, filled(schema))]));

/** The schema of a property, with an example if it is a text that may be null or a list of texts. */
function named(name: string, schema: unknown): unknown {
  if (!isNode(schema) || SAYS.some((key) => key in schema)) return schema;
  if (schema.type === "array") return { ...schema, items: named(name, schema.items) };
  const alternatives = Array.isArray(schema.anyOf) ? schema.anyOf.filter(isNode) : [];
  const text = [schema, ...alternatives].find(
    ({ type }) => type === "string" || (Array.isArray(type) && type.includes("string")),
  );
  if (!text || SAYS.some((key) => key in text) || text.format === "binary") return schema;
  const value = textNamed(name, text.format);
  const nullable = text !== schema ? alternatives.some(({ type }) => type === "null") : Array.isArray(schema.type);
  return value === undefined || (value === null && !nullable) ? schema : { ...schema, example: value };
}
