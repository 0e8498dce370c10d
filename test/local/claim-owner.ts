import { claim } from "../../local/claim.ts";

// A process of its own for claim.test.ts to stop and kill: claims the directory, says so, and waits.
const [data_dir = ""] = process.argv.slice(2);
await claim(data_dir, { command: "npm run stack", url: "http://127.0.0.1:8025" });
process.send?.("ready");
