// Showing what is asked and hiding what is not, as the answers stand now.
import { evaluate, type Lookup, truth, type Value } from "../logic/evaluate";
import { own, seenValues } from "../logic/seen";
import type { Block, PageData } from "./page";

export class Skipping {
  private seen: Map<string, Value>;
  private readonly lookup: Lookup = (name) => this.seen.get(name);

  constructor(
    private readonly data: PageData,
    private readonly blocks: Block[],
  ) {
    this.seen = seenValues(data);
  }

  set(code: string, value: Value): void {
    this.data.values[code] = value;
    this.show();
  }

  show(): void {
    this.seen = seenValues(this.data);
    for (const block of this.blocks) block.element.hidden = !this.seen.has(block.code);
    for (const block of this.blocks) this.filter(block);
    for (const element of document.querySelectorAll<HTMLElement>("[data-note]"))
      element.hidden = !this.seen.has(element.dataset.note ?? "");
    const note = document.querySelector<HTMLElement>("[data-nothing-asked]");
    if (note) note.hidden = this.blocks.some((block) => !block.element.hidden);
  }

  /** The message of the question's constraint where its value does not fit, or "". */
  complaint(code: string): string {
    const [tree, message] = own(this.data.constraints, code) ?? [];
    const value = this.seen.get(code) ?? "";
    if (!tree || !message || value === "") return "";
    return truth(evaluate(tree, this.lookup, value, this.data.today)) ? "" : message;
  }

  /** A choice that does not fit the other answers is not offered; one that is chosen stays in sight, to be changed. */
  private filter(block: Block): void {
    const filter = own(this.data.filters, block.code);
    if (!filter) return;
    const value = this.seen.get(block.code) ?? "";
    for (const input of block.named()) {
      const columns = { name: input.value, ...filter.choices[input.value] };
      const fits = truth(evaluate(filter.tree, this.lookup, value, this.data.today, columns));
      const row = input.closest<HTMLElement>("label");
      if (row) row.hidden = !fits && !input.checked;
    }
  }
}
