import * as z from "zod";
import { Line } from "../../http/schemas.ts";

export const Repetition = z
  .strictObject({
    rrule: Line(300)
      .transform((rule) => rule.replace(/^RRULE:/i, ""))
      .describe(
        "A rule of RFC 5545, with or without `RRULE:` before it. FREQ is DAILY, WEEKLY, MONTHLY or YEARLY. The rule ends with UNTIL, or with COUNT, which includes the event itself. INTERVAL and BYDAY work with every FREQ, WKST with WEEKLY, BYMONTHDAY with MONTHLY and YEARLY, BYSETPOS with MONTHLY and plain weekdays, and BYMONTH with YEARLY. With YEARLY, BYDAY and BYMONTHDAY need BYMONTH. Anything else is refused",
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
