/** What `npm run bench` and `npm run check:bundle` measure against. */
export const BUDGETS = {
  /** The whole platform's. The fixed libraries are 172 of it, and money is 46: more than the 230 that was hoped for. */
  bundle_gzip_kib: 265,
  /** Reported only: the profiler and the machine have their part in it. */
  startup_ms: 60,
  /** What 20 logins at once may add to workerd's memory. An isolate has 128 MB, and each hash takes 19 MiB. */
  logins_memory_mib: 100,
  /** What four times the rows of an export may add to workerd's peak. */
  export_memory_mib: 60,
};
