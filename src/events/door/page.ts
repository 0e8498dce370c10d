import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Settings } from "../../env.ts";
import { page } from "../../http/page.ts";
import { pageWords } from "../../http/page-words.ts";
import { moment } from "../../time/format.ts";
import { guestsInWords } from "../guests-in-words.ts";
import type { ByDoorToken, DoorList } from "./schemas.ts";

type DoorPerson = DoorList["people"][number];

const say = pageWords();

const addressOf = ({ token }: ByDoorToken) => `/api/door/${token}`;

/** Where a browser goes after a form, so that loading the page again does nothing again. */
export function doorAfter({ just_checked_in }: DoorList, link: ByDoorToken): string {
  if (!just_checked_in) return addressOf(link);
  const { check_in_code, already_at } = just_checked_in;
  return `${addressOf(link)}?scanned=${check_in_code}${already_at ? "&again=true" : ""}`;
}

const detailsOf = (person: Pick<DoorPerson, "check_in_code" | "guests" | "photo_preference">) =>
  [person.check_in_code, ...guestsInWords(person), say(`photos_${person.photo_preference}`)].join(" · ");

/** A person with a button: "Check in" or, once they are there, "Undo". */
const row = (check_in: string, person: DoorPerson) => html`<form class="person" method="post" action="${check_in}">
        <p><strong>${person.name}</strong>${person.attended ? " ✓" : ""}<br />${detailsOf(person)}</p>
        <input type="hidden" name="code" value="${person.check_in_code}" />
        <input type="hidden" name="attended" value="${person.attended ? "false" : "true"}" />
        <button${person.attended ? html` class="quiet"` : ""}>${say(person.attended ? "undo" : "check_in")}</button>
      </form>`;

/** Whose code was just scanned, and whether somebody had used it before. */
const scanned = ({ just_checked_in, time_zone }: DoorList) =>
  just_checked_in &&
  html`<article role="status"><blockquote>
        <strong>${say("just_checked_in", { name: just_checked_in.name })}</strong><br />${detailsOf(just_checked_in)}
        ${
          just_checked_in.already_at &&
          html`<br /><strong>${say("checked_in_before", { time: moment(just_checked_in.already_at, time_zone) })}</strong>`
        }
      </blockquote></article>`;

const walkIns = (address: string, { walk_ins_here }: DoorList) => html`<form method="post" action="${address}">
        <button class="quiet">${say("count_walk_in")}</button>
      </form>
      ${
        walk_ins_here > 0 &&
        html`<form method="post" action="${address}">
        <input type="hidden" name="undo" value="true" />
        <button class="quiet">${say("take_back_walk_in")}</button>
      </form>`
      }`;

/** The list at the door as a page, which works without scripts. */
export function doorPage(
  list: DoorList,
  settings: Settings,
  link: ByDoorToken,
): HtmlEscapedString | Promise<HtmlEscapedString> {
  const { title, present, expected, walk_ins, people, organisation } = list;
  const address = addressOf(link);
  const check_in = `${address}/check-in`;
  return page(
    {
      title,
      message: say("at_the_door", {
        present: String(present),
        walk_ins: String(walk_ins),
        expected: String(expected),
      }),
      organisation,
    },
    settings,
    html`${scanned(list)}
      <form method="get" action="${address}"><button class="quiet">${say("refresh")}</button></form>
      <form method="post" action="${check_in}">
        <label for="code">${say("code")}</label>
        <input id="code" name="code" autocomplete="off" required />
        <button>${say("check_in")}</button>
      </form>
      ${walkIns(`${address}/walk-ins`, list)}
      ${people.map((person) => row(check_in, person))}`,
  );
}
