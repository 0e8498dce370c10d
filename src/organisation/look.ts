import type { Branding } from "./organisation.ts";

/** The colors of a mail or a page on one kind of ground. Each text color is readable on the ground and the card. */
export interface Colors {
  ground: string;
  card: string;
  text: string;
  muted: string;
  /** For headings and links. */
  heading: string;
  /** A button, and the words on it. */
  button: string;
  ink: string;
  /** A line around fields. */
  line: string;
  /** The organization's second color, for the lines beside quotes and below the bar at the top. They show on the card. */
  accent: string;
}

const LIGHT = { ground: "#f6f3f8", card: "#ffffff", text: "#2b2430", muted: "#635a6b", line: "#8a8090" };
const DARK = { ground: "#17131b", card: "#221c28", text: "#f1ecf5", muted: "#b8aec2", line: "#8a8090" };

/** How mails and pages look, by day and by night. The organization's colors change as far as people could not see them. */
export function lookOf({ primary_colour, accent_colour }: Pick<Branding, "primary_colour" | "accent_colour">): {
  light: Colors;
  dark: Colors;
} {
  const heading = standingOut(primary_colour, LIGHT.ground, READABLE);
  const dark_heading = standingOut(primary_colour, DARK.card, READABLE);
  return {
    light: {
      ...LIGHT,
      heading,
      button: primary_colour,
      ink: inkOn(primary_colour),
      accent: standingOut(accent_colour, LIGHT.card, VISIBLE),
    },
    dark: {
      ...DARK,
      heading: dark_heading,
      button: dark_heading,
      ink: inkOn(dark_heading),
      accent: standingOut(accent_colour, DARK.card, VISIBLE),
    },
  };
}

/** As CSS variables of the same names. */
export const asVariables = (colors: Colors): string =>
  Object.entries(colors)
    .map(([name, color]) => `--${name}: ${color};`)
    .join(" ");

/** https://www.w3.org/TR/WCAG22/#contrast-minimum */
const READABLE = 4.5;

/** https://www.w3.org/TR/WCAG22/#non-text-contrast */
const VISIBLE = 3;

/** The color, made darker or lighter until it has this contrast with the ground. */
function standingOut(color: string, ground: string, least: number): string {
  const towards = luminance(ground) > 0.2 ? 0 : 255;
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(color, towards, share);
    if (contrast(mixed, ground) >= least) return mixed;
  }
  return hex([towards, towards, towards]);
}

/** White or nearly black: whichever can be read better on this color. */
const inkOn = (color: string): string => {
  const [white, black] = ["#ffffff", "#000000"];
  return contrast(white, color) >= READABLE ? white : black;
};

/** The ratio of two colors' brightness, from 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const channels = (color: string): number[] =>
  [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));

const hex = (values: number[]): string =>
  `#${values.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;

const mix = (color: string, towards: number, share: number): string =>
  hex(channels(color).map((value) => value + (towards - value) * share));
