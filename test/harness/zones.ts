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

/** A zone where it is this hour of the day now. At noon, nothing waits for the morning. */
export function zoneAt(hour: number): string {
  const ahead = ((hour - new Date().getUTCHours() + 35) % 24) - 11;
  // Their names have the sign of POSIX: ahead of UTC is negative.
  return `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
}

/** The hour that clocks in a zone show. */
export const hourIn = (timeZone: string, at: Date | string | undefined): number =>
  Number(new Intl.DateTimeFormat("en", { timeZone, hour: "numeric", hourCycle: "h23" }).format(new Date(at ?? NaN)));
