// How numbers and dates are understood, shown before the server has said it.
import { dateText, numberText, strip, understandDate, type Understood, understandNumber } from "../logic/numbers";
import { places } from "../logic/units";
import type { Value } from "../logic/values";
import type { Block, PageData } from "./page";
import { drawProblems } from "./states";

const NUMBERS = ["integer", "decimal", "percent"];

/** undefined: this question takes no number or date. */
export function understood(block: Block, data: PageData): Understood | undefined {
  const text = block.named()[0]?.value ?? "";
  if (NUMBERS.includes(block.kind)) return understandNumber(block.kind, text, data.language);
  return block.kind === "date" ? understandDate(text) : undefined;
}

function inWords(block: Block, data: PageData, value: Value): string {
  if (typeof value !== "number") return dateText(String(value), data.dates, data.language);
  if (block.kind === "percent") return `${numberText(places(value, 2), data.language)}%`;
  const unit = data.units[block.code];
  return unit ? `${numberText(value, data.language)} ${unit}` : numberText(value, data.language);
}

/** `complaint`: what the question's constraint says of the value as it stands. */
export function watch(block: Block, data: PageData, complaint: () => string): void {
  if (block.kind !== "date" && !NUMBERS.includes(block.kind)) return;
  const problem = (): string => {
    const found = understood(block, data);
    if (!found || block.named(".na")[0]?.checked) return "";
    return found.problem ? data.problems[found.problem] : found.value === "" ? "" : complaint();
  };
  block.element.addEventListener("input", () => {
    const found = understood(block, data);
    const line = block.find<HTMLElement>("[data-understood]");
    const isThere = found && found.value !== "";
    if (line) line.textContent = isThere ? `${data.words.understood} ${inWords(block, data, found.value)}` : "";
    // Half a number is not wrong yet: while somebody types, what was said is only taken back.
    if (problem() === "") drawProblems(block, []);
  });
  block.element.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    if (input.name === block.code && strip(input.value) !== "") drawProblems(block, [problem()].filter(Boolean));
  });
}
