import { exampleOf } from "./index.ts";

interface Parameter {
  name?: string;
  in?: string;
  schema?: object;
}
interface Operation {
  operationId?: string;
  parameters?: Parameter[];
}
type Paths = Record<string, Record<string, Operation>>;

/**
 * The document with the examples of parameters. Swagger UI fills in `example`, even that of a schema. A filter that no example
 * names must stay empty, or the list would be empty. So its schema has `examples`, which only show what a value looks like.
 */
export function withParameterExamples<Document extends { paths?: object }>(document: Document): Document {
  const paths = Object.entries(document.paths as Paths).map(([path, methods]) => [
    path,
    Object.fromEntries(Object.entries(methods).map(([method, operation]) => [method, withExamples(operation)])),
  ]);
  return { ...document, paths: Object.fromEntries(paths) };
}

function withExamples(operation: Operation): Operation {
  const { operationId = "", parameters = [] } = operation;
  const { params = {}, query = {} } = exampleOf({ operationId });
  const given: Record<string, Record<string, unknown>> = { path: params, query };
  const names = new Set(parameters.map((parameter) => `${parameter.in} ${parameter.name}`));
  for (const [place, values] of Object.entries(given))
    for (const name of Object.keys(values))
      if (!names.has(`${place} ${name}`)) throw new Error(`${operationId} has no parameter ${name} in its ${place}`);
  if (parameters.length === 0) return operation;
  return {
    ...operation,
    parameters: parameters.map((parameter) => {
      const example = given[parameter.in ?? ""]?.[parameter.name ?? ""];
      const { example: looks_like, ...schema } = (parameter.schema ?? {}) as { example?: unknown };
      return {
        ...parameter,
        schema: { ...schema, ...(looks_like !== undefined && { examples: [looks_like] }) },
        ...(example !== undefined && { example }),
      };
    }),
  };
}
