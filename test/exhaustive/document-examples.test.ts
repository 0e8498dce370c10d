import { expect, test } from "vitest";
import { EXAMPLES } from "../../cli/examples/index.ts";
import { tryAll } from "../harness/document-examples.ts";

// Together with the order of `npm test`, each example has then been sent before and after each other one.
test("the examples of the OpenAPI document succeed in the opposite order, so none depends on another", async () => {
  const failures = await tryAll((operations) => operations.toReversed());
  expect(failures.filter(({ operationId }) => !EXAMPLES[operationId]?.needs)).toEqual([]);
});
