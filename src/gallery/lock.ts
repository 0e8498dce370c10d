import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { PHOTO_TAKEN_DOWN } from "../storage/taken-down.ts";
import { event_galleries } from "../tables/gallery.ts";
import { PHOTO_NOT_FOUND } from "./find.ts";

/** Locks a photo: whoever changes it, too, waits. 404 unless there is such a photo and `which` holds for it. */
export const lockPhoto = (t: Plan, id: string, which?: SQL): void =>
  t.guard(
    sql`(select ${event_galleries.id} from ${event_galleries} where ${and(eq(event_galleries.id, id), which)} for update) is not null`,
    ...PHOTO_NOT_FOUND,
  );

/** 409 if the photo is taken down. */
export const guardNotTakenDown = (t: Plan, id: string): void =>
  t.guard(
    sql`exists (select from ${event_galleries} where ${eq(event_galleries.id, id)} and ${event_galleries.takedown_at} is null)`,
    ...PHOTO_TAKEN_DOWN,
  );
