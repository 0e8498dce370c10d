import type { ProviderContext } from "./provider.ts";

/** A mail that somebody waits for waits for this answer. */
const TIMEOUT_MS = 3000;

/** Deletes something at the provider. Returns why that failed, or null: it is gone, or was never there. */
export async function remove({ MAIL_API_KEY }: ProviderContext["settings"], url: string): Promise<string | null> {
  const response = await fetch(url, {
    method: "DELETE",
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { Authorization: `Bearer ${MAIL_API_KEY}` },
  });
  // The body may quote the address. It is read to the end, so that the connection is free again.
  await response.arrayBuffer();
  return response.ok || response.status === 404 ? null : String(response.status);
}
