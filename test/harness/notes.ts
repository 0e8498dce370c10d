import type { Person } from "./people.ts";
import { insert } from "./platform.ts";

/** A note about somebody. */
export const note = (about: Pick<Person, "id">, columns: Record<string, unknown> = {}) =>
  insert<{ id: string }>("user_notes", { user_id: about.id, body: "Called on Monday", ...columns });
