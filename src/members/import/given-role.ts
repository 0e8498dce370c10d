import { eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { personHoldsAll } from "../../access/powers.ts";
import { personIsSuperadmin } from "../../access/superadmin.ts";
import { permissions, role_permissions, roles } from "../../tables/access.ts";

/** Whether a role is one that somebody gives. The others follow from the status. */
export const isGiven = (role: SQL): SQL => sql`${role} not in ('guest', 'member')`;

/** Whether whoever uploaded a file holds all that a role gives. Only a superadmin makes superadmins. */
export const mayGive = (uploader: SQLWrapper, role: SQL): SQL => sql`(
  ${personHoldsAll(
    uploader,
    sql`select ${permissions.code} from ${role_permissions}
      join ${permissions} on ${eq(permissions.id, role_permissions.permission_id)}
      join ${roles} on ${eq(roles.id, role_permissions.role_id)} where ${roles.code} = ${role}`,
  )}
  and (${role} <> 'superadmin' or ${personIsSuperadmin(uploader)}))`;

export const BEYOND_POWERS = "has permissions that whoever uploaded the file does not hold";
