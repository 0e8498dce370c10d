import { startPostgres } from "../../local/postgres.ts";

// A process of its own for postgres.test.ts to kill: starts PostgreSQL, says so, and waits.
const [data_dir = "", port] = process.argv.slice(2);
await startPostgres({ port: Number(port), data_dir });
process.send?.("ready");
