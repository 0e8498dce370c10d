const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

// The token stays in this tab until it is closed, also over a reload.
const KEPT = "loaf-docs-token";
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
    if (access_token) ui.preauthorizeApiKey("access_token", access_token);
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
  if (!url.searchParams.has("as")) return;
  select.value = url.searchParams.get("as");
  await signIn();
  // A reload must keep the token of whoever was chosen since.
  url.searchParams.delete("as");
  history.replaceState(null, "", url);
}
offerSamplePeople();
