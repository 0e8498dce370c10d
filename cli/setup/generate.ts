import { randomBytes } from "node:crypto";
import type { Step } from "./step.ts";

/** Never replaced unless the old one is given too: a new JWT_SECRET signs everybody out, and a new SECOND_FACTOR_KEY makes all second factors unreadable. */
const GENERATED = { JWT_SECRET: 64, SECOND_FACTOR_KEY: 32 };

export const generate: Step = {
  name: "Secrets of our own",
  async run(setup) {
    for (const [name, bytes] of Object.entries(GENERATED)) {
      if (setup.vars[name] && setup.stored.has(name) && !setup.vars[`${name}_PREVIOUS`]) {
        // Perhaps the one of another environment, left in the terminal.
        delete setup.vars[name];
        setup.say(`${name} is stored and stays: docs/operations.md says how to rotate it`);
      } else if (setup.vars[name]) setup.say(`${name} was given`);
      else if (setup.stored.has(name)) setup.say(`${name} is stored and stays`);
      else if (setup.dry_run) setup.say(`would make ${name}: ${bytes} random bytes`);
      else {
        setup.vars[name] = randomBytes(bytes).toString("base64");
        setup.say(`made ${name}: ${bytes} random bytes, which only the Worker has`);
      }
    }
  },
};
