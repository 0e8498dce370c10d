import type { Route } from "../../src/http/route.ts";
import { routes } from "../../src/routes.ts";
import { ACCOUNTS } from "./accounts.ts";
import { DOCUMENTS } from "./documents.ts";
import { EVENTS } from "./events.ts";
import type { Examples, OperationExample } from "./example.ts";
import { MONEY } from "./money.ts";
import { PEOPLE } from "./people.ts";
import { PLATFORM } from "./platform.ts";

/** By operationId. An operation that takes nothing, or nothing but optional filters, needs none. */
export const EXAMPLES: Examples = { ...ACCOUNTS, ...PEOPLE, ...EVENTS, ...DOCUMENTS, ...MONEY, ...PLATFORM };

const known = new Set(routes.map(({ operationId }) => operationId));
const unknown = Object.keys(EXAMPLES).filter((name) => !known.has(name));
if (unknown.length > 0) throw new Error(`Examples of operations that do not exist: ${unknown.join(", ")}`);

export const exampleOf = ({ operationId }: Pick<Route, "operationId">): OperationExample => EXAMPLES[operationId] ?? {};
