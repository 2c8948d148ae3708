// Tables: sums as somebody types, cells reached by keys, columns pasted from a spreadsheet.
import { cellsOf, withoutHeads } from "../logic/clipboard";
import { numberText } from "../logic/numbers";
import { type Column, places, sum, sumsOf, understandCell } from "../logic/units";
import type { Block, PageData } from "./page";

const SHOWN_PLACES = 3;
const NUMBERS = ["integer", "decimal", "percent"];

export class Table {
  private readonly columns: Record<string, Column>;
  private readonly grid = new Map<string, HTMLInputElement[]>();
  private focused: HTMLInputElement | null = null;

  constructor(
    private readonly block: Block,
    private readonly data: PageData,
  ) {
    this.columns = data.tables[block.code] ?? {};
    for (const cell of block.all<HTMLInputElement>("[data-column]")) this.cells(cell.dataset.column ?? "").push(cell);
    this.listen();
    this.draw();
  }

  private cells(key: string): HTMLInputElement[] {
    if (!this.grid.has(key)) this.grid.set(key, []);
    return this.grid.get(key) ?? [];
  }

  private unit(key: string): string {
    return this.block.find<HTMLSelectElement>(`[data-unit="${key}"]`)?.value ?? "";
  }

  private listen(): void {
    const { element } = this.block;
    element.addEventListener("input", () => this.draw());
    element.addEventListener("written", () => this.draw());
    element.addEventListener("keydown", (event) => this.move(event));
    element.addEventListener("paste", (event) => this.paste(event));
    element.addEventListener("focusin", (event) => this.focus(event.target as HTMLInputElement));
    const tools = this.block.find<HTMLElement>("[data-table-tools]");
    if (tools) tools.hidden = false;
    this.offerColumns();
    for (const button of this.block.all<HTMLButtonElement>("[data-fill]"))
      button.addEventListener("click", () => this.fill(button.dataset.fill === "copy"));
  }

  /** On a phone one column at a time is easier than many side by side. */
  private offerColumns(): void {
    const label = this.block.find<HTMLElement>("[data-column-choice]");
    const choice = label?.querySelector("select");
    if (!label || !choice) return;
    label.hidden = false;
    choice.addEventListener("change", () => {
      const shown = [...this.grid.keys()].indexOf(choice.value);
      for (const row of this.block.all<HTMLTableRowElement>(".monthly tr"))
        [...row.cells].forEach((cell, place) => cell.classList.toggle("not-chosen", shown >= 0 && place > 0 && place !== shown + 1));
      if (shown >= 0) this.at(0, shown)?.focus();
    });
  }

  private focus(target: HTMLInputElement): void {
    const key = target.dataset?.column;
    if (key === undefined) return;
    this.focused = target;
    const name = this.block.find<HTMLElement>("[data-tool-column]");
    if (name) name.textContent = this.block.find(`[data-head="${key}"] > span`)?.textContent ?? "";
  }

  /** The sums of every column, and which cells are not understood. */
  private draw(): void {
    const { language } = this.data;
    const tonnes: number[] = [];
    for (const [key, column] of Object.entries(this.columns)) {
      if (!NUMBERS.includes(column.kind)) continue;
      const cells = this.cells(key);
      const unit = this.unit(key);
      const sums = sumsOf(column, unit, cells.map((cell) => cell.value), language);
      for (const cell of cells) mark(cell, understandCell(column, unit, cell.value, language).problem !== "");
      this.write(`[data-total="${key}"]`, sums ? numberText(sums.typed, language) : "");
      const isOther = sums && unit !== "" && unit !== column.unit;
      this.write(`[data-own-total="${key}"]`, isOther ? `= ${numberText(places(sums.own, SHOWN_PLACES), language)} ${column.name}` : "");
      this.write(`[data-tonnes="${key}"]`, this.shown(sums?.tonnes));
      if (sums?.tonnes !== undefined) tonnes.push(sums.tonnes);
    }
    this.write("[data-table-tonnes]", tonnes.length ? this.shown(sum(tonnes)) : "");
    const whole = this.block.find<HTMLElement>(".table-tonnes");
    if (whole) whole.hidden = !tonnes.length;
  }

  private shown(tonnes: number | undefined): string {
    return tonnes === undefined ? "" : numberText(places(tonnes, SHOWN_PLACES), this.data.language);
  }

  private write(selector: string, text: string): void {
    const place = this.block.find<HTMLElement>(selector);
    if (place && place.textContent !== text) place.textContent = text;
  }

  private place(cell: HTMLInputElement): [number, number] {
    const key = cell.dataset.column ?? "";
    return [this.cells(key).indexOf(cell), [...this.grid.keys()].indexOf(key)];
  }

  private at(row: number, column: number): HTMLInputElement | undefined {
    return [...this.grid.values()][column]?.[row];
  }

  /** As in a spreadsheet; left and right leave a cell only from its ends. */
  private move(event: KeyboardEvent): void {
    const cell = event.target as HTMLInputElement;
    if (cell.dataset?.column === undefined || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const [row, column] = this.place(cell);
    const steps: Record<string, [number, number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      Enter: [event.shiftKey ? -1 : 1, 0],
    };
    const step = steps[event.key];
    if (!step || (event.key === "ArrowLeft" && cell.selectionStart !== 0)) return;
    if (event.key === "ArrowRight" && cell.selectionEnd !== cell.value.length) return;
    if (event.shiftKey && event.key !== "Enter") return;
    event.preventDefault();
    const next = this.at(row + step[0], column + step[1]);
    next?.focus();
    next?.select();
  }

  private paste(event: ClipboardEvent): void {
    const target = event.target as HTMLInputElement;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (target.dataset?.column === undefined || !/[\t\r\n]/.test(text.trim())) return;
    event.preventDefault();
    const holdsNumbers = Object.values(this.columns).every((column) => NUMBERS.includes(column.kind));
    const rows = holdsNumbers ? withoutHeads(cellsOf(text), this.data.language) : cellsOf(text);
    this.take(target, rows);
  }

  private take(target: HTMLInputElement, rows: string[][]): void {
    const [top, left] = this.place(target);
    const filled: HTMLInputElement[] = [];
    let outside = 0;
    rows.forEach((row, down) =>
      row.forEach((text, right) => {
        const cell = this.at(top + down, left + right);
        if (cell) {
          cell.value = text;
          filled.push(cell);
        } else if (text !== "") outside += 1;
      }),
    );
    this.changed(target);
    const odd = filled.filter((cell) => cell.getAttribute("aria-invalid") === "true").length;
    this.say([["pasted", filled.filter((cell) => cell.value !== "").length], ["pasted_odd", odd], ["pasted_outside", outside]]);
  }

  /** What stands in a cell is never overwritten. */
  private fill(copies: boolean): void {
    const start = this.focused ?? this.at(0, 0);
    if (!start) return;
    const cells = this.cells(start.dataset.column ?? "");
    const empty = (copies ? cells.slice(cells.indexOf(start)) : cells).filter((cell) => cell.value.trim() === "");
    if (copies && start.value.trim() === "") return;
    for (const cell of empty) cell.value = copies ? start.value : "0";
    this.changed(start);
    this.say([["pasted", empty.length]]);
  }

  private changed(cell: HTMLInputElement): void {
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    cell.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private say(counts: [string, number][]): void {
    const told = counts.filter(([word, count]) => count > 0 || word === "pasted");
    const { language, words } = this.data;
    this.write("[data-table-note]", told.map(([word, count]) => words[word].replace("%(count)s", numberText(count, language))).join(" "));
  }
}

function mark(cell: HTMLInputElement, isOdd: boolean): void {
  if (isOdd) cell.setAttribute("aria-invalid", "true");
  else cell.removeAttribute("aria-invalid");
}
