import { sql } from "drizzle-orm";
import type { Order } from "../http/pagination.ts";
import { sortName, users } from "../tables/people.ts";

/** People in the order of a phone book. */
export const byName: Order<{ first_name: string; last_name: string; id: string }> = {
  name: "name",
  descending: false,
  keys: [
    {
      expression: sortName(users),
      type: "text",
      of: ({ first_name, last_name }) => `${last_name} ${first_name}`.replace(/^ +/, ""),
    },
    { expression: sql`${users.id}`, type: "uuid", of: ({ id }) => id },
  ],
};
