import * as z from "zod";
import { Id, Instant } from "../../http/schemas.ts";
import { users } from "../../tables/people.ts";

/** Whether somebody will be erased. */
export const Erasure = z
  .object({
    id: Id,
    erase_at: Instant.nullable().describe("When everything about the person will be erased. Null if it will not be"),
  })
  .meta({ id: "Erasure" });
export type Erasure = z.infer<typeof Erasure>;

/** The columns of {@link Erasure}. */
export const erasureColumns = { id: users.id, erase_at: users.erase_at };
