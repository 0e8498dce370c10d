import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import type { Route } from "../../src/http/route.ts";
import { LINE } from "../../src/http/schemas.ts";
import { routes } from "../../src/routes.ts";
import { MOST_CENTS } from "../../src/stripe/amounts.ts";
import type { Answer } from "../harness/client.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import type { Page } from "../harness/pages.ts";
import { nameOf } from "./examples.ts";

type Platform = Awaited<ReturnType<typeof ownPlatform>>;
type Item = Record<string, unknown>;

/** Every list, found by its declaration: a GET with a cursor. */
const lists = routes.filter(({ method, request }) => method === "get" && "cursor" in (request?.query?.shape ?? {}));

/** Texts that are as long and as odd as a name of 100 characters may be. */
const TEXTS = [
  "'; drop table users; --",
  '"}]\\',
  "\\".repeat(100),
  '"'.repeat(100),
  "字".repeat(100),
  "\u{1f469}".repeat(50),
  "\u0301lone",
  "e\u0301",
  "é",
  "İ",
  "ı",
  "a",
  "A",
  "-",
  ...fc.sample(
    fc.string({ unit: "binary", minLength: 1, maxLength: 100 }).filter((text) => text.length <= 100 && LINE.test(text)),
    3,
  ),
];

/** Instants at the ends of what a client may store, and next to each other. Some rows share one. */
const INSTANTS = [
  "1000-01-01T00:00:00.000Z",
  "2026-01-01T00:00:00.000Z",
  "2026-01-01T00:00:00.001Z",
  "2026-01-01T00:00:00.999Z",
  "2026-01-01T00:00:00.999Z",
  "8999-12-31T23:59:59.999Z",
];

interface Rows {
  /** The list's path, where that names something. */
  path?: string;
  token?: string;
  /** Which items must be there, by the field that names them. */
  items: { by: string; are: (string | number)[] };
}

const each = async <Of>(values: readonly Of[], make: (value: Of, index: number) => Promise<string>) => {
  const made: string[] = [];
  for (const [index, value] of values.entries()) made.push(await make(value, index));
  return { by: "id", are: made };
};

const eventRows = (platform: Platform) =>
  each(INSTANTS, (start_at) =>
    platform.insert("events", {
      title: "Picnic",
      location: "The park",
      start_at,
      end_at: new Date(Date.parse(start_at) + 1),
      published: true,
    }),
  );

/** Answers to an event, in the order of their numbers. */
async function answerRows(platform: Platform, permission: string, list: string) {
  const [event_id = ""] = (await eventRows(platform)).are;
  const numbers = [0, 1, 2, 2 ** 31 - 2, 2 ** 31 - 1];
  const people = await each(numbers, async (line_number) => {
    const { id } = await platform.person("active");
    await platform.insert("event_rsvps", { event_id, user_id: id, rsvp_status: "maybe", line_number });
    return id;
  });
  const { token } = await platform.volunteer(permission);
  return { token, path: `/api/admin/events/${event_id}/${list}`, items: { by: "user_id", are: people.are } };
}

const photoRows = (platform: Platform, event_ids: string[]) =>
  each([...INSTANTS, null], async (at, index) => {
    const file_id = await platform.insert("stored_files", {
      kind: "event_photo",
      key: `event_photo/${crypto.randomUUID()}`,
      status: "stored",
      content_type: "image/webp",
    });
    return platform.insert("event_galleries", {
      event_id: event_ids[index % event_ids.length],
      file_id,
      taken_at: at,
      created_at: at ?? new Date(),
      position: [null, 0, 1, 1_000_000][index % 4],
    });
  });

const reportRows = (platform: Platform) =>
  each([1900, 2025, 2026, 2026, 2200], (year) =>
    platform.insert("financial_reports", {
      title: "Report",
      year,
      document_type: "link",
      document_location: "https://example.org",
      published_at: new Date(),
    }),
  );

const rulesRows = (platform: Platform) =>
  each(["1000-01-01", "2026-02-28", "2026-03-01", "2026-03-01", "2999-12-31"], (effective_on) =>
    platform.insert("bylaws_documents", {
      title: "Bylaws",
      version: crypto.randomUUID(),
      effective_on,
      document_type: "link",
      document_location: "https://example.org",
      published_at: new Date(),
    }),
  );

const planRows = (platform: Platform) =>
  each([-(2 ** 31), -1, 0, 0, 1, 2 ** 31 - 1], (position) => platform.plan({ position }));

/** For each list: rows with the oddest keys that can be stored, and who sees them. A list without an entry fails. */
const ROWS: Record<string, (platform: Platform) => Promise<Rows>> = {
  "get /api/auth/sessions": async (platform) => {
    const { id, token } = await platform.person("active");
    const expires_at = new Date(Date.now() + 86_400_000);
    const session = (created_at: string) => platform.insert("sessions", { user_id: id, expires_at, created_at });
    return { token, items: await each(INSTANTS, session) };
  },
  "get /api/auth/sign-ins": async (platform) => {
    const { id, token, email } = await platform.person("active");
    const attempt = (created_at: string) => platform.insert("login_attempts", { email, user_id: id, created_at });
    return { token, items: await each(INSTANTS, attempt) };
  },
  "get /api/admin/users": async (platform) => {
    const { token } = await platform.volunteer("users.view");
    const people = [...TEXTS.map((text) => [text, text]), ["e\u0301", ""], ["", "é"], ["Robin", "é"]];
    const items = await each(people, ([first_name, last_name], index) =>
      platform.insert("users", {
        email: `${index}@example.org`,
        first_name,
        last_name,
        created_at: INSTANTS[index % INSTANTS.length],
      }),
    );
    return { token, items };
  },
  "get /api/admin/invitations": async (platform) => {
    const { token } = await platform.volunteer("users.invite");
    const items = await each(INSTANTS, (created_at, index) =>
      platform.insert("user_invitations", {
        email: `invited-${index}@example.org`,
        expires_at: new Date(),
        created_at,
      }),
    );
    return { token, items };
  },
  "get /api/members/vouchings": async (platform) => {
    const { id, token } = await platform.person("active");
    const items = await each(INSTANTS, async (created_at) =>
      platform.insert("vouchings", {
        applicant_id: (await platform.person("pending_validation")).id,
        member_id: id,
        created_at,
      }),
    );
    return { token, items };
  },
  "get /api/admin/users/{id}/notes": async (platform) => {
    const { token } = await platform.volunteer("users.view");
    const { id: user_id } = await platform.person("active");
    const items = await each(INSTANTS, (created_at) =>
      platform.insert("user_notes", { user_id, body: "Called", created_at }),
    );
    return { token, path: `/api/admin/users/${user_id}/notes`, items };
  },
  "get /api/admin/tags": async (platform) => {
    const { token } = await platform.volunteer("users.view");
    const tags = ["'; drop table users; --", '"}]\\', "字".repeat(40), "a", "a-1", "e\u0301", "é", "ı", "-"];
    const { id: user_id } = await platform.person("active");
    for (const tag of tags) await platform.sql("insert into user_tags (user_id, tag) values ($1, $2)", [user_id, tag]);
    return { token, items: { by: "tag", are: tags } };
  },
  "get /api/directory": async (platform) => {
    const { token } = await platform.person("active");
    const items = await each([...TEXTS, ""], (last_name, index) =>
      platform.insert("users", {
        email: `listed-${index}@example.org`,
        email_verified: true,
        first_name: last_name || "Mononym",
        last_name,
        status: "active",
        in_directory: true,
      }),
    );
    return { token, items };
  },
  "get /api/admin/webhook-events": async (platform) => {
    const { token } = await platform.volunteer("settings.audit");
    const ids = ["evt_1", "evt_2", "EVT-1", "_", `evt_${"x".repeat(251)}`, `-${"_".repeat(254)}`];
    const items = await each(ids, (id, index) =>
      platform.insert("stripe_events", {
        id,
        type: "invoice.paid",
        status: "applied",
        stripe_created_at: new Date(),
        created_at: INSTANTS[index],
      }),
    );
    return { token, items };
  },
  "get /api/admin/outbox": async (platform) => {
    const { token } = await platform.volunteer("settings.email");
    const items = await each(INSTANTS, (created_at) =>
      platform.insert("emails", { template: "approval", to_email: "robin@example.org", status: "failed", created_at }),
    );
    return { token, items };
  },
  "get /api/admin/reminders": async (platform) => {
    const { id: user_id, token } = await platform.volunteer("settings.email");
    const decided = (decided_at: string, index: number) =>
      platform.insert("reminders", {
        kind: "term_ending",
        subject_id: user_id,
        user_id,
        due_at: new Date(index),
        decided_at,
        outcome: "too_late",
      });
    return { token, items: await each(INSTANTS, decided) };
  },
  "get /api/admin/jobs": async (platform) => {
    const { token } = await platform.volunteer("settings.audit");
    return { token, items: await each(INSTANTS, (at) => platform.insert("job_runs", { job: "x", started_at: at })) };
  },
  "get /api/admin/import-jobs": async (platform) => {
    const { token } = await platform.volunteer("users.import");
    const job = (created_at: string) =>
      platform.insert("import_jobs", { file_name: "x.csv", status: "failed", created_at });
    return { token, items: await each(INSTANTS, job) };
  },
  "get /api/admin/import-jobs/{id}/rows": async (platform) => {
    const { token } = await platform.volunteer("users.import");
    const id = await platform.insert("import_jobs", { file_name: "x.csv", status: "ready" });
    const rows = [2, 3, 10, 20_001, 2 ** 31 - 1];
    for (const row of rows)
      await platform.sql("insert into import_rows (job_id, row, cells) values ($1, $2, '[]')", [id, row]);
    return { token, path: `/api/admin/import-jobs/${id}/rows`, items: { by: "row", are: rows } };
  },
  "get /api/admin/audit-log": async (platform) => {
    const { token } = await platform.volunteer("settings.audit");
    const entry = (created_at: string) =>
      platform.insert("audit_log", { action: "update", subject_type: "users", created_at });
    return { token, items: await each(INSTANTS, entry) };
  },
  "get /api/admin/permissions": async (platform) => ({
    token: (await platform.volunteer("permissions.view")).token,
    items: { by: "code", are: ["bylaws.create", "users.view", "users.view_sensitive"] },
  }),
  "get /api/admin/roles": async (platform) => {
    const codes = ["a", "a-1", "a_1", "a1", "a".repeat(50), `${"a-".repeat(24)}a`, `${"a_".repeat(24)}a`];
    for (const code of codes) await platform.insert("roles", { code, name: "Role" });
    return { token: (await platform.volunteer("permissions.view")).token, items: { by: "code", are: codes } };
  },
  "get /api/events": async (platform) => ({ items: await eventRows(platform) }),
  "get /api/admin/events": async (platform) => ({
    token: (await platform.volunteer("events.view")).token,
    items: await eventRows(platform),
  }),
  "get /api/admin/events/{id}/door-links": async (platform) => {
    const [event_id = ""] = (await eventRows(platform)).are;
    const { token } = await platform.volunteer("events.attendance");
    const items = await each(INSTANTS, (created_at) =>
      platform.insert("door_links", { event_id, label: "The gate", created_at }),
    );
    return { token, path: `/api/admin/events/${event_id}/door-links`, items };
  },
  "get /api/members/rsvps": async (platform) => {
    const { id, token } = await platform.person("active");
    const items = await eventRows(platform);
    for (const event_id of items.are)
      await platform.insert("event_rsvps", { event_id, user_id: id, rsvp_status: "maybe" });
    return { token, items };
  },
  "get /api/admin/events/{id}/rsvps": (platform) => answerRows(platform, "events.rsvps", "rsvps"),
  "get /api/admin/events/{id}/attendance": (platform) => answerRows(platform, "events.attendance", "attendance"),
  "get /api/events/{id}/people": async (platform) => {
    const event_id = await platform.insert("events", {
      title: "Picnic",
      location: "The park",
      start_at: "8999-01-01T00:00:00Z",
      end_at: "8999-01-02T00:00:00Z",
      published: true,
    });
    const names = [...new Set(TEXTS.map((text) => text.trim()).filter((text) => text !== ""))];
    const are = await each(names, async (last_name, index) => {
      const id = await platform.insert("users", {
        email: `comer-${index}@example.org`,
        email_verified: true,
        first_name: "Robin",
        last_name,
        status: "active",
      });
      await platform.insert("event_rsvps", { event_id, user_id: id, rsvp_status: "yes", show_name: true });
      return `Robin ${last_name}`;
    });
    const { token } = await platform.person("active");
    return { token, path: `/api/events/${event_id}/people`, items: { by: "name", are: are.are } };
  },
  "get /api/gallery": async (platform) => ({
    token: (await platform.person("active")).token,
    items: await photoRows(platform, (await eventRows(platform)).are),
  }),
  "get /api/events/{id}/gallery": async (platform) => {
    const [event_id = ""] = (await eventRows(platform)).are;
    const { token } = await platform.person("active");
    return { token, path: `/api/events/${event_id}/gallery`, items: await photoRows(platform, [event_id]) };
  },
  "get /api/gallery/takedowns": async (platform) => {
    const { id: asked_by, token } = await platform.person();
    const takedowns = await each(INSTANTS, async (created_at) => {
      const photo_id = crypto.randomUUID();
      await platform.insert("photo_takedowns", { photo_id, asked_by, sha256: "0".repeat(64), created_at });
      return photo_id;
    });
    return { token, items: { ...takedowns, by: "photo_id" } };
  },
  "get /api/admin/gallery": async (platform) => ({
    token: (await platform.volunteer("gallery.view")).token,
    items: await photoRows(platform, (await eventRows(platform)).are),
  }),
  "get /api/newsletters": async (platform) => ({
    token: (await platform.person("active")).token,
    items: await each(
      INSTANTS.filter((at) => at < "2026-06"),
      (published_at) => platform.insert("newsletter_archives", { title: "Spring", body: "Hello", published_at }),
    ),
  }),
  "get /api/admin/newsletters": async (platform) => ({
    token: (await platform.volunteer("newsletters.view")).token,
    items: await each(INSTANTS, (created_at) =>
      platform.insert("newsletter_archives", { title: "Spring", created_at }),
    ),
  }),
  "get /api/admin/newsletters/{id}/left-out": async (platform) => {
    const recipients = JSON.stringify({ statuses: ["pending_email"], tag: null });
    const id = await platform.insert("newsletter_archives", { title: "Spring", recipients });
    const items = await each(TEXTS, (text, index) =>
      platform.insert("users", { email: `${index}@example.org`, first_name: text, last_name: text }),
    );
    const { token } = await platform.volunteer("users.view");
    return { token, path: `/api/admin/newsletters/${id}/left-out`, items };
  },
  "get /api/financials": async (platform) => ({
    token: (await platform.person("active")).token,
    items: await reportRows(platform),
  }),
  "get /api/admin/financials": async (platform) => ({
    token: (await platform.volunteer("financials.view")).token,
    items: await reportRows(platform),
  }),
  "get /api/bylaws": async (platform) => ({
    token: (await platform.person("active")).token,
    items: await rulesRows(platform),
  }),
  "get /api/admin/bylaws": async (platform) => ({
    token: (await platform.volunteer("bylaws.view")).token,
    items: await rulesRows(platform),
  }),
  "get /api/plans": async (platform) => ({ items: await planRows(platform) }),
  "get /api/admin/plans": async (platform) => ({
    token: (await platform.volunteer("subscriptions.plans")).token,
    items: await planRows(platform),
  }),
  "get /api/admin/subscriptions": async (platform) => {
    const { token } = await platform.volunteer("subscriptions.view");
    const items = await each([...INSTANTS, null], async (at) =>
      platform.insert("subscriptions", {
        user_id: (await platform.person("active")).id,
        plan_id: await platform.plan(),
        status: "expired",
        billing_cycle: "yearly",
        base_subscription_cents: 6000,
        current_term_end: at,
        created_at: at ?? new Date(),
      }),
    );
    return { token, items };
  },
  "get /api/admin/donations": async (platform) => {
    const { token } = await platform.volunteer("donations.view");
    const items = await each([1, 1, 2500, MOST_CENTS, MOST_CENTS - 1], (amount_cents, index) =>
      platform.insert("donations", { donation_type: "public", amount_cents, created_at: INSTANTS[index] }),
    );
    return { token, items };
  },
  "get /api/members/access-log": async (platform) => {
    const { id, token } = await platform.person("active");
    const { id: actor_id } = await platform.person("active");
    const items = await each(INSTANTS, (created_at, index) =>
      platform.insert("audit_log", {
        action: index % 2 ? "users.read" : "users.exported",
        subject_type: "users",
        ...(index % 2 ? { subject_id: id } : { subject_ids: [actor_id, id] }),
        actor_id,
        created_at,
      }),
    );
    return { token, items };
  },
  "get /api/members/donations": async (platform) => {
    const { id, token } = await platform.person("active");
    const items = await each(INSTANTS, (created_at) =>
      platform.insert("donations", { user_id: id, donation_type: "member", amount_cents: 500, created_at }),
    );
    return { token, items };
  },
};

/**
 * The queries that order or select a list in different ways: each choice that has a default, such as `sort`, and `when`, whose default
 * may depend on other parameters.
 */
const choicesOf = ({ request }: Route): string[] => {
  const choices = Object.entries(request?.query?.shape ?? {}).flatMap(([name, schema]) =>
    (schema instanceof z.ZodDefault || (schema instanceof z.ZodOptional && name === "when")) &&
    schema.unwrap() instanceof z.ZodEnum
      ? z
          .array(z.string())
          .parse((schema.unwrap() as z.ZodEnum).options)
          .map((choice) => `${name}=${choice}&`)
      : [],
  );
  return choices.length > 0 ? choices : [""];
};

test("every list has its odd rows here", () => {
  expect(Object.keys(ROWS).sort()).toEqual(lists.map(nameOf).sort());
});

test("every cursor that a list gives is accepted, and leads through all rows, each once, whatever is in them", async () => {
  const platform = await ownPlatform();
  // The audit log is the first by name, before the rows of the others fill it.
  for (const route of lists.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))) {
    const rows: Rows = (await ROWS[nameOf(route)]?.(platform)) ?? { items: { by: "id", are: [] } };
    const { token, items, path: list = route.path } = rows;
    const walk = async (query: string, limit: number): Promise<unknown[]> => {
      const seen: unknown[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const path: string = `${list}?${query}limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
        const answer: Answer<Page<Item>> = await platform.call<Page<Item>>("GET", path, { token });
        expect(answer.status, `${path} ${answer.text}`).toBe(200);
        seen.push(...answer.body.items.map((item) => item[items.by]));
        cursor = answer.body.next_cursor;
      }
      return seen;
    };
    const everything = new Set<unknown>();
    for (const query of choicesOf(route)) {
      const at_once = await walk(query, 100);
      expect(await walk(query, 1), `${nameOf(route)} ${query}`).toEqual(at_once);
      expect(new Set(at_once).size, `${nameOf(route)} ${query}`).toBe(at_once.length);
      for (const one of at_once) everything.add(one);
    }
    expect([...everything], nameOf(route)).toEqual(expect.arrayContaining(items.are));
  }
}, 60_000);
