import type { Client } from "./context.ts";
import type { AppContext } from "./hono.ts";

/** Who sent a request. The address is the one that Cloudflare saw, never one that the client claims in a header. */
export const clientOf = (c: AppContext): Client => ({
  user_agent: c.req.header("User-Agent")?.slice(0, 300) ?? null,
  network: networkOf(c),
  authorization: c.req.header("Authorization"),
});

/** An IPv4 address, or the /64 of an IPv6 address, since one customer can usually use all of a /64. */
export function networkOf(c: AppContext): string {
  const address = c.req.header("CF-Connecting-IP") ?? "unknown";
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::").map((half) => half.split(":").filter(Boolean));
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0");
  return `${[...head, ...zeros, ...(tail ?? [])].slice(0, 4).join(":")}::/64`;
}
