// Quantities in other units, their sums, and the greenhouse gases they stand for. Twin of assessments/domain/units.py
// and of the reckoning in assessments/domain/ghg.py; tests/conformance/units.json binds them.
import { understandNumber, type Understood } from "./numbers";

const MAX_DIGITS = 15;
const MAX_DECIMALS = 6;
const KG_PER_TONNE = BigInt(1000);
const MEAN_PLACES = 1;

/** A fraction of whole numbers: what the digits say, which a float only comes close to. */
export type Exact = [bigint, bigint];

export interface Column {
  kind: string;
  unit: string;
  name: string;
  /** How many of the column's own unit are in one of each. */
  ratios: Record<string, [string, string]>;
  /** What stands under the column: "total", "mean" of what is no amount but a level, or "". */
  foot: string;
  /** CO2e of one of the own unit, as its digits; "" where it has none. */
  kg: string;
}

export interface Sums {
  /** In the unit that is typed in, and in the questionnaire's. */
  typed: number;
  own: number;
  tonnes: number | undefined;
}

const ten = (power: number): bigint => BigInt("1" + "0".repeat(power));

export function exact(value: number | string): Exact {
  const [whole, decimals = ""] = String(value).split(".");
  return [BigInt(whole + decimals), ten(decimals.length)];
}

function plus([a, b]: Exact, [c, d]: Exact): Exact {
  return [a * d + c * b, b * d];
}

function times([a, b]: Exact, [c, d]: Exact): Exact {
  return [a * c, b * d];
}

/** Halves go up; nothing here is negative. */
export function rounded([above, below]: Exact, places = MAX_DECIMALS): number {
  const shifted = String((above * ten(places) * BigInt(2) + below) / (below * BigInt(2))).padStart(places + 1, "0");
  const cut = shifted.length - places;
  return Number(`${shifted.slice(0, cut)}.${shifted.slice(cut) || "0"}`);
}

export function ratioOf(column: Column, unit: string): Exact {
  const found = Object.prototype.hasOwnProperty.call(column.ratios, unit) ? column.ratios[unit] : ["1", "1"];
  return [BigInt(found[0]), BigInt(found[1])];
}

/** undefined where more digits were typed than would come back. */
export function toOwn(value: number, ratio: Exact): number | undefined {
  if (ratio[0] === ratio[1]) return value;
  const converted = times(exact(value), ratio);
  const places = Math.min(MAX_DECIMALS, MAX_DIGITS - String(converted[0] / converted[1]).length);
  if (places < 0) return undefined;
  const own = rounded(converted, places);
  return fromOwn(own, ratio) === value ? own : undefined;
}

export function fromOwn(value: number, ratio: Exact): number {
  return ratio[0] === ratio[1] ? value : rounded(times(exact(value), [ratio[1], ratio[0]]));
}

/** One cell, in the column's own unit. */
export function understandCell(column: Column, unit: string, typed: string, language: string): Understood {
  const read = understandNumber(column.kind, typed, language);
  if (read.problem || read.value === "") return read;
  const own = toOwn(read.value as number, ratioOf(column, unit));
  return own === undefined ? { value: "", problem: "too_many_digits" } : { value: own, problem: "" };
}

/** undefined where no cell holds a number, or nothing stands under the column. */
export function sumsOf(column: Column, unit: string, cells: string[], language: string): Sums | undefined {
  const numbers = cells.map((cell) => understandCell(column, unit, cell, language).value).filter((value) => value !== "");
  if (!numbers.length || !column.foot) return undefined;
  const total = numbers.map((value) => exact(value as number)).reduce(plus);
  const own = column.foot === "mean" ? rounded(times(total, [BigInt(1), BigInt(numbers.length)]), MEAN_PLACES) : rounded(total);
  const tonnes = column.kg ? rounded(times(total, times(exact(column.kg), [BigInt(1), KG_PER_TONNE]))) : undefined;
  return { own, typed: fromOwn(own, ratioOf(column, unit)), tonnes };
}

export function sum(values: number[]): number {
  return rounded(values.map(exact).reduce(plus, [BigInt(0), BigInt(1)]));
}

export function places(value: number, count: number): number {
  return rounded(exact(value), count);
}
