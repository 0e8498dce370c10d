import { ownPlatform } from "./own-platform.ts";

/** Zones on both sides of UTC, with and without daylight saving, and with half hours. */
export const ZONES = [
  "America/Chicago",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Europe/Madrid",
  "Pacific/Auckland",
  "Pacific/Pago_Pago",
  "UTC",
] as const;

/** A platform of its own for an organization in a zone, and a volunteer who may do everything. */
export async function platformIn(zone: string) {
  const platform = await ownPlatform();
  const { sql, call, volunteer } = platform;
  const moveTo = (time_zone: string) => sql("update organisation_settings set time_zone = $1", [time_zone]);
  await moveTo(zone);
  const { token } = await volunteer();
  const send = <Body = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
    call<Body>(method, `/api/admin/${path}`, { token, body });
  return { ...platform, moveTo, send };
}
