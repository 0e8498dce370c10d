import { insert } from "./platform.ts";

/** A change of the settings that changed nothing else since. */
export const settingsChange = async (): Promise<string> =>
  (
    await insert("audit_log", {
      action: "update",
      subject_type: "organisation_settings",
      subject_id: "true",
      changes: { grace_days: [14, 15] },
    })
  ).id;
