import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type NeonQueryFunction, neon } from "@neondatabase/serverless";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type NeonOnPostgres, startNeonOnPostgres } from "./neon-endpoint.ts";

let stack: NeonOnPostgres;
let sql: NeonQueryFunction<false, false>;

beforeAll(async () => {
  stack = await startNeonOnPostgres();
  sql = stack.sql;
  await sql`create table notes (note text)`;
});
afterAll(() => stack.stop());
beforeEach(() => fetch(`${stack.neon_url}/faults`, { method: "DELETE" }));

const write = (note: string) => sql.transaction([sql`insert into notes values (${note})`]);
const written = async (note: string) => (await sql`select from notes where note = ${note}`).length;

describe("a fault", () => {
  test("before: the connection is lost and nothing was executed", async () => {
    const note = randomUUID();
    await stack.fault({ mode: "before", count: 1, match: note });
    await expect(write(note)).rejects.toThrow("Error connecting to database");
    expect(await written(note)).toBe(0);
    await write(note);
    expect(await written(note)).toBe(1);
  });

  test("after_commit: the connection is lost, but it has been committed", async () => {
    const note = randomUUID();
    await stack.fault({ mode: "after_commit", count: 1, match: note });
    await expect(write(note)).rejects.toThrow("Error connecting to database");
    expect(await written(note)).toBe(1);
  });

  test("delay: the answer comes no earlier than told", async () => {
    const note = randomUUID();
    await stack.fault({ mode: "delay", count: 1, ms: 150, match: note });
    const begin = performance.now();
    await write(note);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(149);
    expect(await written(note)).toBe(1);
  });

  test("late: it is executed no earlier than told, whether anybody still waits for it or not", async () => {
    const note = randomUUID();
    await stack.fault({ mode: "late", count: 1, ms: 150, match: note });
    const begun = write(note);
    await sleep(100);
    expect(await written(note)).toBe(0);
    await begun;
    expect(await written(note)).toBe(1);
  });

  test.each([500, 413, 507])("status %i: answered without executing, and without an SQLSTATE", async (status) => {
    const note = randomUUID();
    await stack.fault({ mode: "status", status, count: 1, match: note });
    const error = await write(note).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: expect.stringContaining(`HTTP status ${status}`), code: undefined });
    expect(await written(note)).toBe(0);
  });

  test("hits only the requests that contain its text, as often as told, and then the next in the queue has its turn", async () => {
    const note = randomUUID();
    await stack.fault({ mode: "before", count: 2, match: note });
    await stack.fault({ mode: "status", status: 500, count: 1, match: note });
    await write("another's note");
    await expect(write(note)).rejects.toThrow("Error connecting");
    await expect(write(note)).rejects.toThrow("Error connecting");
    await expect(write(note)).rejects.toThrow("HTTP status 500");
    await write(note);
    expect(await written(note)).toBe(1);
  });

  test("lets as many requests pass as told before it begins", async () => {
    const note = randomUUID();
    await stack.fault({ mode: "before", count: 2, skip: 1, match: note });
    await write("another's note");
    await write(note);
    await expect(write(note)).rejects.toThrow("Error connecting");
    await expect(write(note)).rejects.toThrow("Error connecting");
    await write(note);
    expect(await written(note)).toBe(2);
  });

  test("that still lets requests pass leaves them to the next in the queue", async () => {
    const note = randomUUID();
    await stack.fault({ mode: "before", count: 1, skip: 1, match: note });
    await stack.fault({ mode: "status", status: 507, count: 1, match: note });
    await expect(write(note)).rejects.toThrow("HTTP status 507");
    await expect(write(note)).rejects.toThrow("Error connecting");
    await write(note);
    expect(await written(note)).toBe(1);
  });

  test("is gone when faults are cleared, and one that makes no sense is refused", async () => {
    await stack.fault({ mode: "before", count: 5 });
    await fetch(`${stack.neon_url}/faults`, { method: "DELETE" });
    await write("cleared");
    expect((await stack.fault({ mode: "sometimes", count: 1 })).status).toBe(400);
  });
});

describe("limits, as Neon's", () => {
  test("a request over 10 MiB is refused with 413", async () => {
    const megabytes = (count: number) => sql`select length(${"x".repeat(count * 1024 * 1024)}::text) as length`;
    await expect(megabytes(11)).rejects.toThrow("HTTP status 413");
    expect(await megabytes(9)).toEqual([{ length: 9 * 1024 * 1024 }]);
  });

  test("an answer over 10 MiB is refused with 507, and its transaction rolled back", async () => {
    const note = randomUUID();
    const large = sql.transaction([sql`insert into notes values (${note})`, sql`select repeat('x', 11 * 1024 * 1024)`]);
    await expect(large).rejects.toThrow("HTTP status 507");
    expect(await written(note)).toBe(0);
  });
});

describe("a database that cannot be reached", () => {
  test("is status 500 with a message and no SQLSTATE", async () => {
    const nowhere = new URL(stack.database_url);
    nowhere.port = "1";
    const error = await neon(nowhere.href)`select 1`.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: expect.stringContaining("HTTP status 500"), code: undefined });
    nowhere.port = new URL(stack.database_url).port;
    nowhere.pathname = "/no_such_database";
    await expect(neon(nowhere.href)`select 1`).rejects.toThrow("HTTP status 500");
  });

  test("is never another machine's", async () => {
    const elsewhere = "postgresql://somebody:secret@db.example.org/loaf";
    await expect(neon(elsewhere)`select 1`).rejects.toThrow("this machine's databases only");
  });

  test("is served again after its connections were cut", async () => {
    await expect(sql`select pg_terminate_backend(pg_backend_pid())`).rejects.toThrow();
    await sql`select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid() and datname = 'loaf'`;
    // The endpoint hears of a cut connection a moment after the one who cuts it.
    await vi.waitFor(async () => expect(await sql`select 1 as one`).toEqual([{ one: 1 }]), 10_000);
  });
});
