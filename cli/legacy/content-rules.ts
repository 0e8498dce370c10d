import { allButFirst, type Rule, rule } from "./rule.ts";

export const CONTENT_RULES: Rule[] = [
  rule(
    "changed",
    "events",
    "does not end after its start; now lasts two hours",
    `update old_events set end_at = start_at + interval '2 hours' where end_at is null or end_at <= start_at returning id`,
  ),
  rule(
    "left out",
    "event_rsvps",
    "is an older answer of the same person, or neither an answer nor an attendance",
    `delete from old_event_rsvps r using (
       select ctid as at, row_number() over (partition by event_id, user_id order by updated_at desc, ctid) as place
       from old_event_rsvps) ranked
     where ranked.at = r.ctid and (place > 1 or (rsvp_status is null and not attended))
     returning event_id || '/' || user_id as id`,
  ),
  rule(
    "changed",
    "event_galleries",
    "has the file of another row; only the report has the file",
    allButFirst("event_galleries", "image_key", "created_at, id", "image_key = null", "image_key is not null"),
  ),
  rule(
    "file",
    "event_galleries",
    "photo",
    "select id, coalesce(old_url, image_key) as address from old_event_galleries where coalesce(old_url, image_key) is not null",
  ),
  ...["newsletter_archives", "financial_reports", "bylaws_documents"].map((table) =>
    rule(
      "file",
      table,
      "document",
      `select id, old_location as address from old_${table} where old_location is not null`,
    ),
  ),
  rule(
    "changed",
    "bylaws_documents",
    "is current beside a later version; no longer current",
    allButFirst("bylaws_documents", "kind", "effective_on desc, created_at desc", "current = false", "current"),
  ),
  rule(
    "changed",
    "bylaws_documents",
    "has the version of another document; now has its date too",
    allButFirst(
      "bylaws_documents",
      "version",
      "effective_on desc, created_at desc, id",
      "version = version || ' of ' || effective_on || ' ' || left(o.id::text, 8)",
    ),
  ),
  rule(
    "changed",
    "user_invitations",
    "is pending beside a newer one to the same address; now revoked",
    allButFirst("user_invitations", "email", "created_at desc, id", "status = 'revoked'", "status = 'pending'"),
  ),
];
