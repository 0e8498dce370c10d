import * as z from "zod";
import { Line } from "../../http/schemas.ts";

export const Repetition = z
  .strictObject({
    rrule: Line(300)
      .transform((rule) => rule.replace(/^RRULE:/i, ""))
      .describe(
        "RFC 5545, with or without `RRULE:` before it: FREQ=DAILY, WEEKLY, MONTHLY or YEARLY, with UNTIL, or with COUNT, which includes the event itself. INTERVAL and BYDAY work with each, WKST with WEEKLY, BYMONTHDAY with MONTHLY and YEARLY, BYSETPOS with plain weekdays and MONTHLY, and BYMONTH with YEARLY, where BYDAY and BYMONTHDAY need it. Anything else is refused",
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
