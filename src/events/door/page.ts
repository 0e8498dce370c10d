import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Settings } from "../../env.ts";
import { page } from "../../http/page.ts";
import { pageWords } from "../../http/page-words.ts";
import { guestsInWords } from "../guests-in-words.ts";
import type { ByDoorToken, DoorList } from "./schemas.ts";

type DoorPerson = DoorList["people"][number];

const say = pageWords();

/** A person with a button: "Check in" or, once they are there, "Undo". */
const row = (check_in: string, person: DoorPerson) => html`<form class="person" method="post" action="${check_in}">
        <p><strong>${person.name}</strong>${person.attended ? " ✓" : ""}<br />${[person.check_in_code, ...guestsInWords(person), say(`photos_${person.photo_preference}`)].join(" · ")}</p>
        <input type="hidden" name="code" value="${person.check_in_code}" />
        <input type="hidden" name="attended" value="${person.attended ? "false" : "true"}" />
        <button${person.attended ? html` class="quiet"` : ""}>${say(person.attended ? "undo" : "check_in")}</button>
      </form>`;

/** The list at the door as a page, which works without scripts. */
export function doorPage(
  { title, present, expected, walk_ins, people, organisation }: DoorList,
  settings: Settings,
  { token }: ByDoorToken,
): HtmlEscapedString | Promise<HtmlEscapedString> {
  const address = `/api/door/${token}`;
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
    html`<form method="get" action="${address}"><button class="quiet">${say("refresh")}</button></form>
      <form method="post" action="${check_in}">
        <label for="code">${say("code")}</label>
        <input id="code" name="code" autocomplete="off" required />
        <button>${say("check_in")}</button>
      </form>
      <form method="post" action="${address}/walk-ins"><button class="quiet">${say("count_walk_in")}</button></form>
      ${people.map((person) => row(check_in, person))}`,
  );
}
