import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import { NewPassword } from "../../accounts/password-rules.ts";
import { Link } from "../../accounts/schemas.ts";
import { Notice } from "../../http/page.ts";
import { Paging, pageWithTotalOf } from "../../http/pagination.ts";
import { Email, Id, Instant, Line, OptionalText } from "../../http/schemas.ts";
import { AcceptedIds } from "../../people/acceptances.ts";
import { namedPerson } from "../../people/person.ts";
import { LastName, NamedPerson } from "../../people/schemas.ts";
import { roles } from "../../tables/access.ts";
import { invitationstatus, user_invitations } from "../../tables/accounts.ts";

const InvitationStatus = z.enum(invitationstatus.enumValues).meta({ id: "InvitationStatus" });
type InvitationStatus = z.infer<typeof InvitationStatus>;

export const Invitation = z
  .object({
    id: Id,
    email: z.string(),
    status: InvitationStatus,
    role: z.object({ id: Id, name: z.string() }).nullable().describe("The role that the person gets when they accept"),
    message: z.string().nullable(),
    invited_by: NamedPerson.nullable(),
    accepted_by: NamedPerson.nullable(),
    sent_at: Instant.describe("When its email was last sent"),
    expires_at: Instant,
    created_at: Instant,
  })
  .meta({ id: "Invitation" });
export type Invitation = z.infer<typeof Invitation>;

/** The status of a row of `user_invitations`. Whether it has expired is computed when it is read. */
export const invitationStatus = sql<InvitationStatus>`(case
  when ${eq(user_invitations.status, "pending")} and ${user_invitations.expires_at} <= now() then 'expired'
  else ${user_invitations.status} end)`;

const invitedRole = sql`(select jsonb_build_object('id', ${roles.id}, 'name', ${roles.name}) from ${roles}
  where ${eq(roles.id, user_invitations.role_id)})`;

export const invitationColumns = {
  id: user_invitations.id,
  email: user_invitations.email,
  status: sql<InvitationStatus>`${invitationStatus}`,
  role: sql<Invitation["role"]>`${invitedRole}`,
  message: user_invitations.message,
  invited_by: namedPerson(user_invitations.invited_by),
  accepted_by: namedPerson(user_invitations.accepted_by),
  sent_at: user_invitations.sent_at,
  expires_at: user_invitations.expires_at,
  created_at: user_invitations.created_at,
};

export const InvitationPage = pageWithTotalOf(Invitation).meta({ id: "InvitationPage" });
export type InvitationPage = z.infer<typeof InvitationPage>;

export const InvitationFilters = Paging.extend({ status: InvitationStatus.optional() });
export type InvitationFilters = z.infer<typeof InvitationFilters>;

export const NewInvitation = z
  .strictObject({
    email: Email,
    role_id: Id.nullish().describe("A role for the person. You must hold all of its permissions"),
    message: OptionalText(2000)
      .optional()
      .describe("A personal message. The email does not name you, so sign the message if you like")
      .meta({ example: "We would love to have you on the events team. Robin" }),
  })
  .meta({ id: "NewInvitation" });
export type NewInvitation = z.infer<typeof NewInvitation>;

/** An invitation that can be accepted, and what the page that asks for the name and a password says. */
export const OpenInvitation = Notice.extend({ email: z.string() }).meta({ id: "OpenInvitation" });
export type OpenInvitation = z.infer<typeof OpenInvitation>;

export const Acceptance = Link.extend({
  first_name: Line(100).meta({ example: "Alex" }),
  last_name: LastName.default(""),
  password: NewPassword,
  accepted_documents: AcceptedIds.optional().describe("The ids of the rules in force that they accept"),
}).meta({ id: "Acceptance" });
export type Acceptance = z.infer<typeof Acceptance>;
