import * as z from "zod";
import { Instant } from "../http/schemas.ts";
import { Sums } from "../ledger/figures.ts";
import { UserStatus } from "../people/schemas.ts";
import { StorageLevel } from "../storage/level.ts";
import { WAITING } from "./waiting.ts";

const Url = z.string().meta({ example: "/api/admin/users?status=active" });

const CountWithList = z
  .object({ count: z.int(), url: Url.describe("The list at this API whose total is this count") })
  .meta({ id: "CountWithList" });

const Waiting = z
  .object({
    code: z.enum(Object.keys(WAITING) as (keyof typeof WAITING)[]),
    count: z.int(),
    oldest_at: Instant.nullable().describe("Since when the oldest waits. Null if nothing does"),
    url: Url.describe(
      "The list at this API whose total is this count. For `storage`, which is one thing, what takes the room",
    ),
  })
  .meta({ id: "Waiting" });

const Month = z.string().meta({ example: "2027-03" });

const ComingEvent = z
  .object({
    id: z.uuid(),
    title: z.string(),
    start_at: Instant,
    capacity: z.int().nullable(),
    coming: z.int().describe("People who said yes, and their guests"),
    waiting: z.int().describe("People on the waiting list"),
    url: Url.describe("The event"),
    answers: z
      .object({
        yes: CountWithList.describe("People who said yes, without their guests"),
        waitlisted: CountWithList,
      })
      .optional()
      .describe("Absent if you may not see who answers"),
  })
  .meta({ id: "ComingEvent" });

const Money = Sums.extend({
  export_url: z
    .string()
    .nullable()
    .describe(
      "The export of the ledger whose lines, without those of fees, add up to `net_cents`. Null if you may not export them",
    ),
}).meta({ id: "MoneyWithExport" });

const MoneyOfMonthAndYear = z
  .object({ month: Money.describe("This month"), year: Money.describe("This calendar year") })
  .meta({ id: "MoneyOfMonthAndYear" });

/** What volunteers see first. A block is absent if the caller may not open the list behind it. */
export const Dashboard = z
  .object({
    as_of: Instant,
    currency: z.string().meta({ example: "usd" }),
    waiting: z.array(Waiting).describe("What waits for somebody, most urgent first"),
    members: z.object({
      all: CountWithList,
      by_status: z.array(
        CountWithList.extend({
          status: UserStatus,
          entered: CountWithList.describe("Of these, people who came to this status since the first day of this month"),
        }),
      ),
    }),
    renewals: z
      .array(CountWithList.extend({ month: Month }))
      .optional()
      .describe("Active memberships whose term ends in this month and the five that follow"),
    events: z.object({ upcoming: CountWithList, next: z.array(ComingEvent).describe("The next five") }).optional(),
    dues: MoneyOfMonthAndYear.optional(),
    donations: MoneyOfMonthAndYear.optional().describe("Donations, and what was given on top of dues"),
    storage: z
      .object({
        used_bytes: z.int(),
        limit_bytes: z.int(),
        level: StorageLevel.describe("Which threshold is reached"),
        url: Url,
      })
      .optional(),
    months: z
      .array(
        z.object({
          month: Month,
          applied: CountWithList.describe(
            "People who came to the organization in this month, and confirmed their email address",
          ),
          joined: CountWithList.optional().describe(
            "People who became members in this month: they paid their first dues, or were given their first term. Without those who were imported: they had joined before",
          ),
          expired: CountWithList.optional().describe(
            "Expired memberships whose term ended in this month, also those that another term replaced",
          ),
          cancelled: CountWithList.optional().describe("Canceled memberships whose term ended in this month"),
          renewals: z
            .object({
              due: CountWithList.describe(
                "Memberships of which a paid term ended in this month. The three others add up to it",
              ),
              renewed: CountWithList.describe("The next term is paid for, by the same person and without a gap"),
              lost: CountWithList.describe(
                "The membership ended, also if it was canceled at once. As `lost` of `GET /api/admin/subscriptions/stats`",
              ),
              open: CountWithList.describe("Not decided yet: dues are late, or the subscription is paused"),
            })
            .optional(),
          dues: Money.optional(),
          donations: Money.optional(),
        }),
      )
      .describe("This month and the eleven before it, the earliest first"),
  })
  .meta({ id: "Dashboard" });
export type Dashboard = z.infer<typeof Dashboard>;

/** The admin menu, as data. */
export const Navigation = z
  .object({
    groups: z.array(
      z.object({
        code: z.string().meta({ example: "people" }),
        label: z.string().meta({ example: "People" }),
        entries: z.array(
          z.object({
            code: z.string().meta({ example: "members" }),
            label: z.string().meta({ example: "Members" }),
            url: Url.describe("What it opens at this API: a list, figures, or a file to download"),
            waiting: CountWithList.nullable().describe("How much waits there for somebody. Null where nothing can"),
          }),
        ),
      }),
    ),
  })
  .meta({ id: "Navigation" });
export type Navigation = z.infer<typeof Navigation>;
