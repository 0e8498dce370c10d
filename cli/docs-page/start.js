const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

// The token stays in this tab until it is closed, also over a reload.
const KEPT = "loaf-docs-token";
/** Whose token it is, if it is a sample person's. */
const WHOSE = "loaf-docs-person";
const whose = () => JSON.parse(sessionStorage.getItem(WHOSE) ?? "{}");
const ready = Promise.withResolvers();
const ui = SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
  tryItOutEnabled: true,
  onComplete() {
    const token = sessionStorage.getItem(KEPT);
    if (token) ui.preauthorizeApiKey("access_token", token);
    ui.getStore().subscribe(() => {
      const kept = ui.authSelectors.authorized().getIn(["access_token", "value"]);
      if (kept) sessionStorage.setItem(KEPT, kept);
      else sessionStorage.removeItem(KEPT);
      if (kept !== whose().token) sessionStorage.removeItem(WHOSE);
    });
    ready.resolve();
  },
});

/** In development, a list of the sample people to sign in as. `?as=` names one of them. */
async function offerSamplePeople() {
  const answer = await fetch("/development.json");
  if (answer.status !== 200) return;
  const { people, password } = await answer.json();
  const select = document.createElement("select");
  select.append(
    new Option("choose…", ""),
    ...people.map(
      ({ name, role, status, email }) => new Option([name, role, status].filter(Boolean).join(", "), email),
    ),
  );
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const signIn = async () => {
    if (!select.value) return;
    const signed_in = await fetch("/api/auth/login", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ email: select.value, password }),
    });
    const { access_token, detail } = await signed_in.json();
    await ready.promise;
    if (access_token) {
      sessionStorage.setItem(WHOSE, JSON.stringify({ email: select.value, token: access_token }));
      ui.preauthorizeApiKey("access_token", access_token);
    }
    said.textContent = access_token ? " Signed in." : ` ${detail ?? "This person has a second factor."}`;
  };
  select.addEventListener("change", signIn);
  const label = document.createElement("label");
  label.append("Sign in as ", select);
  const panel = document.createElement("div");
  panel.id = "sign-in-as";
  panel.append(label, said);
  document.getElementById("docs").before(panel);
  const url = new URL(location.href);
  const as = url.searchParams.get("as");
  const { email = "" } = whose();
  select.value = people.some((person) => person.email === (as ?? email)) ? (as ?? email) : "";
  if (as === null) return;
  if (select.value) await signIn();
  else said.textContent = ` There is no sample person with the address ${as}.`;
  // A reload keeps the token, and with it whoever was chosen since.
  url.searchParams.delete("as");
  history.replaceState(null, "", url);
}
offerSamplePeople();
