/** How many hours lie between two runs of each job that a cron starts. A test compares this with src/schedule.ts. */
export const JOB_HOURS = {
  reconcile: 1,
  erase_people: 1,
  activation_waves: 1,
  import: 1,
  remove_files: 1,
  watch_jobs: 1,
  deliver_mail: 1,
  newsletters: 1,
  reminders: 1,
  storage: 1,
  watch_storage: 1,
  follow_up_billing: 1,
  forget_old: 24,
} as const;
