// The functions of XLSForm. Twin of assessments/domain/logic/functions.py; the odd + 0 turns -0 into 0.
import { toDate, toNumber, toText, truth, type Value, words } from "./values";

const MOST_PLACES = 30;

function whole(round: (number: number) => number): (value: Value) => number {
  return (value) => round(toNumber(value)) + 0;
}

/** Times ten to the power of `places`, on the digits that people see. */
function shifted(number: number, places: number): number {
  const [digits, exponent] = String(number).split("e");
  return Number(`${digits}e${Number(exponent ?? 0) + places}`);
}

/** Halves go up. */
function round(value: Value, places: Value = 0): number {
  const number = toNumber(value);
  const digits = toNumber(places);
  if (!Number.isFinite(number)) return number;
  if (!(Math.abs(digits) <= MOST_PLACES)) return NaN;
  const shift = Math.trunc(digits);
  const moved = shifted(number, shift);
  if (!Number.isFinite(moved)) return number;
  const below = Math.floor(moved);
  return shifted(below + (moved - below >= 0.5 ? 1 : 0), -shift);
}

/** A place in a text; no text is longer than the bound. */
function index(value: Value): number {
  return Math.trunc(Math.max(-1e6, Math.min(1e6, toNumber(value)))) || 0;
}

/** By code points, as Python counts. */
function substr(value: Value, start: Value, end: Value = 1e6): string {
  return [...toText(value)].slice(index(start), index(end)).join("");
}

function translate(value: Value, old: Value, fresh: Value): string {
  const letters = [...toText(fresh)];
  const table = new Map<string, string>();
  [...toText(old)].forEach((letter, place) => table.has(letter) || table.set(letter, letters[place] ?? ""));
  return [...toText(value)].map((letter) => table.get(letter) ?? letter).join("");
}

function before(value: Value, part: Value): string {
  return toText(value).slice(0, Math.max(toText(value).indexOf(toText(part)), 0));
}

function after(value: Value, part: Value): string {
  const found = toText(value).indexOf(toText(part));
  return found < 0 ? "" : toText(value).slice(found + toText(part).length);
}

export const FUNCTIONS: Record<string, (...values: Value[]) => Value> = {
  abs: (value) => Math.abs(toNumber(value)),
  boolean: truth,
  ceiling: whole(Math.ceil),
  coalesce: (first, second) => (first === "" || first !== first ? second : first),
  concat: (...values) => values.map(toText).join(""),
  contains: (text, part) => toText(text).includes(toText(part)),
  "count-selected": (value) => words(value).length,
  date: toDate,
  "ends-with": (text, part) => toText(text).endsWith(toText(part)),
  false: () => false,
  floor: whole(Math.floor),
  int: whole(Math.trunc),
  max: (...values) => Math.max(...values.map(toNumber)) + 0,
  min: (...values) => Math.min(...values.map(toNumber)) + 0,
  "normalize-space": (value) => toText(value).replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, ""),
  not: (value) => !truth(value),
  number: toNumber,
  round,
  selected: (value, key) => words(value).includes(toText(key).replace(/^ +| +$/g, "")),
  "selected-at": (value, place) => words(value)[index(place)] ?? "",
  "starts-with": (text, part) => toText(text).startsWith(toText(part)),
  string: toText,
  "string-length": (value) => [...toText(value)].length,
  substr,
  "substring-after": after,
  "substring-before": before,
  translate,
  true: () => true,
};
