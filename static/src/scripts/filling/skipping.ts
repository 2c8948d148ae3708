// Which questions are asked, as the answers stand now. Twin of Sheet in assessments/domain/completeness.py.
import { evaluate, truth, type Value } from "../logic/evaluate";
import type { Block, PageData } from "./page";

export class Skipping {
  private asked = new Map<string, boolean>();

  constructor(
    private readonly data: PageData,
    private readonly blocks: Block[],
  ) {}

  set(code: string, value: Value): void {
    this.data.values[code] = value;
    this.show();
  }

  show(): void {
    this.asked = new Map();
    for (const block of this.blocks) block.element.hidden = !this.isAsked(block.code);
    for (const block of this.blocks) this.filter(block);
    for (const element of document.querySelectorAll<HTMLElement>("[data-note]"))
      element.hidden = !this.isAsked(element.dataset.note ?? "");
    const note = document.querySelector<HTMLElement>("[data-nothing-asked]");
    if (note) note.hidden = this.blocks.some((block) => !block.element.hidden);
  }

  /** The message of the question's constraint where its value does not fit, or "". */
  complaint(code: string): string {
    const [tree, message] = this.data.constraints[code] ?? [];
    const value = this.seen(code);
    if (!tree || !message || value === "") return "";
    return truth(evaluate(tree, (name) => this.seen(name), value, this.data.today)) ? "" : message;
  }

  /** A choice that does not fit the other answers is not offered; one that is chosen stays in sight, to be changed. */
  private filter(block: Block): void {
    const filter = this.data.filters[block.code];
    if (!filter) return;
    for (const input of block.named()) {
      const columns = { name: input.value, ...filter.choices[input.value] };
      const fits = truth(evaluate(filter.tree, (name) => this.seen(name), this.seen(block.code), this.data.today, columns));
      const row = input.closest<HTMLElement>("label");
      if (row) row.hidden = !fits && !input.checked;
    }
  }

  private isAsked(code: string): boolean {
    if (!this.asked.has(code)) {
      this.asked.set(code, false);
      this.asked.set(code, this.decide(code));
    }
    return this.asked.get(code) ?? false;
  }

  private decide(code: string): boolean {
    if (this.data.others.includes(code)) return false;
    const trees = this.data.relevant[code] ?? [];
    return trees.every((tree) => truth(evaluate(tree, (name) => this.seen(name), "", this.data.today)));
  }

  /** A question that is itself hidden reads as empty, so that a chain of skips closes behind a changed answer. */
  private seen(code: string): Value {
    if (!this.isAsked(code)) return "";
    const calculation = this.data.calculations[code];
    if (calculation) return evaluate(calculation, (name) => this.seen(name), "", this.data.today);
    return this.data.values[code] ?? "";
  }
}
