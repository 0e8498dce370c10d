/** The budgets that `npm run bench` and `npm run check:bundle` enforce. */
export const BUDGETS = {
  /** Cloudflare allows 10 MiB. This budget only catches mistakes: what size really costs is start-up time. */
  bundle_gzip_kib: 1024,
  /** A library above this size needs a reason in docs/decisions. */
  library_gzip_kib: 20,
  /** Cloudflare rejects a Worker that takes more than a second to start. */
  startup_ms: 250,
  /** Start-up time as a multiple of the fixed libraries' alone. */
  startup_over_libraries: { aim: 2, budget: 3.5 },
  /** How much 20 concurrent logins may add to workerd's memory. An isolate has 128 MB, and each hash takes 19 MiB. */
  logins_memory_mib: 100,
  /** How much an export with four times the rows may add to workerd's peak memory. */
  export_memory_mib: 60,
  /** How much one upload may add to workerd's memory, whatever its size, and how much four at a time beyond the floor. */
  upload_memory_mib: 30,
  uploads_memory_mib: 60,
  /** How much twenty photos in one request may add to the peak memory of five. */
  gallery_memory_mib: 60,
  /** How much the second half of many bulk mails may add to the peak memory of the first. */
  bulk_memory_mib: 40,
  /** Each hundred is claimed in one trip and recorded in another; what a look begins and ends with comes on top. */
  trips_per_hundred_mails: 3,
  /** A newsletter is written to the outbox for 500 people in a trip. */
  trips_per_hundred_recipients: 1,
  /** How long a password reset may take to leave while bulk mails go out. */
  reset_among_bulk_ms: 2000,
  /** CPU time of `GET /health`, as a multiple of an empty Worker's. */
  health_over_empty: { aim: 3, budget: 3 },
  /** CPU time of a read route, as a multiple of the bare driver's time for the same statements. */
  route_over_driver: { aim: 1.5, budget: 2 },
};
