import { expect, test } from "vitest";
import { get, outcome, post, put, refusal, tripsOf } from "../harness/client.ts";
import { rowsOfCsv } from "../harness/csv.ts";
import { event } from "../harness/events.ts";
import { person, volunteer } from "../harness/people.ts";
import { sql, worker } from "../harness/platform.ts";

type Asked = { questions: { id: string; question: string; kind: string }[] };
type Mine = { answers: { question_id: string; answer: string }[] };

const host = await volunteer("events.edit", "events.rsvps");
const FOOD = {
  question: "What do you eat?",
  purpose: "For the cook",
  kind: "choice",
  choices: ["All", "Vegan"],
  required: true,
};
const NAME = { question: "Your name on the badge?", purpose: "For the badge", kind: "text" };

async function asking() {
  const id = await event();
  const { body } = await put<Asked>(`/api/admin/events/${id}/questions`, { questions: [FOOD, NAME] }, host);
  return { id, ids: body.questions.map((question) => question.id), questions: body.questions };
}
const answer = (id: string, token: string, answers: unknown, rsvp_status = "yes") =>
  post<Mine>(`/api/events/${id}/rsvp`, { rsvp_status, answers }, { token });

test("an event asks those who come; answers are for whom they are for, and go with the answer", async () => {
  const { id, ids, questions } = await asking();
  const [food = "", name = ""] = ids;
  expect((await get<Asked>(`/api/events/${id}`)).body.questions).toEqual(questions);
  const me = await person();
  const missing = await answer(id, me.token, []);
  expect(refusal(missing)).toEqual([
    400,
    "invalid_input",
    [{ path: "answers", message: "must answer: What do you eat?" }],
  ]);
  const given = [
    { question_id: food, answer: "Vegan" },
    { question_id: name, answer: "Ro" },
  ];
  expect((await answer(id, me.token, given)).body.answers).toEqual(given);
  expect((await answer(id, me.token, [{ question_id: name, answer: "Rob" }])).body.answers[1]?.answer).toBe("Rob");
  const list = await get<{ items: Mine[] }>(`/api/admin/events/${id}/rsvps`, host);
  expect(list.body.items[0]?.answers.map((one) => one.answer)).toEqual(["Vegan", "Rob"]);
  await answer(id, me.token, undefined, "no");
  expect(await sql("select from event_answers where event_id = $1", [id])).toEqual([]);
});

test("answers are forgotten when a seat is given up for a maybe, but for those that come with it, and stay with a maybe", async () => {
  const { id, ids } = await asking();
  const [food = "", name = ""] = ids;
  const me = await person();
  const vegan = { question_id: food, answer: "Vegan" };
  await answer(id, me.token, [vegan, { question_id: name, answer: "Ro" }]);
  expect((await answer(id, me.token, [vegan], "maybe")).body.answers).toEqual([vegan]);
  expect((await answer(id, me.token, undefined, "maybe")).body.answers).toEqual([vegan]);
  expect((await answer(id, me.token, undefined)).body.answers).toEqual([vegan]);
  expect((await answer(id, me.token, undefined, "maybe")).body.answers).toEqual([]);
});

test("an answer that is no choice, or to a question of another event, is refused and changes nothing", async () => {
  const [one, other] = [await asking(), await asking()];
  const me = await person();
  for (const answers of [
    [{ question_id: one.ids[0], answer: "Fish" }],
    [{ question_id: other.ids[0], answer: "Vegan" }],
  ])
    expect(outcome(await answer(one.id, me.token, answers))).toEqual([400, "invalid_input"]);
  expect(await sql("select from event_rsvps where event_id = $1", [one.id])).toEqual([]);
  const stolen = { questions: [{ ...FOOD, id: other.ids[0] }] };
  expect(outcome(await put(`/api/admin/events/${one.id}/questions`, stolen, host))).toEqual([400, "invalid_input"]);
  expect((await get<Asked>(`/api/events/${other.id}`)).body.questions).toEqual(other.questions);
});

test("an id is the same question in capital letters, too", async () => {
  const { id, ids, questions } = await asking();
  const [food = "", name = ""] = ids;
  const me = await person();
  const given = (question_id: string) => ({ question_id, answer: "Vegan" });
  const twice = await answer(id, me.token, [given(food), given(food.toUpperCase())]);
  expect(refusal(twice)).toEqual([
    400,
    "invalid_input",
    [{ path: "answers", message: "must answer each question once" }],
  ]);
  expect((await answer(id, me.token, [given(food.toUpperCase())])).body.answers).toEqual([given(food)]);
  const asked = (question_id: string) => ({ ...NAME, id: question_id });
  const ask = (list: unknown) => put<Asked>(`/api/admin/events/${id}/questions`, { questions: list }, host);
  expect(refusal(await ask([asked(name), asked(name.toUpperCase())]))).toEqual([
    400,
    "invalid_input",
    [{ path: "questions", message: "must name each id once" }],
  ]);
  expect((await ask([asked(name.toUpperCase())])).body.questions).toEqual([questions[1]]);
});

test("editing keeps the answers to questions that stay, and deletes the others", async () => {
  const { id, ids } = await asking();
  const me = await person();
  await answer(
    id,
    me.token,
    ids.map((question_id, n) => ({ question_id, answer: n === 0 ? "All" : "Ro" })),
  );
  const change = { questions: [{ ...NAME, id: ids[1], question: "Badge?" }] };
  const { body } = await put<Asked>(`/api/admin/events/${id}/questions`, change, host);
  expect(body.questions).toMatchObject([{ id: ids[1], question: "Badge?" }]);
  expect(await sql("select answer from event_answers where event_id = $1", [id])).toEqual([{ answer: "Ro" }]);
});

test("the export has a column for each question, for those who may see answers, and for nobody else", async () => {
  const { id, ids } = await asking();
  const [me, other] = [await person(), await person()];
  const [food, name] = ids;
  await answer(id, me.token, [
    { question_id: food, answer: "Vegan" },
    { question_id: name, answer: "=Ro, the one" },
  ]);
  await answer(id, other.token, [{ question_id: food, answer: "All" }]);
  const path = `/api/admin/events/${id}/export`;
  const both = await volunteer("events.export", "events.rsvps");
  const exported = await get(path, both);
  expect(rowsOfCsv(exported.text)).toMatchObject([
    { user_id: me.id, answer_1: "Vegan", answer_2: "'=Ro, the one" },
    { user_id: other.id, answer_1: "All", answer_2: "" },
  ]);
  expect((await tripsOf(exported)).before).toBe(1);
  expect((await get(`${path}?headers=human`, both)).text.split("\r\n")[0]).toMatch(
    /Photos,What do you eat\?,Your name on the badge\?$/,
  );
  expect((await get(path, await volunteer("events.export"))).text).not.toMatch(/Vegan|answer_1/);
});

test("a copy of an event and the others of its series ask the same", async () => {
  const { id, questions } = await asking();
  const maker = await volunteer("events.create", "events.publish");
  const asked = ({ body }: { body: Asked }) => body.questions.map(({ id: _, ...question }) => question);
  const copy = await post<Asked>(`/api/admin/events/${id}/duplicate`, { start_at: "2031-05-01T18:00:00Z" }, maker);
  expect(asked(copy)).toEqual(questions.map(({ id: _, ...question }) => question));
});

/** A series of three events that ask the same, with the questions of each. */
async function askingThrice() {
  const { id } = await asking();
  const maker = await volunteer("events.create", "events.publish");
  const { body } = await post<{ events: { id: string }[] }>(
    `/api/admin/events/${id}/repeat`,
    { rrule: "FREQ=WEEKLY;COUNT=3" },
    maker,
  );
  return Promise.all(
    body.events.map(async (made) => ({
      id: made.id,
      asked: (await get<Asked>(`/api/events/${made.id}`)).body.questions,
    })),
  );
}
const ask = (id: string, questions: unknown, scope = "?series=following") =>
  put<Asked>(`/api/admin/events/${id}/questions${scope}`, { questions }, host);
const wordings = async (ids: string[]) =>
  Promise.all(
    ids.map(async (id) => (await get<Asked>(`/api/events/${id}`)).body.questions.map(({ question }) => question)),
  );

test("the events that follow ask the same, and a reworded question keeps its answers at each of them", async () => {
  const [first, second, third] = await askingThrice();
  if (!first || !second || !third) throw new Error("There is no series");
  const ids = [first.id, second.id, third.id];
  const me = await person();
  for (const { id, asked } of [first, second, third])
    await answer(
      id,
      me.token,
      asked.map(({ id: question_id }, n) => ({ question_id, answer: n === 0 ? "Vegan" : "Ro" })),
    );
  // The last asks something of its own.
  await ask(third.id, [...third.asked.map((q) => ({ ...q })), { ...NAME, question: "Do you bring a cake?" }], "");
  const changed = await ask(second.id, [
    { ...NAME, id: second.asked[1]?.id, question: "Badge?" },
    { ...FOOD, id: second.asked[0]?.id },
    { ...NAME, question: "How do you get here?" },
  ]);
  expect(changed.status).toBe(200);
  expect((await tripsOf(changed)).before).toBe(1);
  expect(await wordings(ids)).toEqual([
    [FOOD.question, NAME.question],
    ["Badge?", FOOD.question, "How do you get here?"],
    ["Badge?", FOOD.question, "How do you get here?"],
  ]);
  const kept = `select q.question, a.answer from event_answers a join event_questions q on q.id = a.question_id
    where a.event_id = $1 order by q.position`;
  for (const id of [second.id, third.id])
    expect(await sql(kept, [id])).toEqual([
      { question: "Badge?", answer: "Ro" },
      { question: FOOD.question, answer: "Vegan" },
    ]);
  expect(await sql(kept, [first.id])).toHaveLength(2);
  expect((await ask(second.id, [])).status).toBe(200);
  expect(await wordings(ids)).toEqual([[FOOD.question, NAME.question], [], []]);
});

test("what was asked of one event alone stays there, and an id that is named twice is refused", async () => {
  const [first, second] = await askingThrice();
  if (!first || !second) throw new Error("There is no series");
  const one = { ...NAME, id: first.asked[1]?.id };
  expect((await ask(first.id, [one], "")).status).toBe(200);
  expect(await wordings([first.id, second.id])).toEqual([[NAME.question], [FOOD.question, NAME.question]]);
  expect(refusal(await ask(first.id, [one, one]))).toEqual([
    400,
    "invalid_input",
    [{ path: "questions", message: "must name each id once" }],
  ]);
  // The ids of an event that follows are not those of this one.
  expect(outcome(await ask(first.id, [{ ...NAME, id: second.asked[0]?.id }]))).toEqual([400, "invalid_input"]);
  expect((await ask(first.id, [], "?series=all")).status).toBe(400);
});

test("answers are deleted 30 days after the event", async () => {
  const [old, recent] = [await asking(), await asking()];
  const me = await person();
  for (const { id, ids } of [old, recent]) await answer(id, me.token, [{ question_id: ids[0], answer: "All" }]);
  const age = (id: string, days: number) =>
    sql(
      "update events set start_at = now() - $2 * interval '1 day' - interval '1 hour', end_at = now() - $2 * interval '1 day' where id = $1",
      [id, days],
    );
  await age(old.id, 31);
  await age(recent.id, 29);
  await worker.fire("17 3 * * *");
  expect(await sql("select event_id from event_answers where event_id = any($1)", [[old.id, recent.id]])).toEqual([
    { event_id: recent.id },
  ]);
});
