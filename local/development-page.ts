import pg from "pg";
import { cronUrl } from "./crons.ts";
import { SAMPLE_PASSWORD } from "./sample-sign-in.ts";
import type { Stack } from "./stack.ts";

interface Link {
  name: string;
  url: string;
  note: string;
}

/** Somebody to sign in as. */
export interface SamplePerson {
  name: string;
  email: string;
  role: string;
  status: string;
  /** The status of the newest subscription. */
  dues: string | null;
}

export interface DevelopmentPage {
  groups: { title: string; links: Link[] }[];
  people: SamplePerson[];
  /** Of all sample people. */
  password: string;
}

type Place = Pick<Stack, "mail_url" | "stripe_url"> & { api_url: string; crons: string[] };

/** What the page at `/` offers during development, and whom `/docs` can sign in as. */
export const developmentPage = (
  { api_url, mail_url, stripe_url, crons }: Place,
  people: SamplePerson[],
): DevelopmentPage => ({
  groups: [
    {
      title: "On this machine",
      links: [
        { name: "Mailbox", url: `${mail_url}/inbox`, note: "Every email that was sent" },
        { name: "Stripe stand-in", url: stripe_url, note: "Pay checkouts, see subscriptions and events" },
      ],
    },
    {
      title: "For everybody",
      links: [
        { name: "Events", url: `${api_url}/api/events`, note: "Public events, as JSON" },
        { name: "Plans", url: `${api_url}/api/plans`, note: "What membership costs, as JSON" },
        { name: "Calendar", url: `${api_url}/api/calendar.ics`, note: "The feed of public events" },
        {
          name: "Forgot password",
          url: `${api_url}/api/auth/forgot-password`,
          note: "A page of the API, for when there is no website",
        },
      ],
    },
    {
      title: "Operations",
      links: [
        { name: "Health", url: `${api_url}/health/ready`, note: "Whether the API, its database and its jobs are fine" },
        ...crons.map((cron) => ({
          name: `Run the jobs of ${cron}`,
          url: cronUrl(api_url, cron).href,
          note: "Right now, as the cron would",
        })),
      ],
    },
  ],
  people,
  password: SAMPLE_PASSWORD,
});

/**
 * The sample people whose address says who they are, as they are now, by role and status. The many others have a number in
 * their address, and those whom examples change have a plus.
 */
export async function samplePeople(database_url: string): Promise<SamplePerson[]> {
  const client = new pg.Client({ connectionString: database_url });
  await client.connect();
  try {
    const { rows } = await client.query<SamplePerson>(`
      select concat_ws(' ', first_name, last_name) as name, email, role, users.status, newest.status as dues
      from users
      left join lateral (
        select status from subscriptions where user_id = users.id order by created_at desc limit 1
      ) newest on true
      where email ~ '^[a-z._-]+@loaf\\.test$'
      order by role desc, users.status, email`);
    return rows;
  } finally {
    await client.end();
  }
}
