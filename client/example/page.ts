import { createLoafClient, inStorage, LoafError, type Schema } from "loaf-client";

const tokens = inStorage(localStorage);
const loaf = createLoafClient({
  baseUrl: document.documentElement.dataset.api ?? "",
  tokens,
  onSignedOut: () => show("sign-in", "You have been signed out."),
});

let mfa_token = "";

onSubmit("sign-in", async (form) => {
  const answer = await loaf.signIn({ email: field(form, "email"), password: field(form, "password") });
  if (!answer.mfa_required) return showEvents();
  mfa_token = answer.mfa_token;
  show("second-factor", "Enter the code from your app.");
});

onSubmit("second-factor", async (form) => {
  await loaf.signInWithCode({ mfa_token, code: field(form, "code") });
  await showEvents();
});

element("#sign-out").addEventListener("click", async () => {
  await attempt(() => loaf.signOut().finally(() => show("sign-in")));
});

async function showEvents(message = ""): Promise<void> {
  const [me, events] = await Promise.all([
    loaf.GET("/api/auth/me"),
    loaf.GET("/api/events", { params: { query: { limit: 20 } } }),
  ]);
  const error = me.error ?? events.error;
  // Whoever has just been signed out reads that above the form.
  if (error && tokens.get()) return tell(error.detail);
  if (!me.data || !events.data) return;
  element("#name").textContent = me.data.first_name;
  element("#events ul").replaceChildren(...events.data.items.map(eventItem));
  show("events", message);
}

function eventItem(event: Schema<"Event">): HTMLElement {
  const item = document.createElement("li");
  // Where it takes place, not where the reader is.
  const when = new Date(event.start_at).toLocaleString("en-US", { timeZone: event.time_zone, timeZoneName: "short" });
  item.append(`${event.title}, ${when}. My answer: ${event.my_rsvp?.rsvp_status ?? "none"}. `);
  for (const rsvp_status of ["yes", "no"] as const) {
    const button = document.createElement("button");
    button.textContent = rsvp_status === "yes" ? "I’m coming" : "I can’t come";
    button.addEventListener("click", () => attempt(() => answer(event, rsvp_status)));
    item.append(button, " ");
  }
  return item;
}

async function answer(event: Schema<"Event">, rsvp_status: "yes" | "no"): Promise<void> {
  const { error } = await loaf.POST("/api/events/{id}/rsvp", {
    params: { path: { id: event.id } },
    body: { rsvp_status },
  });
  // The sentence of a refusal is written for people: "There are not enough seats left."
  await showEvents(error ? error.detail : `${event.title}: we have your answer.`);
}

/** Shows one part of the page, with a message above it. */
function show(part: "sign-in" | "second-factor" | "events", message = ""): void {
  for (const id of ["sign-in", "second-factor", "events"]) element(`#${id}`).hidden = id !== part;
  tell(message);
}

function tell(message: string): void {
  element("#message").textContent = message;
}

function onSubmit(id: string, send: (form: FormData) => Promise<void>): void {
  element(`#${id}`).addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(() => send(new FormData(element<HTMLFormElement>(`#${id}`))));
  });
}

/** Tells the person what went wrong. */
async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    tell(error instanceof LoafError ? error.problem.detail : "The platform cannot be reached.");
  }
}

function field(form: FormData, name: string): string {
  return String(form.get(name) ?? "");
}

function element<Kind extends HTMLElement>(selector: string): Kind {
  const found = document.querySelector<Kind>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}

if (tokens.get()) await attempt(showEvents);
else show("sign-in");
