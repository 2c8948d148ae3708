// What a value is as text, as a number and as yes or no. Twin of assessments/domain/logic/values.py.
export type Value = string | number | boolean;

const NUMBER = /^[ \t\r\n]*-?(\d+(\.\d*)?|\.\d+)[ \t\r\n]*$/;
const DAY = 86_400_000;
const FIRST_DAY = -719_162;
const LAST_DAY = 2_932_896;

export function truth(value: Value): boolean {
  return typeof value === "string" ? value !== "" : value === value && Number(value) !== 0;
}

export function toNumber(value: Value): number {
  return typeof value !== "string" ? Number(value) : NUMBER.test(value) ? Number(value) : days(value);
}

function days(text: string): number {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!found || found[1] === "0000") return NaN;
  const day = new Date(0);
  day.setUTCFullYear(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  return day.toISOString().startsWith(text) ? day.getTime() / DAY : NaN;
}

/** Numbers without exponent, whole ones without a point. */
export function toText(value: Value): string {
  if (typeof value !== "number" || !Number.isFinite(value)) return String(value);
  return Number.isInteger(value) ? BigInt(value).toString() : withoutExponent(String(value));
}

function withoutExponent(text: string): string {
  const found = /^(-?)(\d)\.?(\d*)e-(\d+)$/.exec(text);
  return found ? `${found[1]}0.${"0".repeat(Number(found[4]) - 1)}${found[2]}${found[3]}` : text;
}

/** ISO text; "" where there is no such day between the years 1 and 9999. */
export function toDate(value: Value): string {
  if (typeof value === "string" && !NUMBER.test(value)) return Number.isNaN(days(value)) ? "" : value;
  const day = Math.trunc(toNumber(value));
  return day >= FIRST_DAY && day <= LAST_DAY ? new Date(day * DAY).toISOString().slice(0, 10) : "";
}

export function words(value: Value): string[] {
  return toText(value).split(" ").filter(Boolean);
}
