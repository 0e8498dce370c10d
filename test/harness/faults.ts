import { neon_url } from "./platform.ts";

/** Makes the next requests to the database that contain `match` fail; see local/neon. */
export async function failDatabase(fault: {
  mode: "before" | "after_commit" | "delay" | "late" | "status";
  match: string;
  count?: number;
  status?: 413 | 500 | 507;
  ms?: number;
  /** How many such requests pass before. */
  skip?: number;
}): Promise<void> {
  const answer = await fetch(`${neon_url}/faults`, { method: "POST", body: JSON.stringify({ count: 1, ...fault }) });
  if (!answer.ok) throw new Error(`The fault was refused: ${await answer.text()}`);
}

/** The same for the request after the next one that contains `match`. */
export async function failDatabaseLater(fault: Parameters<typeof failDatabase>[0]): Promise<void> {
  await failDatabase({ ...fault, skip: 1 });
}
