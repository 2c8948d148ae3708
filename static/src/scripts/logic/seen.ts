// What is shown, and what expressions see of it. Twin of Sheet._seen in assessments/domain/completeness.py.
import { evaluate, type Lookup, type Tree, truth, type Value } from "./evaluate";

export interface Logic {
  today: string;
  /** Every name after all that it waits for. */
  order: string[];
  values: Record<string, Value>;
  relevant: Record<string, Tree[]>;
  calculations: Record<string, Tree>;
  /** Questions for other sectors. */
  others: string[];
}

/** A question may be named like something that every object has. */
export function own<Found>(record: Record<string, Found>, name: string): Found | undefined {
  return Object.prototype.hasOwnProperty.call(record, name) ? record[name] : undefined;
}

/** The values of what is shown; what is hidden is not there, so that a chain of skips closes behind a changed answer. */
export function seenValues(logic: Logic): Map<string, Value> {
  const seen = new Map<string, Value>();
  const lookup: Lookup = (name) => seen.get(name);
  const holds = (tree: Tree): boolean => truth(evaluate(tree, lookup, "", logic.today));
  const others = new Set(logic.others);
  for (const name of logic.order) {
    if (others.has(name) || !(own(logic.relevant, name) ?? []).every(holds)) continue;
    const calculation = own(logic.calculations, name);
    seen.set(name, calculation ? evaluate(calculation, lookup, "", logic.today) : (own(logic.values, name) ?? ""));
  }
  return seen;
}
