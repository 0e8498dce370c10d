import * as z from "zod";
import { links } from "../../http/frontend-links.ts";
import {
  ABOUT_PLACE,
  aboutAnswer,
  composeWithPlace,
  composeWithTicket,
  EVENT_SAMPLE,
  eventMoment,
  eventWhen,
  MailedEvent,
  WITH_SEAT,
  whenAndWhere,
} from "../event-blocks.ts";
import { facts, signInButton, template } from "../letter.ts";

/** To somebody who said yes and has a seat. */
export const event_confirmed = template({
  data: MailedEvent,
  link: "cannot_come",
  about: aboutAnswer,
  words: {
    subject: "Your answer to {organization}",
    preheader: "Thanks for letting us know. Here are the details.",
    ...WITH_SEAT,
    what_happened: "You said yes, and you have a seat. See you there!",
  },
  sample: { ...EVENT_SAMPLE, online_url: "https://meet.example" },
  compose: composeWithTicket,
});

/** To somebody who has a seat because a volunteer answered for them. */
export const event_seat_given = template({
  data: MailedEvent,
  link: "cannot_come",
  about: aboutAnswer,
  words: {
    subject: "A seat for you: {organization}",
    preheader: "One of our volunteers answered for you. Here are the details.",
    ...WITH_SEAT,
    what_happened: "One of our volunteers signed you up for this event, and you have a seat. See you there!",
  },
  sample: EVENT_SAMPLE,
  compose: composeWithTicket,
});

/** To somebody who moved up from the waiting list. */
export const event_promoted = template({
  data: MailedEvent,
  link: "cannot_come",
  about: aboutAnswer,
  words: {
    subject: "Good news from {organization}",
    preheader: "A seat opened up, and it is yours.",
    ...WITH_SEAT,
    what_happened: "You were on the waiting list, and now you have a seat. See you there!",
  },
  sample: EVENT_SAMPLE,
  compose: composeWithTicket,
});

/** To somebody with a seat, shortly before the event. */
export const event_reminder = template({
  data: MailedEvent,
  link: "cannot_come",
  about: aboutAnswer,
  words: {
    subject: "See you soon: {organization}",
    preheader: "An event where you have a seat is coming up.",
    ...WITH_SEAT,
    what_happened: "You have a seat at this event, and it is coming up. See you there!",
  },
  sample: EVENT_SAMPLE,
  compose: composeWithTicket,
});

const Invited = MailedEvent.pick({ first_name: true, title: true, start_at: true, time_zone: true }).extend({
  // Mails that were written before these were known have none.
  event_id: MailedEvent.shape.event_id.nullable().default(null),
  location: MailedEvent.shape.location.default(null),
  online_url: MailedEvent.shape.online_url.default(null),
  answers_close_at: z.string().nullable().default(null),
});

/** To an applicant whom volunteers would like to meet. */
export const event_for_newcomers = template({
  data: Invited,
  words: {
    subject: "Come and meet us: {organization}",
    preheader: "You are welcome at our next event for newcomers.",
    greeting: "Hi {first_name},",
    what_happened:
      "We are looking at your application and would like to meet you. You are welcome at our next event for newcomers:",
    what_to_do: "If you would like to come, please sign in and say yes.",
    what_to_do_by: "If you would like to come, please sign in and say yes by {moment}.",
    button: "Sign in",
  },
  sample: {
    first_name: "Robin",
    event_id: EVENT_SAMPLE.event_id,
    title: EVENT_SAMPLE.title,
    start_at: EVENT_SAMPLE.start_at,
    time_zone: null,
    location: EVENT_SAMPLE.location,
    answers_close_at: "2027-02-28T23:30:00.000Z",
  },
  compose: (event, around) => ({
    blocks: [
      around.say("greeting"),
      around.say("what_happened"),
      whenAndWhere(event, around),
      event.answers_close_at === null
        ? around.say("what_to_do")
        : around.say("what_to_do_by", { moment: eventMoment(event, event.answers_close_at, around) }),
      ...signInButton(around.say("button"), links.signIn(around.settings), around.common),
    ],
  }),
});

/** To those who wait, when seats no longer go to the first in line by themselves. */
export const event_seat_free = template({
  data: MailedEvent,
  words: {
    subject: "There is room: {organization}",
    preheader: "A seat opened up. It goes to whoever answers first.",
    greeting: "Hi {first_name},",
    what_happened:
      "You are on the waiting list, and a seat is free. Because the event starts soon, the seat goes to whoever says yes first.",
    what_to_do:
      "If you would like to come, please sign in and say yes. If the seat is gone by then, you keep your place in line.",
    button: "Sign in",
  },
  sample: { ...EVENT_SAMPLE, location: null },
  compose: (event, around) => ({
    blocks: [
      around.say("greeting"),
      around.say("what_happened"),
      facts(...eventWhen(event, around)),
      around.say("what_to_do"),
      ...signInButton(around.say("button"), links.signIn(around.settings), around.common),
    ],
  }),
});

/** To those who answered, when the time or the place is another one. */
export const event_changed = template({
  data: MailedEvent,
  link: "cannot_come",
  about: aboutAnswer,
  words: {
    subject: "A change of plan at {organization}",
    preheader: "Please check the new time and place.",
    ...ABOUT_PLACE,
    what_happened:
      "The time or place of an event that you responded to has changed. Please check that it still works for you. Here is the new plan:",
    // Those who said maybe or wait have no seat to give up.
    if_not: "If you cannot come, please tell us before it starts.",
  },
  sample: { ...EVENT_SAMPLE, location: null },
  compose: composeWithPlace,
});

/** To somebody whose answer a volunteer removed, or made a maybe. */
export const event_answer_removed = template({
  data: MailedEvent,
  words: {
    subject: "Your answer to {organization}",
    preheader: "One of our volunteers changed your answer to an event.",
    greeting: "Hi {first_name},",
    what_happened:
      "One of our volunteers changed or removed your answer to this event. You no longer have a seat or a place on its waiting list.",
    if_wrong: "If you did not expect this, please reply to this email.",
  },
  sample: EVENT_SAMPLE,
  compose: (event, around) => ({
    blocks: [
      around.say("greeting"),
      around.say("what_happened"),
      facts(...eventWhen(event, around)),
      around.say("if_wrong"),
    ],
  }),
});

/** To those who answered, when the event does not take place. */
export const event_cancelled = template({
  data: MailedEvent,
  words: {
    subject: "A cancellation at {organization}",
    preheader: "We are sorry. There is nothing you need to do.",
    greeting: "Hi {first_name},",
    what_happened: "We are sorry to tell you that this event is canceled. There is nothing you need to do.",
    goodbye: "We hope to see you another time.",
  },
  sample: EVENT_SAMPLE,
  compose: (event, around) => ({
    blocks: [
      around.say("greeting"),
      around.say("what_happened"),
      facts(...eventWhen(event, around)),
      around.say("goodbye"),
    ],
  }),
});

/** What a volunteer writes to people who answered or came. They typed the subject too. */
export const event_message = template({
  data: MailedEvent.pick({ first_name: true, title: true, start_at: true, time_zone: true }).extend({
    // Mails that were written before this was known have none.
    event_id: MailedEvent.shape.event_id.nullable().default(null),
    subject: z.string(),
    body: z.string(),
    reply_to: z.string().nullable(),
  }),
  words: {
    subject: "{subject}",
    preheader: "A message from one of our volunteers.",
    greeting: "Hi {first_name},",
    about: "One of our volunteers is writing to you about this event:",
  },
  sample: {
    first_name: "Robin",
    event_id: EVENT_SAMPLE.event_id,
    subject: "About Sunday",
    body: "Bring a blanket.\n\nSee you there!",
    title: "Picnic",
    start_at: "2027-03-01T23:30:00.000Z",
    time_zone: null,
    reply_to: "events@example.org",
  },
  compose: (message, around) => ({
    subject: around.say("subject", { subject: message.subject }),
    reply_to: message.reply_to,
    blocks: [
      around.say("greeting"),
      around.say("about"),
      facts(...eventWhen(message, around)),
      ...message.body.split(/\s*\n\s*/),
    ],
  }),
});
