// What a spreadsheet puts on the clipboard: cells with tabs between them, rows with line ends.
import { understandNumber } from "./numbers";

// Cells that say "no figure": they stand in the place of one, and head nothing.
const NO_FIGURE = /^(n\.?\s?\/?a\.?|[-–—.?…]+|nil|none|tbc|tbd)$/i;

/** Rows of cells; a cell in quotes may hold tabs, line ends and doubled quotes. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [[""]];
  let quoted = false;
  for (let place = 0; place < text.length; place += 1) {
    const letter = text[place];
    const row = rows[rows.length - 1];
    const cell = row[row.length - 1];
    if (quoted && letter === '"' && text[place + 1] === '"') {
      row[row.length - 1] += '"';
      place += 1;
    } else if (letter === '"' && (quoted || cell === "")) quoted = !quoted;
    else if (quoted || !/[\t\r\n]/.test(letter)) row[row.length - 1] += letter;
    else if (letter === "\t") row.push("");
    else if (letter === "\n" || text[place + 1] !== "\n") rows.push([""]);
  }
  while (rows.length > 1 && rows[rows.length - 1].every((cell) => cell.trim() === "")) rows.pop();
  return rows.map((row) => row.map((cell) => cell.trim()));
}

/** Without the rows above and the columns before the figures, which name them. */
export function withoutHeads(rows: string[][], language: string): string[][] {
  const isFigure = (cell: string): boolean => cell !== "" && understandNumber("decimal", cell, language).problem !== "not_a_number";
  const isName = (cell: string): boolean => cell !== "" && !isFigure(cell) && !NO_FIGURE.test(cell);
  if (!rows.some((row) => row.some(isFigure))) return rows;
  const first = rows.findIndex((row) => row.some(isFigure) || !row.some(isName));
  const below = rows.slice(first);
  const width = Math.max(...below.map((row) => row.length));
  const names = (column: number): boolean => {
    const cells = below.map((row) => row[column] ?? "");
    return cells.some(isName) && !cells.some(isFigure);
  };
  let before = 0;
  while (before < width - 1 && names(before)) before += 1;
  return below.map((row) => row.slice(before));
}
