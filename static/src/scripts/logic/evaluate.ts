// The browser's evaluator. Twin of assessments/domain/logic/evaluation.py; tests/conformance/logic.json binds them.
import { FUNCTIONS } from "./functions";
import { toNumber, toText, truth, type Value } from "./values";

export { truth, type Value };

/** A list that begins with its kind: see assessments/domain/logic/parsing.py. */
export type Tree = any[];

/** Answers by name; a name that is not there reads as unanswered. */
type Columns = Record<string, string>;
export type Lookup = (name: string) => Value | undefined;

interface Automaton {
  cuts: number[];
  next: number[][];
  ends: number[];
}

/** `columns`: of the choice that a choice_filter asks about. */
export function evaluate(tree: Tree, lookup: Lookup, current: Value = "", today = "", columns: Columns = {}): Value {
  const value = (part: Tree): Value => evaluate(part, lookup, current, today, columns);
  const number = (part: Tree): number => toNumber(value(part));
  const [kind, left, right] = tree;
  switch (kind) {
    case "num":
    case "str":
      return left;
    case "ref":
      return lookup(left) ?? "";
    case "self":
      return current;
    case "column":
      return columns[left] ?? "";
    case "and":
      return tree.slice(1).every((part) => truth(value(part)));
    case "or":
      return tree.slice(1).some((part) => truth(value(part)));
    case "=":
      return equal(value(left), value(right));
    case "!=":
      return !equal(value(left), value(right));
    case "<":
      return number(left) < number(right);
    case "<=":
      return number(left) <= number(right);
    case ">":
      return number(left) > number(right);
    case ">=":
      return number(left) >= number(right);
    case "+":
      return tree.slice(1).map(number).reduce((total, each) => total + each);
    case "-":
      return number(left) - number(right);
    case "*":
      return number(left) * number(right);
    case "div":
      return number(left) / number(right);
    case "mod":
      return number(left) % number(right);
    case "neg":
      return -number(left);
    case "regex":
      return matches(right, toText(value(left)));
  }
  if (left === "if") return value(truth(value(right)) ? tree[3] : tree[4]);
  if (left === "once") return current !== "" ? current : value(right);
  if (left === "today") return today;
  return FUNCTIONS[left](...tree.slice(2).map(value));
}

function equal(left: Value, right: Value): boolean {
  if (typeof left === "string" && typeof right === "string") return left === right;
  if (typeof left === "boolean" || typeof right === "boolean") return truth(left) === truth(right);
  return toNumber(left) === toNumber(right);
}

/** Walks the table, one step a code point: see assessments/domain/logic/patterns.py. */
function matches(table: Automaton, text: string): boolean {
  let state = 0;
  for (const letter of text) {
    const point = letter.codePointAt(0) ?? 0;
    let column = table.cuts.length - 1;
    while (table.cuts[column] > point) column -= 1;
    state = table.next[state][column];
    if (state < 0) return false;
  }
  return table.ends[state] === 1;
}
