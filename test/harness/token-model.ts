import * as fc from "fast-check";
import { expect } from "vitest";
import { issueAccessToken } from "../../src/access/access-token.ts";
import { linkFor, login, PASSWORD, personWithPassword, refresh, refreshTokenOf } from "./accounts.ts";
import { call, get, post } from "./client.ts";
import { settings, sql } from "./platform.ts";

/** The expected state of one device's session. */
interface Device {
  session_id: string;
  access_token: string;
  /** Every refresh token the device was given, oldest first. */
  tokens: string[];
  alive: boolean;
  /** The last refresh was so long ago that no client can still be waiting for its response. */
  waited: boolean;
}

type Step = { kind: (typeof KINDS)[number]; device: number; age: number };

const KINDS = [
  "refresh",
  "wait",
  "idle",
  "logout",
  "sign_in",
  "end_other",
  "end_all",
  "change_password",
  "reset_password",
] as const;
const WEIGHTS: Record<Step["kind"], number> = {
  refresh: 12,
  wait: 3,
  idle: 1,
  logout: 2,
  sign_in: 1,
  end_other: 2,
  end_all: 1,
  change_password: 2,
  reset_password: 1,
};

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(...KINDS.map((kind) => ({ weight: WEIGHTS[kind], arbitrary: fc.constant(kind) }))),
  device: fc.nat({ max: 3 }),
  age: fc.constantFrom(0, 0, 0, 1, 1, 2),
});

/**
 * Whatever the order of refreshing, replaying, waiting, signing in and out, and changing the password on several
 * devices, a token works exactly as long as the rules say. Once dead, it stays dead.
 */
export const checkTokens = (numRuns: number, maxLength: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength }), async (steps) => {
      const model = await Model.start();
      for (const next of steps) await model.take(next);
      await model.expectDeadStayDead();
    }),
    { numRuns },
  );

class Model {
  readonly #person: { id: string; email: string };
  readonly #devices: Device[] = [];
  #password = PASSWORD;
  #passwords = 0;

  private constructor(person: { id: string; email: string }) {
    this.#person = person;
  }

  /** A person with two devices. */
  static async start(): Promise<Model> {
    const person = await personWithPassword();
    const model = new Model(person);
    await model.#add(person.session_id, person.token);
    const [other] = await sql<{ id: string }>(
      "insert into sessions (user_id, expires_at) values ($1, now() + interval '30 days') returning id",
      [person.id],
    );
    const session_id = other?.id ?? "";
    const { id: user_id, email } = person;
    await model.#add(
      session_id,
      await issueAccessToken(settings, new Date(), { user_id, session_id, email, role: "member" }),
    );
    return model;
  }

  async #add(session_id: string, access_token: string): Promise<void> {
    const tokens = [await refreshTokenOf({ session_id })];
    this.#devices.push({ session_id, access_token, tokens, alive: true, waited: false });
  }

  async take({ kind, device: index, age }: Step): Promise<void> {
    const device = this.#devices[index % this.#devices.length];
    if (!device) throw new Error("No device");
    const others = this.#devices.filter((other) => other !== device);
    const token = device.access_token;
    const answered = (status: number) => expect([kind, status]).toEqual([kind, device.alive ? 200 : 401]);
    switch (kind) {
      case "wait":
        await sql("update sessions set rotated_at = now() - interval '31 seconds' where id = $1", [device.session_id]);
        device.waited = true;
        break;
      case "idle":
        await sql("update sessions set last_used_at = now() - interval '8 days' where id = $1", [device.session_id]);
        device.alive = false;
        break;
      case "refresh":
        await this.#refresh(device, age);
        break;
      case "logout":
        answered((await post("/api/auth/logout", undefined, { token })).status);
        device.alive = false;
        break;
      case "end_other": {
        const [other] = others;
        if (!other) break;
        const { status } = await call("DELETE", `/api/auth/sessions/${other.session_id}`, { token });
        expect(status).toBe(!device.alive ? 401 : other.alive ? 200 : 404);
        if (device.alive) other.alive = false;
        break;
      }
      case "end_all":
        answered((await call("DELETE", "/api/auth/sessions", { token })).status);
        if (device.alive) for (const each of this.#devices) each.alive = false;
        break;
      case "sign_in": {
        const { status, body } = await login(this.#person.email, this.#password);
        expect(status).toBe(200);
        const [id = ""] = body.refresh_token.split(".");
        await this.#add(id, body.access_token);
        break;
      }
      case "change_password": {
        const next = this.#nextPassword();
        const body = { current_password: this.#password, new_password: next };
        answered((await post("/api/auth/change-password", body, { token })).status);
        if (!device.alive) break;
        this.#password = next;
        for (const other of others) other.alive = false;
        break;
      }
      case "reset_password": {
        const next = this.#nextPassword();
        const body = { token: await linkFor(this.#person.id, "reset_password"), new_password: next };
        expect((await post("/api/auth/reset-password", body)).status).toBe(200);
        this.#password = next;
        for (const each of this.#devices) each.alive = false;
        break;
      }
    }
    for (const each of this.#devices)
      expect([kind, (await get("/api/auth/me", { token: each.access_token })).status]).toEqual([
        kind,
        each.alive ? 200 : 401,
      ]);
  }

  async #refresh(device: Device, age: number): Promise<void> {
    const used = Math.max(0, device.tokens.length - 1 - age);
    const isNewest = used === device.tokens.length - 1;
    const inGrace = used === device.tokens.length - 2 && !device.waited;
    const answer = await refresh(device.tokens[used] ?? "");
    device.alive &&= isNewest || inGrace;
    expect(answer.status).toBe(device.alive ? 200 : 401);
    if (!device.alive) return;
    if (isNewest) {
      device.tokens.push(answer.body.refresh_token);
      device.waited = false;
    } else expect(answer.body.refresh_token).toBe(device.tokens.at(-1));
    device.access_token = answer.body.access_token;
  }

  #nextPassword(): string {
    this.#passwords += 1;
    return `${PASSWORD}, number ${this.#passwords}`;
  }

  /** No refresh token of a dead session works. */
  async expectDeadStayDead(): Promise<void> {
    for (const { alive, tokens, access_token } of this.#devices) {
      if (alive) continue;
      for (const token of tokens) expect((await refresh(token)).status).toBe(401);
      expect((await get("/api/auth/me", { token: access_token })).status).toBe(401);
    }
  }
}

/**
 * Someone signs in or refreshes while the password changes. Afterwards, every session opened with the old password is
 * closed.
 */
export async function checkRace(): Promise<void> {
  const someone = await personWithPassword();
  const [other] = await sql<{ id: string }>(
    "insert into sessions (user_id, expires_at) values ($1, now() + interval '30 days') returning id",
    [someone.id],
  );
  const held = await refreshTokenOf({ session_id: other?.id ?? "" });
  const [changed, signedIn, refreshed] = await Promise.all([
    post(
      "/api/auth/change-password",
      { current_password: PASSWORD, new_password: "an entirely new passphrase" },
      { token: someone.token },
    ),
    login(someone.email),
    refresh(held),
  ]);
  expect(changed.status).toBe(200);
  for (const answer of [signedIn, refreshed]) {
    expect([200, 401]).toContain(answer.status);
    if (answer.status !== 200) continue;
    expect((await get("/api/auth/me", { token: answer.body.access_token })).status).toBe(401);
    expect((await refresh(answer.body.refresh_token)).status).toBe(401);
  }
}
