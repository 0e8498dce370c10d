import { sql } from "drizzle-orm";

const DAYS = 60;

/** We write to nobody about what happened before this instant. */
export const NEWS_SINCE = sql`now() - ${DAYS}::integer * interval '1 day'`;

/** Whether something that happened at this second, as Stripe counts, is still worth a mail. */
export const isNews = (now: Date, seconds: number): boolean => seconds * 1000 >= now.getTime() - DAYS * 86_400_000;
