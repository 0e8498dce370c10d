import { startKeptStack } from "./kept-stack.ts";
import { openBrowser } from "./open-browser.ts";
import { run } from "./run.ts";
import { SAMPLE_ADMIN, SAMPLE_PASSWORD } from "./sample-sign-in.ts";
import { mailUrl } from "./settings.ts";

/**
 * `npm run stack`: everything the Worker talks to, without the Worker. For a plain `wrangler dev` with `.dev.vars`
 * copied from its example. Takes the same flags as `npm run dev`.
 */
await run(async (started) => {
  const { stack, open } = await startKeptStack(started, { command: "npm run stack", parts: [], url: mailUrl });
  console.log(`
  Database         ${stack.database_url}
  Neon endpoint    ${stack.neon_url}/sql
  Stripe stand-in  ${stack.stripe_url}
  Mailbox          ${stack.mail_url}/inbox

  Start the API with: npx wrangler dev. Sign in as ${SAMPLE_ADMIN} with the password ${SAMPLE_PASSWORD}.
  Ctrl-C ends everything.
`);
  if (open) openBrowser(stack.mail_url);
  return new Promise<never>(() => undefined);
});
