import { pageWords } from "../http/page-words.ts";

const say = pageWords();

/** How many guests somebody brings, in words. Empty: none. */
export const guestsInWords = ({ guests }: { guests: number }): string[] =>
  guests === 0 ? [] : [guests === 1 ? say("with_one_guest") : say("with_guests", { count: String(guests) })];
