import { eq, sql } from "drizzle-orm";
import { selectHeld } from "../../access/holds.ts";
import { addressIsFree } from "../../accounts/account-token.ts";
import { mailActivation } from "../../accounts/activation.ts";
import { lockAddress } from "../../accounts/address.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { readPhoneHere } from "../../people/phone.ts";
import { withPhotoUrls } from "../../people/photo.ts";
import { selectTwins } from "../../people/twins.ts";
import { users } from "../../tables/people.ts";
import { validTimeZone } from "../../time/zone.ts";
import { selectUser } from "../find.ts";
import { guardProfile } from "../profile-rules.ts";
import { ADDRESS_HAS_OWNER, guardConfirmationMail } from "./confirmation-mail.ts";
import type { CreatedUser, NewUser } from "./schemas.ts";

/**
 * Enters somebody who applied on paper, and names their likely twins to those who may see people. 409 if somebody owns the
 * address. Mails nothing, unless asked for the activation: then 429 if the address has reached its daily limit. A phone
 * number without a country takes one round trip more.
 */
export async function createUser(ctx: SignedInContext, { send_activation, ...person }: NewUser): Promise<CreatedUser> {
  const id = crypto.randomUUID();
  const { email } = person;
  if (person.phone) person.phone = await readPhoneHere(ctx, person.phone);
  const { user, twins, held } = await ctx.transact((t) => {
    if (email) lockAddress(t, email);
    validTimeZone(t, person.time_zone);
    t.effect(query.insert(users).values({ ...person, id, origin: "paper" }));
    guardProfile(t, sql`${eq(users.id, id)}`);
    t.guard(sql`exists (select from ${users} where ${eq(users.id, id)} and ${addressIsFree})`, ...ADDRESS_HAS_OWNER);
    if (send_activation) {
      guardConfirmationMail(t, id);
      mailActivation(t, id);
    }
    return {
      user: t.one(selectUser(id)),
      held: t.many(selectHeld(ctx.user_id, ["users.view"])),
      twins: t.many(
        selectTwins({
          id,
          email: sql`${email}::text`,
          name: sql`${`${person.first_name} ${person.last_name}`}::text`,
          birthday: sql`${person.birthday ?? null}::date`,
          phone: sql`${person.phone ?? null}::text`,
          address: sql`${person.address ?? null}::text`,
        }),
      ),
    };
  });
  return { ...(await withPhotoUrls(ctx, user)), ...(held.length > 0 && { twins }) };
}
