/** An element with its children, which are texts or elements. */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

const section = (title, ...content) => make("section", {}, make("h2", {}, title), ...content);

const group = ({ title, links }) =>
  section(
    title,
    make(
      "ul",
      {},
      ...links.map(({ name, url, note }) => make("li", {}, make("a", { href: url }, name), make("span", {}, note))),
    ),
  );

const row = ({ name, email, role, status, dues }) =>
  make(
    "tr",
    {},
    make("td", {}, name, make("small", {}, email)),
    ...[role, status, dues ?? ""].map((words) => make("td", {}, words)),
    make(
      "td",
      {},
      make("a", { href: `/docs?${new URLSearchParams({ as: email })}`, "aria-label": `Sign in as ${name}` }, "Sign in"),
    ),
  );

const head = ["Person", "Role", "Status", "Dues", ""].map((words) =>
  words ? make("th", { scope: "col" }, words) : make("td", {}),
);

const table = (people, password) =>
  section(
    "Sample people",
    make(
      "p",
      {},
      "They share the password ",
      make("code", {}, password),
      ". “Sign in” opens Swagger UI as that person.",
    ),
    make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...people.map(row))),
    make("p", {}, make("small", {}, "As they were when npm run dev started.")),
  );

// In development, all that can be clicked on this machine, and who can sign in.
const answer = await fetch("/development.json");
if (answer.status === 200) {
  const { groups, people, password } = await answer.json();
  document
    .getElementById("development")
    .append(...groups.map(group), ...(people.length > 0 ? [table(people, password)] : []));
}
