import { run } from "./run.ts";
import { loadSampleData, SAMPLE_ADMIN, SAMPLE_PASSWORD } from "./sample-data.ts";
import { dataDirectory, portsFromEnvironment } from "./settings.ts";
import { startStack } from "./stack.ts";

/**
 * `npm run stack`: everything the Worker talks to, without the Worker. For a plain `wrangler dev` with `.dev.vars`
 * copied from its example.
 */
await run(async (started) => {
  const stack = await startStack({ ports: portsFromEnvironment(), data_dir: dataDirectory() });
  started.defer(stack.stop);
  await loadSampleData(stack.database_url);
  console.log(`
  Database         ${stack.database_url}
  Neon endpoint    ${stack.neon_url}/sql
  Stripe stand-in  ${stack.stripe_url}
  Mailbox          ${stack.mail_url}/inbox

  Start the API with: npx wrangler dev. Sign in as ${SAMPLE_ADMIN} with the password ${SAMPLE_PASSWORD}.
  Ctrl-C ends everything.
`);
  return new Promise<never>(() => undefined);
});
