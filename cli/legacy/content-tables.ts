import { documenttype } from "../../src/tables/documents.ts";
import { rsvpstatus } from "../../src/tables/events.ts";
import { importjobstatus } from "../../src/tables/import-jobs.ts";
import { completeDates, dates } from "./people-tables.ts";
import { from, needed, type OldTable, type Row, staged } from "./table.ts";
import { day, exact, instant, integer, oneOf, text, uuid, yesOrNo } from "./values.ts";

const events: OldTable = {
  name: "events",
  fields: {
    id: needed(uuid),
    title: needed(text),
    description: from(text),
    location: from(text),
    online_url: from(text, "virtual_link"),
    start_at: needed(instant),
    end_at: from(instant),
    capacity: from(integer, "max_attendees"),
    published: from(yesOrNo, "is_published"),
    created_by: from(uuid),
    ...dates,
  },
  complete(row, _, note) {
    completeDates(row);
    row.description ??= "";
    row.location ??= "";
    row.published ??= false;
    if (row.capacity !== null && Number(row.capacity) <= 0) {
      note("has no seats; now has no limit");
      row.capacity = null;
    }
  },
};

const event_rsvps: OldTable = {
  name: "event_rsvps",
  fields: {
    event_id: needed(uuid),
    user_id: needed(uuid),
    rsvp_status: from(oneOf(rsvpstatus.enumValues, { waitlist: "waitlisted" }), "status"),
    attended: from(yesOrNo),
    attended_at: from(instant),
    ...dates,
  },
  reads: ["id"],
  fills: ["answered_at"],
  complete(row) {
    completeDates(row);
    row.attended ??= false;
    row.answered_at = row.updated_at ?? null;
  },
};

const event_galleries: OldTable = {
  name: "event_galleries",
  fields: {
    id: needed(uuid),
    event_id: needed(uuid),
    image_key: from(exact),
    caption: from(text),
    size_bytes: from(integer, "file_size_bytes", "file_size"),
    uploaded_by: from(uuid),
    ...dates,
    old_url: staged("text", exact, "image_url", "url"),
  },
  fills: ["accepted_at"],
  complete(row) {
    completeDates(row);
    row.size_bytes ??= 0;
    row.image_key ??= row.old_url ?? null;
    row.accepted_at = row.created_at ?? null;
  },
};

/** What the three kinds of documents share. */
const document = {
  id: needed(uuid),
  title: needed(text),
  document_type: from(
    oneOf(documenttype.enumValues, { url: "link", google_drive: "link", file: "upload", pdf: "upload" }),
  ),
  document_location: from(exact, "document_url", "url", "file_url"),
  published_at: from(instant, "published_date"),
  created_by: from(uuid),
  ...dates,
};

/** The old platform showed every document. A file in the old bucket is a link to it until somebody uploads it here. */
function completeDocument(row: Row, old_location: string | undefined): void {
  completeDates(row);
  row.published_at ??= row.created_at ?? null;
  row.old_location = row.document_type === "upload" ? (old_location ?? null) : null;
  if (old_location && /^https?:/.test(old_location)) row.document_type = "link";
  row.document_type ??= "link";
}

const locationOf = (row: Row) => (typeof row.document_location === "string" ? row.document_location : undefined);

const newsletter_archives: OldTable = {
  name: "newsletter_archives",
  fields: { ...document, description: from(text), old_location: staged("text", exact) },
  complete(row) {
    completeDocument(row, locationOf(row));
    row.description ??= "";
  },
};

const financial_reports: OldTable = {
  name: "financial_reports",
  fields: { ...document, year: needed(integer), old_location: staged("text", exact) },
  complete: (row) => completeDocument(row, locationOf(row)),
};

const bylaws_documents: OldTable = {
  name: "bylaws_documents",
  fields: {
    ...document,
    version: from(text),
    effective_on: from(day, "effective_date"),
    current: from(yesOrNo, "is_current"),
    old_location: staged("text", exact),
  },
  complete(row) {
    completeDocument(row, locationOf(row));
    row.version ??= "1";
    row.effective_on ??= String(row.created_at).slice(0, 10);
    row.current ??= false;
  },
};

const storage_usage: OldTable = {
  name: "storage_usage",
  fields: {
    limit_bytes: from(integer, "max_bytes_allowed", "max_bytes"),
    old_used_bytes: staged("bigint", integer, "used_bytes", "total_bytes_used", "total_bytes"),
  },
  reads: ["id", "created_at", "updated_at", "last_updated"],
};

const import_jobs: OldTable = {
  name: "import_jobs",
  fields: {
    id: needed(uuid),
    status: from(oneOf(importjobstatus.enumValues, { processing: "applying", partial: "completed" })),
    file_name: from(text, "filename", "file_name"),
    total_rows: from(integer),
    applied_rows: from(integer, "successful_rows"),
    failed_rows: from(integer),
    created_by: from(uuid, "imported_by"),
    ...dates,
    created_on: staged("timestamptz(3)", instant, "started_at"),
  },
  leaves: ["file_key", "r2_object_key", "processed_rows", "errors", "completed_at", "problems"],
  complete(row, _, note) {
    row.created_at ??= row.created_on ?? null;
    completeDates(row);
    row.file_name ??= "unknown";
    const [applied, failed] = [Number(row.applied_rows), Number(row.failed_rows)];
    row.applied_rows = applied;
    row.failed_rows = failed;
    row.total_rows = Math.max(Number(row.total_rows), applied + failed);
    if (row.status === "completed" || row.status === "failed") return;
    note("had not finished; now failed");
    row.status = "failed";
  },
};

export const CONTENT_TABLES = [
  events,
  event_rsvps,
  event_galleries,
  newsletter_archives,
  financial_reports,
  bylaws_documents,
  storage_usage,
  import_jobs,
] as const;
