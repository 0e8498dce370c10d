import { sql } from "drizzle-orm";

const DAYS = 60;

/** What is older is nobody's news: nobody is written to about it. */
export const RECENTLY = sql`now() - ${DAYS}::integer * interval '1 day'`;

/** The same of what Stripe says happened at that second. */
export const isRecent = (now: Date, seconds: number): boolean => seconds * 1000 >= now.getTime() - DAYS * 86_400_000;
