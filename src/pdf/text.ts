/** Invisible characters that would show as a box: joiners, soft hyphens, direction marks. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const SPACES = /[\s\p{Cc}]+/gu;
/** A letter with its marks. */
const LETTER = /\P{M}\p{M}*|\p{M}+/gu;
/** Letters written from right to left, and what is between them. Hebrew is the only such script that we can draw. */
const RIGHT_TO_LEFT = /\p{sc=Hebr}(?:[^\p{Lu}\p{Ll}\p{N}]*\p{sc=Hebr})*\p{M}*/gu;

/** A text as a font can show it: on one line, with letters and marks composed where Unicode allows. */
export const printable = (text: string): string =>
  text.toWellFormed().normalize("NFC").replaceAll(INVISIBLE, "").replaceAll(SPACES, " ").trim();

/** The letters of a line in visual order, from left to right. */
export const asWritten = (line: string): string =>
  line.replaceAll(RIGHT_TO_LEFT, (run) => lettersOf(run).reverse().join(""));

const lettersOf = (text: string): string[] => text.match(LETTER) ?? [];

/** Breaks a text into lines no wider than `width`: between words, or within a word that is too wide for a line. */
export function wrap(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of printable(text).split(" ")) {
    if (line && widthOf(`${line} ${word}`) <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line) lines.push(line);
    line = "";
    for (const letter of lettersOf(word)) {
      if (line && widthOf(line + letter) > width) {
        lines.push(line);
        line = "";
      }
      line += letter;
    }
  }
  return [...lines, line];
}
