// Shows whose API this is.
const answer = await fetch("/api/branding");
if (answer.ok) {
  const { name, logo_url, primary_colour, accent_colour } = await answer.json();
  document.title = `${name} API`;
  const { style } = document.documentElement;
  style.setProperty("--primary", primary_colour);
  style.setProperty("--accent", accent_colour);
  document.getElementById("organisation").append(logo_url ? logoOf(name, logo_url) : name);
}

/** The logo may be in a public bucket. This API serves the same file, so that the page needs no other host. */
function logoOf(name, url) {
  const logo = new Image();
  logo.src = `/files/${url.split("/").slice(-3).join("/")}`;
  logo.alt = name;
  logo.height = 40;
  return logo;
}
