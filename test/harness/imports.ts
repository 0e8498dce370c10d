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
