// What the page and the server say to each other.
import type { Tree, Value } from "../logic/evaluate";
import type { Logic } from "../logic/seen";
import type { Column } from "../logic/units";

export interface Entry {
  value: unknown;
  is_na: boolean;
  na_reason: string;
}

/** What stands in the inputs of a question. */
export interface Inputs {
  text: string;
  chosen: string[];
  cells: Record<string, string>;
  is_na: boolean;
  na_reason: string;
}

export interface Reply {
  state: string;
  version: number;
  problems?: string[];
  understood?: string;
  value?: Value;
  has_value?: boolean;
  totals?: Record<string, string>;
  /** What looks unusual, in words. */
  checks?: string[];
  mine?: string;
  theirs?: string;
  inputs?: Inputs;
  who?: string;
  when?: string;
}

/** Which choices of a question are offered: those whose columns let the tree hold. */
export interface Filter {
  tree: Tree;
  choices: Record<string, Record<string, string>>;
}

export interface PageData extends Logic {
  assessment: string;
  section: string;
  /** The server's time in milliseconds when it made the page. */
  now: number;
  filters: Record<string, Filter>;
  constraints: Record<string, [Tree, string]>;
  words: Record<string, string>;
  language: string;
  /** Of questions for one number, as they are shown. */
  units: Record<string, string>;
  tables: Record<string, Record<string, Column>>;
  /** The long form of a date in each month; empty where the page asks for none. */
  dates: string[];
  problems: Record<string, string>;
}

/** One question on the page. */
export class Block {
  readonly code: string;
  readonly kind: string;
  /** Only read here: nothing can be changed now. */
  readonly isLocked: boolean;

  constructor(readonly element: HTMLElement) {
    this.code = element.dataset.question ?? "";
    this.kind = element.dataset.kind ?? "";
    this.isLocked = "locked" in element.dataset;
  }

  get isTable(): boolean {
    return this.kind === "monthly" || this.kind === "table";
  }

  find<Found extends Element>(selector: string): Found | null {
    return this.element.querySelector<Found>(selector);
  }

  all<Found extends Element>(selector: string): Found[] {
    return [...this.element.querySelectorAll<Found>(selector)];
  }

  named<Found extends Element = HTMLInputElement>(suffix = ""): Found[] {
    return this.all<Found>(`[name="${this.code}${suffix}"]`);
  }

  get version(): number {
    return Number(this.named(".version")[0]?.value ?? 0);
  }

  set version(version: number) {
    for (const input of this.named(".version")) input.value = String(version);
  }
}

/** A part of the page with text in it, which is never read as HTML. */
export function part(name: string, text = "", classes = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = classes;
  return made;
}

/** Signing in again changes the token, so it is read when it is needed. */
export function token(): string {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  return cookie ?? document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
}
