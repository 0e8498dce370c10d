import sharp from "sharp";
import { expect, test } from "vitest";
import type { PublicBranding } from "../../src/settings/branding.ts";
import type { OrganisationSettings } from "../../src/settings/schemas.ts";
import { call, get, outcome } from "../harness/client.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { person, volunteer } from "../harness/people.ts";
import { picture, see } from "../harness/photos.ts";

const brandingOf = async (url: string) => (await get<PublicBranding>("/api/branding", { url })).body;

test("branding is for everybody, and caches keep it for a minute", async () => {
  const { status, headers, body } = await get<PublicBranding>("/api/branding");
  expect([status, headers.get("Cache-Control")]).toEqual([200, "public, max-age=60"]);
  expect(Object.keys(body).sort()).toEqual([
    "accent_colour",
    "contact_email",
    "country",
    "currency",
    "donation_maximum_cents",
    "donation_minimum_cents",
    "logo_dark_url",
    "logo_url",
    "name",
    "primary_colour",
    "stripe_publishable_key",
    "time_zone",
    "turnstile_required",
    "turnstile_site_key",
  ]);
});

test("a logo shows in branding, pages, emails and statements from the moment it is there, until it goes", async () => {
  const platform = await ownPlatform();
  const { url } = platform;
  const { token } = await platform.volunteer();
  const upload = (variant: string, image: Uint8Array<ArrayBuffer>) =>
    platform.call<OrganisationSettings>("POST", `/api/admin/settings/logo?variant=${variant}`, {
      token,
      body: image,
      headers: { "Content-Type": "image/png" },
    });
  const remove = (variant: string) =>
    platform.call<OrganisationSettings>("DELETE", `/api/admin/settings/logo?variant=${variant}`, { token });
  const pageOf = async () => {
    const answer = await fetch(`${url}/api/checkout/paid`, { headers: { Accept: "text/html" } });
    return { text: await answer.text(), csp: answer.headers.get("Content-Security-Policy") };
  };

  expect(await brandingOf(url)).toMatchObject({ logo_url: null, logo_dark_url: null });
  const light = await upload("light", await picture("#aa2200", [1200, 100]));
  expect(light.status).toBe(200);
  const { logo_url, logo_dark_url } = await brandingOf(url);
  expect([logo_url, logo_dark_url]).toEqual([light.body.logo_url, null]);
  const png = await see(logo_url, { url });
  expect([png.status, png.headers.get("Content-Type")]).toEqual([200, "image/png"]);
  expect(await sharp(png.bytes).metadata()).toMatchObject({ format: "png", width: 600, height: 50 });
  const jpeg = await see(logo_url?.replace(".png", ".jpg") ?? null, { url });
  expect(await sharp(jpeg.bytes).metadata()).toMatchObject({ format: "jpeg", width: 600 });
  const page = await pageOf();
  expect(page.text).toContain(`src="${logo_url}"`);
  expect(page.csp).toContain("img-src 'self'");
  const broken_link = await fetch(`${url}/api/auth/verify-email?token=none`, { headers: { Accept: "text/html" } });
  expect([broken_link.status, await broken_link.text()]).toEqual([400, expect.stringContaining(`src="${logo_url}"`)]);

  const dark = await upload("dark", await picture("#ffffff", [300, 100]));
  expect(await brandingOf(url)).toMatchObject({ logo_url, logo_dark_url: dark.body.logo_dark_url });
  const next = await upload("light", await picture("#00aa22"));
  await expect.poll(async () => (await see(logo_url, { url })).status).toBe(404);
  expect((await see(next.body.logo_url, { url })).status).toBe(200);
  for (const variant of ["light", "dark"]) expect((await remove(variant)).status).toBe(200);
  expect(await brandingOf(url)).toMatchObject({ logo_url: null, logo_dark_url: null });
  await expect.poll(async () => (await see(next.body.logo_url, { url })).status).toBe(404);
  expect((await pageOf()).text).not.toContain("<img");
  expect(await platform.sql("select key from stored_files")).toEqual([]);
});

test("a logo must be an image, of at most 5 MB", async () => {
  const { token } = await volunteer("settings.edit");
  const send = (body: Uint8Array<ArrayBuffer> | string) =>
    call("POST", "/api/admin/settings/logo", { token, body, headers: { "Content-Type": "image/svg+xml" } });
  expect(outcome(await send("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"))).toEqual([
    415,
    "not_an_image",
  ]);
  expect(outcome(await send(new Uint8Array(5 * 1024 * 1024 + 1)))).toEqual([413, "file_too_large"]);
});

test("white text must be readable on the primary color, and the refusal says how far it is", async () => {
  const { token } = await volunteer("settings.edit");
  const put = async (primary_colour: string) =>
    call<{ errors?: { message: string }[] }>("PUT", "/api/admin/settings", { token, body: { primary_colour } });
  // #767676 is the lightest gray that passes: https://webaim.org/resources/contrastchecker/
  expect((await put("#777777")).body.errors?.[0]?.message).toBe(
    "must be darker: white text on it has a contrast of 4.4:1, and needs 4.5:1",
  );
  expect((await put("#ffff00")).body.errors?.[0]?.message).toContain("1.0:1");
});

test("the suffix on card statements fits behind the account's prefix at Stripe", async () => {
  const platform = await ownPlatform();
  const { token } = await platform.volunteer();
  const put = (suffix: string | null) =>
    platform.call<OrganisationSettings & { errors?: { message: string }[] }>("PUT", "/api/admin/settings", {
      token,
      body: { statement_descriptor_suffix: suffix },
    });
  // "LOAF* " and 16 more make 22.
  expect((await put("SIXTEEN LETTERS.")).body.statement_descriptor_suffix).toBe("SIXTEEN LETTERS.");
  const refused = await put("SEVENTEEN LETTERS");
  expect([refused.status, refused.body.errors]).toEqual([
    400,
    [
      {
        path: "statement_descriptor_suffix",
        message: 'must have at most 16 characters: card statements show it after "LOAF* ", and have room for 22',
      },
    ],
  ]);
  expect((await put(null)).body.statement_descriptor_suffix).toBeNull();
});

test("a change is undone from the audit log, and so is the undoing", async () => {
  const platform = await ownPlatform();
  const { token } = await platform.volunteer();
  const undo = (audit_id: string) =>
    platform.call<OrganisationSettings & { code?: string }>("POST", "/api/admin/settings/undo", {
      token,
      body: { audit_id },
    });
  const newest = async () => {
    const [entry] = await platform.sql<{ id: string }>(
      "select id from audit_log where subject_type = 'organisation_settings' order by created_at desc limit 1",
    );
    return entry?.id ?? "";
  };
  const change = {
    name: "Loaf & Butter",
    sensitive_words: ["bread"],
    discreet_mails: false,
    grace_days: 3,
    contact_email: "a@b.org",
  };
  const { body: before } = await platform.call<OrganisationSettings>("GET", "/api/admin/settings", { token });
  await platform.call("PUT", "/api/admin/settings", { token, body: change });
  const undone = await undo(await newest());
  expect([undone.status, undone.body]).toEqual([200, { ...before, updated_at: undone.body.updated_at }]);
  expect((await undo(await newest())).body).toMatchObject(change);
  expect(outcome(await undo(crypto.randomUUID()))).toEqual([404, "change_not_found"]);
  const elsewhere = await platform.insert("audit_log", {
    action: "update",
    subject_type: "roles",
    changes: { name: ["a", "b"] },
  });
  expect(outcome(await undo(elsewhere))).toEqual([404, "change_not_found"]);
  // What was accepted once may no longer be.
  const light = await platform.insert("audit_log", {
    action: "update",
    subject_type: "organisation_settings",
    changes: { primary_colour: ["#ffffff", "#000000"] },
  });
  expect(outcome(await undo(light))).toEqual([400, "invalid_input"]);
  const logo = await platform.insert("audit_log", {
    action: "update",
    subject_type: "organisation_settings",
    changes: { logo_id: [null, crypto.randomUUID()] },
  });
  expect(outcome(await undo(logo))).toEqual([409, "nothing_to_undo"]);
  expect(
    (await call("POST", "/api/admin/settings/undo", { token: (await person()).token, body: { audit_id: logo } }))
      .status,
  ).toBe(403);
});
