const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

// The token stays in this tab until it is closed, also over a reload.
const KEPT = "loaf-docs-token";
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
  },
});

/** In development, a list of the sample people to sign in as. */
async function offerSamplePeople() {
  const answer = await fetch("/docs/sample-people.json");
  if (!answer.ok) return;
  const { people, password } = await answer.json();
  const select = document.createElement("select");
  select.append(new Option("choose…", ""), ...people.map(({ label, email }) => new Option(label, email)));
  const said = document.createElement("span");
  select.addEventListener("change", async () => {
    if (!select.value) return;
    const signed_in = await fetch("/api/auth/login", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ email: select.value, password }),
    });
    const { access_token, detail } = await signed_in.json();
    if (access_token) ui.preauthorizeApiKey("access_token", access_token);
    said.textContent = access_token ? " Signed in." : ` ${detail ?? "This person has a second factor."}`;
  });
  const panel = document.createElement("label");
  panel.id = "sign-in-as";
  panel.append("Sign in as ", select, said);
  document.getElementById("docs").before(panel);
}
offerSamplePeople();
