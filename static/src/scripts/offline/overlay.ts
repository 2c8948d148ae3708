// Laying what this phone knows over a page that may be older: one that was kept, or one that came before the last answers went out.
import type { Block } from "../filling/page";
import type { AnswerRow } from "./store";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const NOT_ANSWERS = /\.(file|choose|version|conflict)$/;

function fieldsOf(block: Block): Field[] {
  return block.all<Field>("input[name], textarea[name], select[name]").filter((field) => field.name.startsWith(block.code) && !NOT_ANSWERS.test(field.name));
}

function isBox(field: Field): field is HTMLInputElement {
  return field.type === "radio" || field.type === "checkbox";
}

/** What stands in every field of a question, whatever its kind. */
export function readFields(block: Block): [string, string][] {
  return fieldsOf(block).filter((field) => !isBox(field) || field.checked).map((field) => [field.name, field.value]);
}

export function writeFields(block: Block, fields: [string, string][]): void {
  const texts = new Map(fields);
  const chosen = new Set(fields.map(([name, value]) => `${name}=${value}`));
  for (const field of fieldsOf(block)) {
    if (isBox(field)) field.checked = chosen.has(`${field.name}=${field.value}`);
    else if (texts.has(field.name)) field.value = texts.get(field.name) ?? "";
  }
  // What was folded away is shown where it holds something.
  for (const fold of block.all<HTMLDetailsElement>("details"))
    if ([...fold.querySelectorAll<HTMLInputElement>("input:checked")].length) fold.open = true;
}

export function sameFields(block: Block, fields: [string, string][]): boolean {
  return JSON.stringify(readFields(block)) === JSON.stringify(fields);
}

/** Whether this phone knows a newer answer than the page shows; `now` is the server's time when it made the page. */
export function isNewer(row: AnswerRow, version: number, now: number): boolean {
  if (row.version !== version) return row.version > version;
  return row.at === undefined || Number(row.at) > now;
}
