import spectral, { type ISpectralDiagnostic } from "@stoplight/spectral-core";
import owasp from "@stoplight/spectral-owasp-ruleset";

/** Rules that do not hold here, and why. All others do. */
const EXCEPTIONS: Record<string, string> = {
  "owasp:api2:2023-read-restricted":
    "Some routes are open on purpose: signing in, what the public sees, and links in emails, whose token is the key. docs/permissions.md lists them, and tests call each route as every kind of caller.",
  "owasp:api2:2023-write-restricted": "The same. Stripe and the mail provider sign what they send.",
  "owasp:api2:2023-no-credentials-in-url":
    "A link in an email can carry its token nowhere else. Each token serves one purpose, most only once and for a short time, and our logs leave them out.",
  "owasp:api4:2023-rate-limit":
    "Cloudflare's rate limits say yes or no, and not how many requests are left. A refusal has Retry-After.",
  "owasp:api4:2023-string-restricted":
    "People's names, notes and letters have no format. A pattern refuses what the database cannot store.",
  "owasp:api5:2023-admin-security-unique":
    "One access token says who asks. Whether they hold the permission is read from the database with each request, because a scope in the token would outlive the role.",
  "owasp:api8:2023-define-error-responses-401": "An open route never answers 401.",
};

/** These protect a server from what it is sent. What it answers is as long as what it has stored. */
const ABOUT_REQUESTS = ["owasp:api4:2023-string-limit", "owasp:api4:2023-array-limit"];

const fieldsOf = (node: unknown): Record<string, unknown> =>
  typeof node === "object" && node !== null && !Array.isArray(node) ? (node as Record<string, unknown>) : {};

/** What breaks the OWASP rules for APIs (Spectral's ruleset, from the API Security Top 10 of 2023), in a line each. */
export async function breaksOwaspRules(document: object): Promise<string[]> {
  const unknown = [...Object.keys(EXCEPTIONS), ...ABOUT_REQUESTS].filter((name) => !(name in fieldsOf(owasp.rules)));
  if (unknown.length > 0) throw new Error(`The ruleset no longer has ${unknown.join(", ")}`);
  const all = await lint(document, [...Object.keys(EXCEPTIONS), ...ABOUT_REQUESTS]);
  const others = Object.keys(fieldsOf(owasp.rules)).filter((name) => !ABOUT_REQUESTS.includes(name));
  const sent = await lint(requestsOf(document), others);
  return [...new Set([...all, ...sent].map(({ code, path, message }) => `${code} at ${path.join(" › ")}: ${message}`))];
}

function lint(document: object, off: string[]): Promise<ISpectralDiagnostic[]> {
  const linter = new spectral.Spectral();
  linter.setRuleset({ extends: [owasp], rules: Object.fromEntries(off.map((name) => [name, "off" as const])) });
  return linter.run(JSON.parse(JSON.stringify(document)));
}

/** The document without answers, and without schemas that only answers have. */
function requestsOf(document: object) {
  const { paths, components, ...rest } = fieldsOf(JSON.parse(JSON.stringify(document)));
  const asked = Object.fromEntries(
    Object.entries(fieldsOf(paths)).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(fieldsOf(methods)).map(([method, operation]) => [
          method,
          { ...fieldsOf(operation), responses: {} },
        ]),
      ),
    ]),
  );
  const schemas = fieldsOf(fieldsOf(components).schemas);
  const used = new Set<string>();
  const visit = (node: unknown): void => {
    for (const [, name = ""] of JSON.stringify(node).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      visit(schemas[name]);
    }
  };
  visit(asked);
  return {
    ...rest,
    paths: asked,
    components: { schemas: Object.fromEntries([...used].map((name) => [name, schemas[name]])) },
  };
}
