/** What `npm run bench` and `npm run check:bundle` measure against. */
export const BUDGETS = {
  /** The whole platform's. */
  bundle_gzip_kib: 230,
  /** Reported only: the profiler and the machine have their part in it. */
  startup_ms: 60,
  /** What 20 logins at once may add to workerd's memory. An isolate has 128 MB, and each hash takes 19 MiB. */
  logins_memory_mib: 100,
};
