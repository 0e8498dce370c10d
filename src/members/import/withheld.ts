import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { personHolds } from "../../access/holds.ts";
import { HIDEABLE_OR_SEALED, hiddenOf } from "../admin/hidden-fields.ts";
import { IMPORT_FIELDS } from "./columns.ts";

/** What a person can hide, and their legal name. */
export const SEALED_FIELDS = IMPORT_FIELDS.filter((field) => HIDEABLE_OR_SEALED.some((sealed) => sealed === field));

/** The fields of a row of `users` that a file uploaded by this person cannot change, as `text[]`: they cannot see them. */
export const withheldFrom = (uploader: SQLWrapper): SQL => sql`case
  when ${personHolds(uploader, "users.view_sensitive")} then '{}'
  else ${hiddenOf(HIDEABLE_OR_SEALED)} end`;

/** The warning about each of them. */
export const WITHHELD = "is left out: only people who may see sensitive details can change what a person hides";
