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
