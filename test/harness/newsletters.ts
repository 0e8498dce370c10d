import { sign } from "../../src/access/signatures.ts";
import { type Person, person } from "./people.ts";
import { insert, settings, sql } from "./platform.ts";

/** Creates a newsletter, by default a draft that is written here. Returns its id. */
export async function newsletter(columns: Record<string, unknown> = {}): Promise<string> {
  const { id } = await insert("newsletter_archives", {
    title: "What happened in spring",
    body: "Hello *everybody*.",
    ...columns,
  });
  return id;
}

/** An active member who wants newsletters. */
export const reader = (columns: Record<string, unknown> = {}): Promise<Person> =>
  person("active", { newsletter_consent_at: new Date(), ...columns });

/** A tag that only these people have. */
export async function tagFor(...people: { id: string }[]): Promise<string> {
  const tag = `letter ${crypto.randomUUID().slice(0, 8)}`;
  for (const { id } of people) await sql("insert into user_tags (user_id, tag) values ($1, $2)", [id, tag]);
  return tag;
}

/** A draft for these people alone: by a tag that nobody else has. */
export const taggedNewsletter = async (...people: { id: string }[]): Promise<string> =>
  newsletter({ recipients: JSON.stringify({ statuses: ["active", "inactive"], tag: await tagFor(...people) }) });

/** The token of the link in the mail. */
export const newsletterToken = (id: string): Promise<string> => sign(settings, "newsletter", id);
