import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** A person's full name. People with one name have no last name. */
export const fullName = ({ first_name, last_name }: { first_name: string; last_name: string }): string =>
  `${first_name} ${last_name}`.trim();

/** The same in SQL. Null without a person. */
export const fullNameOf = (person: { first_name: SQLWrapper; last_name: SQLWrapper }): SQL<string> =>
  sql<string>`trim(${person.first_name} || ' ' || ${person.last_name})`;
