import { query } from "../database/query.ts";
import { isPerson } from "../people/person.ts";
import { users } from "../tables/people.ts";
import { userColumns } from "./schemas.ts";

/** One person, as volunteers see them. */
export const selectUser = (id: string) => query.select(userColumns).from(users).where(isPerson(id));
