import { expect, test } from "vitest";
import { EXAMPLES } from "../../cli/examples/index.ts";
import { routes } from "../../src/routes.ts";
import { bodyOf, operations, textsWithoutValue, tryAll } from "../harness/document-examples.ts";

test("every body has an example, and so does every parameter that an operation needs", () => {
  const missing = operations.flatMap((operation) => [
    ...(operation.requestBody?.content["application/json"] && bodyOf(operation) === undefined
      ? [`${operation.operationId}: body`]
      : []),
    ...operation.parameters
      .filter(({ required, example }) => required && example === undefined)
      .map(({ name }) => `${operation.operationId}: ${name}`),
  ]);
  expect(missing).toEqual([]);
});

test("each text in an answer shows a value that a person might write, and not the word string", () => {
  expect([...new Set(textsWithoutValue())]).toEqual([]);
});

test("examples of bodies are valid, even where sending them needs something that nobody can write down", () => {
  const bodies = new Map(operations.map((operation) => [operation.operationId, bodyOf(operation)]));
  for (const { operationId, request } of routes)
    if (request?.body)
      expect(request.body.safeParse(bodies.get(operationId)).error?.issues, operationId).toBeUndefined();
});

test("every example succeeds with sample data as it stands, except where the description says what it needs", async () => {
  const failures = await tryAll();
  const needing = operations.flatMap(({ operationId, description }) => {
    const needs = EXAMPLES[operationId]?.needs;
    if (needs) expect(description).toContain(needs);
    return needs ? [operationId] : [];
  });
  const failed = failures.map(({ operationId }) => operationId);
  expect(failures.filter(({ operationId }) => !needing.includes(operationId))).toEqual([]);
  expect(needing.filter((operationId) => !failed.includes(operationId))).toEqual([]);
}, 60_000);
