// Reading a question's inputs, and writing into them.
import type { Value } from "../logic/evaluate";
import type { Block, Entry, Inputs } from "./page";

type TextInput = HTMLInputElement | HTMLTextAreaElement;

const CHOICES = ["yes_no", "single", "multiple"];
const NUMBERS = ["integer", "decimal", "percent"];

export function readEntry(block: Block): Entry {
  return {
    value: readValue(block),
    is_na: block.named(".na")[0]?.checked ?? false,
    na_reason: block.named<HTMLTextAreaElement>(".na_reason")[0]?.value ?? "",
  };
}

function chosen(block: Block): string[] {
  return block.named().filter((input) => input.checked).map((input) => input.value);
}

function readValue(block: Block): unknown {
  if (block.kind === "multiple") return chosen(block);
  if (block.isTable) return readTable(block);
  if (CHOICES.includes(block.kind)) return chosen(block)[0] ?? "";
  return block.named<TextInput>()[0]?.value ?? "";
}

function readTable(block: Block): Record<string, string[]> {
  const table: Record<string, string[]> = {};
  for (const cell of block.all<HTMLInputElement>("[data-column]")) (table[cell.dataset.column ?? ""] ??= []).push(cell.value);
  return table;
}

export function writeInputs(block: Block, inputs: Inputs): void {
  for (const input of block.named<TextInput>()) {
    if (CHOICES.includes(block.kind)) (input as HTMLInputElement).checked = inputs.chosen.includes(input.value);
    else input.value = inputs.text;
  }
  for (const cell of block.all<HTMLInputElement>("[data-column]")) cell.value = inputs.cells[cell.name] ?? "";
  for (const box of block.named(".na")) box.checked = inputs.is_na;
  for (const reason of block.named<TextInput>(".na_reason")) reason.value = inputs.na_reason;
}

/** The value as conditions see it, before the server has said how it understood it; undefined where only it can say. */
export function valueAtOnce(block: Block, entry: Entry): Value | undefined {
  if (entry.is_na) return "";
  if (Array.isArray(entry.value)) return entry.value.join(" ");
  const text = String(entry.value ?? "").trim();
  if (text === "" || block.kind === "text" || CHOICES.includes(block.kind)) return text;
  return NUMBERS.includes(block.kind) ? plainNumber(text) : undefined;
}

/** Only what nobody could read in two ways: 1.500 is a question of language. */
function plainNumber(text: string): number | undefined {
  const plain = text.replace(/[០-៩๐-๙]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15)).replace(",", ".");
  return /^\d{1,15}(\.(\d{1,2}|\d{4,6}))?$/.test(plain) ? Number(plain) : undefined;
}
