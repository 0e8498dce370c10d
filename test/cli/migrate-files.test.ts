import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashSync } from "bcryptjs";
import { expect, onTestFinished, test } from "vitest";
import { pdfOf } from "../harness/documents.ts";
import { phonePhoto, SECRETS } from "../harness/images.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { picture } from "../harness/photos.ts";
import { settings } from "../harness/platform.ts";
import { CREATED, legacyDatabase } from "./legacy-database.ts";
import { emptyDatabase, run } from "./run.ts";

const PATIENT = { timeout: 60_000 };
const ADMIN = { LOAF_EMAIL: "alex@example.org", LOAF_PASSWORD: "a password of the old system" };

/** The old bucket, as it was published. Files can be put into it later. */
async function oldBucket() {
  const files: Record<string, Uint8Array> = {};
  const server = createServer(({ url = "" }, answer) => {
    const file = files[decodeURIComponent(url.slice(1))];
    answer.statusCode = file ? 200 : 404;
    answer.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { files, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A platform to which an old database with an event and a report was moved, but not the files. */
async function movedPlatform() {
  const platform = await ownPlatform();
  const bucket = await oldBucket();
  const from = await emptyDatabase();
  const old = await legacyDatabase(from);
  onTestFinished(() => old.end());
  const alex = await old.person({
    email: ADMIN.LOAF_EMAIL,
    password_hash: hashSync(ADMIN.LOAF_PASSWORD, 4),
    role: "superadmin",
  });
  const event_id = await old.add("events", {
    title: "Picnic",
    start_at: CREATED,
    published: true,
    created_at: CREATED,
  });
  const photo = (image_key: string, caption: string | null = null, created_at = "2022-01-01") =>
    old.add("event_galleries", {
      event_id,
      image_key,
      image_url: `${bucket.address}/${image_key}`,
      caption,
      uploaded_by: alex,
      created_at,
    });
  const report = (year: number, address: string) =>
    old.add("financial_reports", {
      year,
      title: `Report ${year}`,
      document_url: address,
      document_type: "upload",
      created_at: CREATED,
    });
  const made = {
    alex,
    event_id,
    first: await photo("gallery/a photo.jpg", "Under the trees", CREATED),
    same: await photo("gallery/again.jpg"),
    missing: await photo("gallery/missing.jpg"),
    report: await report(2020, `${bucket.address}/docs/2020.pdf`),
    no_pdf: await report(2021, `${bucket.address}/docs/2021.pdf`),
    elsewhere: await report(2022, "https://drive.example.org/2022"),
  };
  const legacy_report = join(await mkdtemp(join(tmpdir(), "legacy-")), "report.csv");
  const environment = { ...ADMIN, DATABASE_URL: platform.database_url };
  expect(
    await run("migrate-legacy.ts", { ...environment, OLD_DATABASE_URL: from }, ["--report", legacy_report]),
  ).toMatchObject({
    code: 0,
  });
  const moveFiles = () => run("migrate-files.ts", environment, ["--api", platform.url, "--from", bucket.address]);
  return { ...platform, ...made, bucket, moveFiles };
}

test(
  "old photos and documents come through the API, without what cameras add, and keep ids and dates",
  PATIENT,
  async () => {
    const { bucket, moveFiles, sql, call, url, ...made } = await movedPlatform();
    Object.assign(bucket.files, {
      "gallery/a photo.jpg": await phonePhoto(),
      "gallery/again.jpg": await phonePhoto(),
      "docs/2020.pdf": pdfOf(),
      "docs/2021.pdf": new TextEncoder().encode("<html>"),
    });
    const first = await moveFiles();
    expect(first).toMatchObject({ code: 1, stderr: "" });
    expect(first.stdout).toContain("Photos of events: 1 moved, 2 left.\nDocuments: 1 moved, 1 left.");
    expect(first.stdout).toContain(`${made.missing}, gallery/missing.jpg: the old bucket answers 404`);
    expect(first.stdout).toContain(
      `${made.same}, gallery/again.jpg: the event has the same picture already, as ${made.first}`,
    );
    expect(first.stdout).toMatch(new RegExp(`financial_reports ${made.no_pdf}, docs/2021.pdf: .* \\(not_a_pdf\\)`));

    const [photo] = await sql("select * from event_galleries where file_id is not null");
    expect(photo).toMatchObject({
      id: made.first,
      caption: "Under the trees",
      uploaded_by: made.alex,
      created_at: new Date("2021-03-04T05:06:07.891Z"),
    });
    const { body } = await call<{ access_token: string }>("POST", "/api/auth/login", {
      body: { email: ADMIN.LOAF_EMAIL, password: ADMIN.LOAF_PASSWORD },
    });
    const gallery = await call<{ items: { id: string; url: string }[] }>(
      "GET",
      `/api/events/${made.event_id}/gallery`,
      {
        token: body.access_token,
      },
    );
    expect(gallery.body.items.map(({ id }) => id)).toEqual([made.first]);
    const link = gallery.body.items[0]?.url ?? "";
    const shown = await fetch(link.replace(settings.API_URL, url));
    expect(shown.status).toBe(200);
    const pixels = Buffer.from(await shown.arrayBuffer()).toString("latin1");
    for (const secret of SECRETS) expect(pixels).not.toContain(secret);
    expect(
      await sql("select id, document_type, document_location from financial_reports where id <> $1 order by year", [
        made.no_pdf,
      ]),
    ).toEqual([
      { id: made.report, document_type: "upload", document_location: null },
      { id: made.elsewhere, document_type: "link", document_location: "https://drive.example.org/2022" },
    ]);
    // What could not come is unchanged.
    expect(
      await sql("select document_type, document_location from financial_reports where id = $1", [made.no_pdf]),
    ).toEqual([{ document_type: "link", document_location: `${bucket.address}/docs/2021.pdf` }]);

    // Later the missing photo was found. Somebody had taken it down before.
    await sql("insert into photo_takedowns (photo_id) values ($1)", [made.missing]);
    bucket.files["gallery/missing.jpg"] = await picture();
    expect((await moveFiles()).stdout).toContain("Photos of events: 1 moved, 1 left.\nDocuments: 0 moved, 1 left.");
    expect(await sql("select status from stored_files group by status")).toEqual([{ status: "stored" }]);
    expect(await sql("select photo_id from photo_takedowns where sha256 is not null")).toEqual([
      { photo_id: made.missing },
    ]);
  },
);

test("files come from a copy of the bucket, and a run that was killed is finished by the next", PATIENT, async () => {
  const { sql, call, insert, person, volunteer, url, database_url } = await ownPlatform();
  const copy = await mkdtemp(join(tmpdir(), "bucket-"));
  const { id: admin_id, email, token } = await volunteer();
  const plain = await person("active");
  await sql("update users set password_hash = $1 where id = any($2)", [
    hashSync(ADMIN.LOAF_PASSWORD, 4),
    [admin_id, plain.id],
  ]);
  const moveFiles = (LOAF_EMAIL: string) =>
    run("migrate-files.ts", { ...ADMIN, LOAF_EMAIL, DATABASE_URL: database_url }, [
      ...["--api", url, "--from", "https://files.example.org/", "--copy", copy],
    ]);
  const start_at = new Date();
  const end_at = new Date(start_at.getTime() + 3_600_000);
  const event_id = await insert("events", { title: "Picnic", location: "", start_at, end_at });
  const photo = await picture();
  await writeFile(join(copy, "photo.jpg"), photo);
  const old = await insert("event_galleries", { event_id, image_key: "photo.jpg" });
  await insert("event_galleries", { event_id, image_key: "../outside.jpg" });
  const report = await insert("financial_reports", {
    year: 2020,
    title: "Report",
    document_type: "upload",
    document_location: "https://files.example.org/docs/2020.pdf",
    published_at: new Date(),
  });
  await writeFile(join(copy, "spring.pdf"), pdfOf());
  await insert("newsletter_archives", {
    title: "Spring",
    document_type: "link",
    document_location: "https://files.example.org/spring.pdf",
  });

  const refused = await moveFiles(plain.email);
  expect([refused.code, refused.stdout]).toEqual([1, ""]);
  expect(refused.stderr).toContain("permission");
  expect(await sql("select from stored_files")).toEqual([]);

  // Both were sent, and then the run was killed: the old photo has no picture, and the report has its old address.
  const sendAs = (type: string, body: Uint8Array<ArrayBuffer>) => ({ token, body, headers: { "Content-Type": type } });
  const uploaded = await call<{ id: string }>(
    "POST",
    `/api/admin/events/${event_id}/gallery`,
    sendAs("image/png", photo),
  );
  await call("PUT", `/api/admin/financials/${report}/file`, sendAs("application/pdf", pdfOf()));
  const outcome = await moveFiles(email);
  expect(outcome.stdout).toContain("Photos of events: 1 moved, 1 left.\nDocuments: 1 moved, 0 left.");
  expect(outcome.stdout).toContain("../outside.jpg: its key leads out of the copy");
  expect(await sql("select id from event_galleries where file_id is not null")).toEqual([{ id: old }]);
  expect(await sql("select id from event_galleries where id = $1", [uploaded.body.id])).toEqual([]);
  for (const table of ["financial_reports", "newsletter_archives"])
    expect(await sql(`select document_type, document_location from ${table}`)).toEqual([
      { document_type: "upload", document_location: null },
    ]);
});
