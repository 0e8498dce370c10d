/** What `npm run bench` and `npm run check:bundle` measure against. */
export const BUDGETS = {
  /** The platform takes 10 MiB: this only says that something went wrong. What size costs is start-up. */
  bundle_gzip_kib: 1024,
  /** A library above this has its reason in docs/decisions. */
  library_gzip_kib: 20,
  /** Cloudflare refuses a Worker that takes more than a second to start. */
  startup_ms: 250,
  /** Start-up as a multiple of that of the fixed libraries alone. */
  startup_over_libraries: { aim: 2, budget: 3.5 },
  /** What 20 logins at once may add to workerd's memory. An isolate has 128 MB, and each hash takes 19 MiB. */
  logins_memory_mib: 100,
  /** What four times the rows of an export may add to workerd's peak. */
  export_memory_mib: 60,
  /** Processor time of `GET /health` as a multiple of an empty Worker's. */
  health_over_empty: { aim: 3, budget: 3 },
  /** Processor time of a route that reads, as a multiple of what the bare driver takes for the same statements. */
  route_over_driver: { aim: 1.5, budget: 2 },
};
