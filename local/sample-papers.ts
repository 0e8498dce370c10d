import { inArray } from "drizzle-orm";
import { audit_log, permissions, role_permissions, roles } from "../src/tables/access.ts";
import { bylaws_documents, financial_reports, newsletter_archives } from "../src/tables/documents.ts";
import { import_jobs, import_rows } from "../src/tables/import-jobs.ts";
import { inDays } from "./sample-dates.ts";
import { SAMPLE, SAMPLE_YEAR } from "./sample-ids.ts";
import type { Transaction } from "./sample-years.ts";

const { person } = SAMPLE;

/** The rows for examples about documents, roles, imports and the audit log. */
export async function fillPapers(tx: Transaction): Promise<void> {
  await fillDocuments(tx);
  await fillRoles(tx);
  await fillImports(tx);
  await fillRecords(tx);
}

async function fillDocuments(tx: Transaction): Promise<void> {
  const { newsletter, report, bylaws } = SAMPLE;
  const body = "Dear friends,\n\nThe garden is open again. **Come and see it!**";
  await tx.insert(newsletter_archives).values([
    { id: newsletter.spring, title: "What we did this spring", body, published_at: inDays(-200) },
    { id: newsletter.summer, title: "What we did this summer", body },
    { id: newsletter.autumn, title: "For the choir", body, recipients: { statuses: ["active"], tag: "choir" } },
    {
      id: newsletter.winter,
      title: "What we did this winter",
      body,
      send_status: "scheduled",
      send_at: inDays(60),
      sent_by: person.sam,
    },
    { id: newsletter.on_paper, title: "The first issue", document_type: "upload" },
    { id: newsletter.old_draft, title: "Never finished", body },
  ]);
  const link = { document_type: "link", document_location: "https://www.example.org/report.pdf" } as const;
  await tx.insert(financial_reports).values([
    { id: report.last_year, title: "Annual report", year: SAMPLE_YEAR, ...link, published_at: inDays(-100) },
    { id: report.draft, title: "Half-year report", year: SAMPLE_YEAR + 1, ...link },
    { id: report.without_file, title: "Budget", year: SAMPLE_YEAR + 1, document_type: "upload" },
    { id: report.old_draft, title: "Budget, first try", year: SAMPLE_YEAR + 1, ...link },
  ]);
  const rules = { kind: "code_of_conduct", title: "Code of conduct", effective_on: "2024-01-01" } as const;
  await tx.insert(bylaws_documents).values([
    { id: bylaws.conduct, ...rules, ...link, version: "2024-1", published_at: inDays(-300), current: true },
    { id: bylaws.draft, ...rules, ...link, version: "2025-1" },
    { id: bylaws.without_file, ...rules, version: "2025-2", document_type: "upload" },
    { id: bylaws.old_draft, ...rules, ...link, version: "2023-9" },
  ]);
}

async function fillRoles(tx: Transaction): Promise<void> {
  const made = [
    { id: SAMPLE.role.host, code: "host", name: "Host", description: "Looks after guests at events" },
    { id: SAMPLE.role.librarian, code: "librarian", name: "Librarian", description: "Lends our books" },
    { id: SAMPLE.role.photographer, code: "photographer", name: "Photographer", description: "Uploads photos" },
  ];
  await tx.insert(roles).values(made);
  const granted = await tx
    .select({ permission_id: permissions.id })
    .from(permissions)
    .where(inArray(permissions.code, ["events.view", "gallery.view", "gallery.upload"]));
  await tx
    .insert(role_permissions)
    .values(made.flatMap(({ id: role_id }) => granted.map(({ permission_id }) => ({ role_id, permission_id }))));
}

async function fillImports(tx: Transaction): Promise<void> {
  const { checked, to_apply, applied, to_activate } = SAMPLE.import_job;
  const columns = [
    { header: "Given name", field: "first_name" },
    { header: "Family name", field: "last_name" },
  ];
  const facts = { file_name: "people.csv", separator: ",", columns, total_rows: 1, checked_rows: 1 };
  const done = { ...facts, status: "completed", applied_rows: 1 } as const;
  await tx.insert(import_jobs).values([
    { id: checked, ...facts, status: "ready" },
    { id: to_apply, ...facts, status: "ready" },
    { id: applied, ...done },
    { id: to_activate, ...done },
  ]);
  await tx.insert(import_rows).values(
    [checked, to_apply, applied, to_activate].map((job_id, index) => ({
      job_id,
      row: 2,
      cells: ["Ira", `Imported ${index + 1}`],
      outcome: "create" as const,
      applied_at: index > 1 ? inDays(-1) : null,
    })),
  );
}

async function fillRecords(tx: Transaction): Promise<void> {
  await tx.insert(audit_log).values({
    id: SAMPLE.audit_entry.grace_days,
    actor_id: person.sam,
    action: "update",
    subject_type: "organisation_settings",
    subject_id: "true",
    changes: { grace_days: [14, 15] },
  });
}
