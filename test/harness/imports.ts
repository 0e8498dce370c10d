import { expect, vi } from "vitest";
import type { ImportJob, ImportRow } from "../../src/members/import/schemas.ts";
import { type Call, call } from "./client.ts";
import { insert, sql } from "./platform.ts";

/** An import as it is in the database, with one row. Returns its id. */
export async function importJob(status: "ready" | "completed"): Promise<string> {
  const { id } = await insert("import_jobs", {
    file_name: "people.csv",
    status,
    columns: JSON.stringify([{ header: "name", field: "first_name" }]),
    total_rows: 1,
    checked_rows: 1,
  });
  await sql("insert into import_rows (job_id, row, cells, outcome) values ($1, 2, $2, 'problem')", [
    id,
    JSON.stringify(["Robin"]),
  ]);
  return id;
}

/** Calls about imports, by a volunteer. */
export function importing(options: Call & { token: string }) {
  const ask = <Body = ImportJob>(method: string, path: string, more: Call = {}) =>
    call<Body>(method, `/api/admin${path}`, { ...options, ...more });
  const upload = (text: string | Uint8Array<ArrayBuffer>) =>
    ask("POST", "/users/import", { body: text, headers: { "Content-Type": "text/csv" } });
  const until = async (id: string, what: Partial<ImportJob>, timeout = 15_000): Promise<ImportJob> =>
    vi.waitFor(
      async () => {
        const { body } = await ask("GET", `/import-jobs/${id}`);
        expect(body).toMatchObject(what);
        return body;
      },
      { timeout, interval: 50 },
    );
  return {
    ask,
    upload,
    until,
    /** Uploads a file and waits for its dry run. */
    async dryRun(text: string | Uint8Array<ArrayBuffer>): Promise<ImportJob> {
      const { status, body, text: answer } = await upload(text);
      expect(status, answer).toBe(201);
      return until(body.id, { status: "ready" });
    },
    /** Uploads a file, applies it, and waits until that is done. */
    async all(text: string | Uint8Array<ArrayBuffer>): Promise<ImportJob> {
      const { id } = await this.dryRun(text);
      await ask("POST", `/import-jobs/${id}/apply`);
      return until(id, { status: "completed" });
    },
    async rows(id: string, query = ""): Promise<ImportRow[]> {
      const { body } = await ask<{ items: ImportRow[] }>("GET", `/import-jobs/${id}/rows?limit=100&${query}`);
      return body.items;
    },
  };
}

export const IMPORT_HEADER =
  "id,external_id,email,first_name,last_name,phone,birthday,bio,status,role,joined_at,password_hash,tags";

const BCRYPT = `$2b$12$${"a".repeat(53)}`;

/** A file with people in it and every kind of bad row. `known` are people here already, by what finds them. */
export function badFile(count: number, known: { external_id: string; email: string; treasurer: string }): string {
  const kinds: ((n: string) => string[])[] = [
    (n) => [
      "",
      `x-${n}`,
      `p${n}@example.org`,
      "Kim",
      n,
      "212 555 0123",
      "1990-02-03",
      "",
      "active",
      "",
      "2020-01-02",
      "",
      "",
    ],
    (n) => [
      "",
      "",
      "",
      "Änne",
      `Ö${n}`,
      "",
      "",
      "=1+1",
      "pre_validated",
      "",
      "2021-01-02 03:04:05.678",
      "",
      "Choir; board",
    ],
    (n) => ["", "", `h${n}@example.org`, "Sam", n, "", "", "", "inactive", "member", "", BCRYPT, ""],
    (n) => ["", `y-${n}`, "no address", "Kim", n, "", "", "", "", "", "", "", ""],
    (n) => ["", `z-${n}`, "", "", n, "", "", "", "", "", "", "", ""],
    (n) => ["", "", "", "Kim", n, "not a number", "", "", "", "", "", BCRYPT, ""],
    (n) => ["", "", "", "Kim", n, "", "1990-02-30", "", "great", "", "tomorrow", "secret", ""],
    (n) => ["", "", "", "Kim", n, "", "", "", "", "superadmin", "", "", ""],
    (n) => ["", "", "", "Kim", n, "", "", "", "", "no-such-role", "", "", ""],
    (n) => ["", "same", "", "Kim", n, "", "", "", "", "", "", "", ""],
    (n) => ["", "", "same@example.org", "Kim", n, "", "", "", "", "", "", "", ""],
    (n) => ["", `w-${n}`, "", "Kim"],
    (n) => ["", `v-${n}`, "", "Kim", n, "", "", "", "", "", "", "", "", "more", "cells"],
    (n) => ["", "", "", `K\0im`, `"${n}`, "", "", "two\r\nlines", "rejected", "", "", "", ""],
  ];
  const once = [
    [
      "",
      known.external_id,
      "other@example.org",
      "Changed",
      "",
      "+12125550199",
      "",
      "",
      "rejected",
      "superadmin",
      "",
      BCRYPT,
      "new",
    ],
    ["", "", known.email, "Changed too", "", "", "1980-01-01", "", "", "", "", "", ""],
    ["", known.treasurer, "", "Mallory", "", "", "", "", "", "", "", "", ""],
  ];
  const rows = Array.from({ length: count - once.length }, (_, index) => {
    const cells = kinds[index % kinds.length]?.(`n${index}`) ?? [];
    // An id of its own makes the same person in every run.
    return cells[0] === "" && cells.length >= 5
      ? [`00000000-0000-4000-8000-${String(index).padStart(12, "0")}`, ...cells.slice(1)]
      : cells;
  });
  const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return [IMPORT_HEADER, ...[...once, ...rows].map((cells) => cells.map(quoted).join(","))].join("\r\n");
}
