/** What is never seen, and would show as a box: joiners, soft hyphens, marks of direction. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const SPACES = /[\s\p{Cc}]+/gu;
/** A letter with the marks that belong to it. */
const LETTER = /\P{M}\p{M}*|\p{M}+/gu;
/** Letters that are written from right to left, and what stands between them. */
const RIGHT_TO_LEFT =
  /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}](?:[^\p{Lu}\p{Ll}\p{N}]*[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}])*\p{M}*/gu;

/** A text as a font can show it: letters and their marks in one where Unicode knows them so, in a single line. */
export const printable = (text: string): string =>
  text.toWellFormed().normalize("NFC").replaceAll(INVISIBLE, "").replaceAll(SPACES, " ").trim();

/** The letters of a line in the order they stand on paper, from left to right. */
export const asWritten = (line: string): string =>
  line.replaceAll(RIGHT_TO_LEFT, (run) => lettersOf(run).reverse().join(""));

const lettersOf = (text: string): string[] => text.match(LETTER) ?? [];

/** The text in lines no wider than `width`, broken between words, and within a word that is wider by itself. */
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
