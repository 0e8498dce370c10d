import { SAMPLE, type SamplePerson } from "../../local/sample-ids.ts";

/** Who else sends examples, by the name that `/docs` shows. */
export const SENDERS = {
  ada: "Ada Active",
  appa: "Appa Approved",
  flo: "Flo Former",
  mona: "Mona Monthly",
} as const satisfies {
  [name in SamplePerson]?: string;
};

/** A call of an operation as the OpenAPI document shows it. It works on a fresh stack with sample data, as it stands. */
export interface OperationExample {
  /** What stands in the path. */
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | number | boolean>>;
  body?: unknown;
  /** Who sends it. Otherwise Sam, the superadmin. */
  as?: keyof typeof SENDERS;
  /** What a fresh stack cannot have. The description says so. */
  needs?: string;
}

export type Examples = Readonly<Record<string, OperationExample>>;

/** The example of an operation about one thing. */
export const about = (id: string, more: OperationExample = {}): OperationExample => ({
  ...more,
  params: { id, ...more.params },
});

/** The same about a person. */
export const aboutPerson = (name: SamplePerson, more: OperationExample = {}): OperationExample =>
  about(SAMPLE.person[name], more);

/** A token as it looks in a link: an id, and a signature that only the platform can make. */
export const A_TOKEN = "10af0001-0000-4000-8000-000000000001.QxNcVGZ0ZW5hbnQtc2lnbmF0dXJl";

export const NEEDS_LINK = "the token of an emailed link, which the local mailbox shows";

/** An operation that an emailed link leads to, or its page. */
export const byLink = (body?: Record<string, unknown>): OperationExample => ({
  needs: NEEDS_LINK,
  ...(body ? { body: { token: A_TOKEN, ...body } } : { query: { token: A_TOKEN } }),
});
