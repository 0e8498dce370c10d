import { isTooLarge } from "./errors.ts";

/** Reads at most `limit` rows, or half as many for as long as they are more than the database's endpoint sends at once. */
export async function asManyAsFit<Found>(limit: number, read: (limit: number) => Promise<Found>): Promise<Found> {
  try {
    return await read(limit);
  } catch (error) {
    if (limit > 1 && isTooLarge(error)) return asManyAsFit(limit >> 1, read);
    throw error;
  }
}
