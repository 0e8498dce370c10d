import { effect, query, type Silent } from "../database/statements.ts";
import { audit_log } from "./tables.ts";

/** Triggers audit what changes. This is what nothing changes by: somebody was denied a route. */
export const denial = ({
  actor_id,
  request_id,
  route,
  code,
}: {
  actor_id: string;
  request_id: string;
  route: string;
  code: string;
}): Silent =>
  effect(
    query.insert(audit_log).values({
      actor_id,
      request_id,
      action: "access.denied",
      subject_type: "route",
      subject_id: route,
      changes: { code: [null, code] },
    }),
  );
