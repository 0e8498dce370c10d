import { sql } from "drizzle-orm";

const DAYS = 60;

/** We send no mail about anything that happened before this instant. */
export const NEWS_SINCE = sql`now() - ${DAYS}::integer * interval '1 day'`;

/** Whether something is recent enough for a mail. `seconds` is when it happened, in Stripe's Unix time. */
export const isNews = (now: Date, seconds: number): boolean => seconds * 1000 >= now.getTime() - DAYS * 86_400_000;
