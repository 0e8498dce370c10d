import { describe, log } from "./log.ts";

/** What a message of the queue asks to look after. src/schedule.ts says what that does. */
export const LOOKS = ["import", "mail", "newsletter"] as const;
export type Look = (typeof LOOKS)[number];

/** Asks for a look at what is due, after so many seconds. */
export type Ring = (look: Look, after_seconds?: number) => Promise<void>;

/**
 * Rings by a queue. Never throws: what is due is in the database, and the hourly cron looks after it if a message is lost.
 */
export const doorbell =
  (queue: Queue, request_id: string): Ring =>
  async (look, after_seconds = 0) => {
    try {
      await queue.send({ look }, { delaySeconds: after_seconds });
    } catch (error) {
      log({ level: "error", event: "doorbell_broken", request_id, look, ...describe(error) });
    }
  };
