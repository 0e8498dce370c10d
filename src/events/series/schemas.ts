import * as z from "zod";
import { Line } from "../../http/schemas.ts";

export const Repetition = z
  .strictObject({
    rrule: Line(300)
      .describe(
        "RFC 5545: FREQ=DAILY, WEEKLY, MONTHLY or YEARLY, with COUNT or UNTIL, and with INTERVAL, BYDAY, BYMONTHDAY, BYSETPOS or WKST. COUNT includes the event itself",
      )
      .meta({ example: "FREQ=WEEKLY;BYDAY=TU;COUNT=10" }),
  })
  .meta({ id: "Repetition" });
export type Repetition = z.infer<typeof Repetition>;

export const Repeated = z
  .object({
    series_id: z.uuid(),
    events: z.array(
      z.object({ id: z.uuid(), series_position: z.int(), start_at: z.iso.datetime(), end_at: z.iso.datetime() }),
    ),
  })
  .meta({ id: "Repeated" });
export type Repeated = z.infer<typeof Repeated>;
