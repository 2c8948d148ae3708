// Numbers and dates as people type them. Twin of assessments/domain/numbers.py and of the numbers and dates in
// assessments/domain/answers.py; tests/conformance/numbers.json binds them.
import type { Value } from "./values";

const MAX_DIGITS = 15;
const MAX_DECIMALS = 6;
const ZEROS = "0٠۰০०๐໐၀០";
// What Python takes for space; a browser's \s differs.
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const ENDS = new RegExp(`^${SPACE.source}+|${SPACE.source}+$`, "g");
const PASSED_OVER = "\u200b\u2060'_";
const BUDDHIST_OFFSET = 543;

/** `problem` is a code of assessments/labels.py: ANSWER_PROBLEMS. */
export interface Understood {
  value: Value;
  problem: string;
}

const refused = (problem: string): Understood => ({ value: "", problem });
const groupMark = (language: string): string => (language === "vi" ? "." : ",");

export function strip(text: string): string {
  return text.replace(/\0|[\ud800-\udfff]/gu, "").replace(ENDS, "");
}

/** Local digits as ASCII digits; spaces of any kind removed. */
export function plainDigits(text: string): string {
  let kept = "";
  for (const letter of text.normalize("NFKC")) {
    const point = letter.codePointAt(0) ?? 0;
    const digit = [...ZEROS].map((zero) => point - (zero.codePointAt(0) ?? 0)).find((from) => from >= 0 && from < 10);
    if (digit !== undefined) kept += digit;
    else if (!SPACE.test(letter) && !PASSED_OVER.includes(letter)) kept += letter === "−" || letter === "–" ? "-" : letter;
  }
  return kept;
}

export function parseNumber(text: string, language: string): Understood {
  const plain = plainDigits(text);
  if (!/^[+-]?[0-9.,]*[0-9][0-9.,]*$/.test(plain)) return refused("not_a_number");
  const parts = split(plain.replace(/^[+-]+/, ""), groupMark(language));
  if (typeof parts === "string") return refused(parts);
  const [whole, decimals] = [parts[0].replace(/^0+/, ""), parts[1].replace(/0+$/, "")];
  if (whole.length + decimals.length > MAX_DIGITS || decimals.length > MAX_DECIMALS) return refused("too_many_digits");
  const value = Number(`${whole || 0}.${decimals || 0}`);
  return { value: plain.startsWith("-") && value ? -value : value, problem: "" };
}

/** Whole digits and decimals, or the code of what is wrong. */
function split(body: string, group: string): [string, string] | string {
  const marks = body.match(/[.,]/g) ?? [];
  const mark = marks[0];
  if (!mark) return [body, ""];
  if (new Set(marks).size === 2) return both(body, marks[marks.length - 1]);
  if (marks.length > 1) return grouped(body, mark, "");
  const [head, tail] = body.split(mark);
  const couldGroup = tail.length === 3 && head.length >= 1 && head.length <= 3 && /[^0]/.test(head);
  if (!couldGroup) return [head, tail];
  return mark === group ? [head + tail, ""] : "ambiguous_number";
}

function both(body: string, decimal: string): [string, string] | string {
  const place = body.lastIndexOf(decimal);
  const head = body.slice(0, place);
  return head.includes(decimal) ? "not_a_number" : grouped(head, decimal === "." ? "," : ".", body.slice(place + 1));
}

function grouped(body: string, mark: string, decimals: string): [string, string] | string {
  const [first, ...rest] = body.split(mark);
  if (!(first.length >= 1 && first.length <= 3) || rest.some((part) => part.length !== 3)) return "not_a_number";
  return [first + rest.join(""), decimals];
}

/** An answer to a question, or a cell of a table, of a kind that holds a number. */
export function understandNumber(kind: string, typed: string, language: string): Understood {
  const text = strip(typed);
  if (text === "") return { value: "", problem: "" };
  const read = parseNumber(text.replace(/%$/, ""), language);
  const value = read.value as number;
  if (read.problem) return read;
  if (kind === "integer" && !Number.isInteger(value)) return refused("not_whole");
  if (value < 0) return refused("negative");
  return kind === "percent" && value > 100 ? refused("not_a_percent") : read;
}

export function understandDate(typed: string): Understood {
  const text = strip(typed);
  if (text === "") return { value: "", problem: "" };
  const plain = plainDigits(text);
  const iso = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$/.exec(plain);
  const local = /^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})$/.exec(plain);
  if (!iso && !local) return refused("not_a_date");
  let [year, month, day] = (iso ? iso.slice(1) : local!.slice(1).reverse()).map(Number);
  if (year >= 2400 && year < 2700) year -= BUDDHIST_OFFSET;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isReal = year >= 1 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? { value: date.toISOString().slice(0, 10), problem: "" } : refused("not_a_date");
}

/** How a number is shown: groups, and up to six decimals. */
export function numberText(value: number, language: string): string {
  const [whole, decimals] = String(value).split(".");
  const group = groupMark(language);
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return decimals ? digits + (group === "." ? "," : ".") + decimals : digits;
}

/** How a number stands in its input: without groups, and never to be read in two ways. */
export function inputText(value: number, language: string): string {
  const [whole, decimals] = String(value).split(".");
  if (!decimals) return whole;
  return whole + (groupMark(language) === "." ? "," : ".") + (decimals.length === 3 ? `${decimals}0` : decimals);
}

/** `patterns`: the long form of a date in each month, with {d} and {y}. */
export function dateText(iso: string, patterns: string[], language: string): string {
  const [year, month, day] = iso.split("-").map(Number);
  return patterns[month - 1].replace("{d}", String(day)).replace("{y}", String(language === "th" ? year + BUDDHIST_OFFSET : year));
}
