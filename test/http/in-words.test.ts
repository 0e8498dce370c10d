import { expect, test } from "vitest";
import * as z from "zod";
import { inWords } from "../../src/http/in-words.ts";

test.for([
  [z.array(z.int()).max(1), [1, 2], "must have at most 1 entry"],
  [z.array(z.int()).min(2), [1], "must have at least 2 entries"],
  [z.string().max(1), "ab", "must be at most 1 character"],
  [z.string().max(2), "abc", "must be at most 2 characters"],
  [z.int().max(1), 2, "must be at most 1"],
  [z.url({ protocol: /^https?$/ }), "javascript:alert(1)", "must be an address that begins with https://"],
  [z.int().min(0).max(1000), 1e20, "must be at most 1000"],
  [z.string(), 1, "must be text"],
  [z.enum(["a"]), "d", "must be a"],
  [z.enum(["a", "b"]), "d", "must be a or b"],
  [z.enum(["a", "b", "c"]), "d", "must be a, b or c"],
  [z.map(z.string(), z.string()), "a", "is not valid"],
] as const)("what is wrong is said in words: %#", ([schema, input, words]) => {
  const { error } = z.safeParse(schema, input, { error: inWords });
  expect([...new Set(error?.issues.map(({ message }) => message))]).toEqual([words]);
});
