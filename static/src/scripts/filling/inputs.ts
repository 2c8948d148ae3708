// Reading a question's inputs, and writing into them.
import type { Value } from "../logic/evaluate";
import { strip, understandDate, understandNumber } from "../logic/numbers";
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

/** Under "@units" the units that the columns were typed in, where there are some to choose from. */
function readTable(block: Block): Record<string, string[] | Record<string, string>> {
  const table: Record<string, string[]> = {};
  for (const cell of block.all<HTMLInputElement>("[data-column]")) (table[cell.dataset.column ?? ""] ??= []).push(cell.value);
  const choices = block.all<HTMLSelectElement>("[data-unit]").map((choice) => [choice.dataset.unit ?? "", choice.value]);
  return choices.length ? { ...table, "@units": Object.fromEntries(choices) as Record<string, string> } : table;
}

export function writeInputs(block: Block, inputs: Inputs): void {
  for (const input of block.named<TextInput>()) {
    if (CHOICES.includes(block.kind)) (input as HTMLInputElement).checked = inputs.chosen.includes(input.value);
    else input.value = inputs.text;
  }
  for (const cell of block.all<HTMLInputElement>("[data-column]")) cell.value = inputs.cells[cell.name] ?? "";
  for (const unit of block.all<HTMLSelectElement>("[data-unit]")) unit.value = inputs.cells[unit.name] ?? unit.value;
  block.element.dispatchEvent(new Event("written"));
  for (const box of block.named(".na")) box.checked = inputs.is_na;
  for (const reason of block.named<TextInput>(".na_reason")) reason.value = inputs.na_reason;
}

/** The value as conditions see it, before the server has said how it understood it; undefined where it is none yet. */
export function valueAtOnce(block: Block, entry: Entry): Value | undefined {
  if (entry.is_na) return "";
  if (Array.isArray(entry.value)) return entry.value.join(" ");
  if (block.isTable) return undefined;
  const text = strip(String(entry.value ?? ""));
  if (NUMBERS.includes(block.kind)) return understandNumber(block.kind, text, document.documentElement.lang.slice(0, 2)).value;
  return block.kind === "date" ? understandDate(text).value : text;
}
