import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Settings } from "../../env.ts";
import { page } from "../../http/page.ts";
import { NEUTRAL_BRANDING } from "../../organisation/organisation.ts";
import type { ByDoorToken, DoorList } from "./schemas.ts";

type DoorPerson = DoorList["people"][number];

const PHOTOS: Record<DoorPerson["photo_preference"], string> = {
  none: "no photos",
  members: "photos for members only",
  public: "photos are fine",
};

const guestsOf = ({ guests }: DoorPerson) =>
  guests === 0 ? [] : [guests === 1 ? "with 1 guest" : `with ${guests} guests`];

/** A person with a button: "Check in" or, once they are there, "Undo". */
const row = (check_in: string, person: DoorPerson) => html`<form method="post" action="${check_in}">
        <p><strong>${person.name}</strong>${person.attended ? " ✓" : ""}<br />${[person.check_in_code, ...guestsOf(person), PHOTOS[person.photo_preference]].join(" · ")}</p>
        <input type="hidden" name="code" value="${person.check_in_code}" />
        <input type="hidden" name="attended" value="${person.attended ? "false" : "true"}" />
        <button${person.attended ? html` class="quiet"` : ""}>${person.attended ? "Undo" : "Check in"}</button>
      </form>`;

/** The list at the door as a page, which works without scripts. It has the default branding. */
export function doorPage(
  { title, present, expected, walk_ins, people }: DoorList,
  settings: Settings,
  { token }: ByDoorToken,
): HtmlEscapedString | Promise<HtmlEscapedString> {
  const address = `/api/door/${token}`;
  const check_in = `${address}/check-in`;
  return page(
    {
      title,
      message: `Checked in: ${present}. Counted without a seat: ${walk_ins}. Expected, with guests: ${expected}.`,
      organisation: NEUTRAL_BRANDING,
    },
    settings,
    html`<form method="get" action="${address}"><button class="quiet">Refresh the list</button></form>
      <form method="post" action="${check_in}">
        <label for="code">Code</label>
        <input id="code" name="code" autocomplete="off" required />
        <button>Check in</button>
      </form>
      <form method="post" action="${address}/walk-ins"><button class="quiet">Count somebody without a seat</button></form>
      ${people.map((person) => row(check_in, person))}`,
  );
}
