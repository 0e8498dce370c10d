import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import { ROOT } from "../../local/settings.ts";
import { PASSWORD, personWithPassword } from "../harness/accounts.ts";
import { event } from "../harness/events.ts";
import { sql } from "../harness/platform.ts";
import { codeOf, enrolled } from "../harness/second-factor.ts";
import { accessibilityProblems, api_url, photograph, visit } from "./browser.ts";

const EXAMPLE = join(ROOT, "client/example");

/** The example as a frontend of its own, at another origin than the API. */
async function frontend(): Promise<string> {
  const page = await readFile(join(EXAMPLE, "index.html"), "utf8");
  const bundled = await build({
    entryPoints: [join(EXAMPLE, "page.ts")],
    bundle: true,
    format: "esm",
    write: false,
  });
  const server = createServer(({ url }, answer) => {
    const script = url === "/page.js";
    answer.setHeader("Content-Type", script ? "text/javascript" : "text/html");
    answer.end(script ? bundled.outputFiles[0]?.text : page.replace("http://localhost:8787", api_url));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

test("the client's example signs in from another origin, answers an event, stays signed in, and signs out", async () => {
  const title = `Potluck ${crypto.randomUUID()}`;
  await event({ title, starts_in: 0.1 });
  const { email, first_name } = await personWithPassword();
  const origin = await frontend();
  const { page, problems } = await visit({ also: [origin] });
  const signIn = async (password: string) => {
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
  };

  await page.goto(origin);
  await signIn("not my password");
  await page.getByText("The email address or the password is wrong.").waitFor();
  // The browser itself notes the 401 on its console.
  expect(problems.splice(0)).toEqual([expect.stringContaining("401")]);
  await signIn(PASSWORD);
  await page.getByText(`Signed in as ${first_name}.`).waitFor();

  const item = page.getByRole("listitem").filter({ hasText: title });
  expect(await item.innerText()).toContain("My answer: none.");
  await item.getByRole("button", { name: "I’m coming" }).click();
  await page.getByText(`${title}: we have your answer.`).waitFor();
  expect(await item.innerText()).toContain("My answer: yes.");
  expect(await accessibilityProblems(page)).toEqual([]);
  await photograph(page, "frontend-example");

  await page.reload();
  await item.getByText("My answer: yes.").waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  expect(problems).toEqual([]);
});

test("the client's example asks for the code of a second factor", async () => {
  const { id, email, secret } = await enrolled();
  const { id: other } = await personWithPassword();
  await sql("update users set password_hash = (select password_hash from users where id = $2) where id = $1", [
    id,
    other,
  ]);
  const origin = await frontend();
  const { page } = await visit({ also: [origin] });
  await page.goto(origin);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Code").fill(codeOf(secret));
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("Signed in as").waitFor();
});
