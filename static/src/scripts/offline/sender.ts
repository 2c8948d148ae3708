// Sending what waits: one sender for all tabs, in order, until the server has said what became of each change.
import { token } from "../filling/page";
import { LARGEST_BATCH, type Result, settling } from "./rules";
import type { Shelf } from "./shelf";
import type { ChangeRow } from "./store";

/** What the last request told: never what the browser believes about its connection. */
export type Line = "online" | "offline" | "trouble" | "signed_out";

export interface Told {
  assessment: string;
  results: Result[];
}

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;
const PATIENCE = 20_000;
const LARGEST_KEEPALIVE = 60_000;
const FINAL = [400, 404, 413];

export class Sender {
  line: Line = "online";
  private wait = FIRST_WAIT;
  private timer = 0;
  private due = Infinity;
  private running?: Promise<void>;
  private again = false;
  private most = LARGEST_BATCH;
  private isStopped = false;

  constructor(
    private readonly shelves: () => Shelf[],
    private readonly user: string,
    private readonly address: (assessment: string) => string,
    private readonly tell: (told?: Told) => void,
  ) {}

  /** Soon, or at once; what is already due earlier stays so, unless somebody is still typing. */
  kick(delay = 0, isTyping = false): void {
    if (this.isStopped) return;
    const due = Date.now() + delay;
    if (this.timer && due >= this.due && !isTyping) return;
    window.clearTimeout(this.timer);
    this.due = due;
    this.timer = window.setTimeout(() => void this.run(), delay);
  }

  stop(): void {
    this.isStopped = true;
    window.clearTimeout(this.timer);
  }

  /** Everything that can be sent has been, or could not be. */
  run(): Promise<void> {
    window.clearTimeout(this.timer);
    this.timer = 0;
    this.again = true;
    this.running ??= this.turns().finally(() => (this.running = undefined));
    return this.running;
  }

  private async turns(): Promise<void> {
    while (this.again && !this.isStopped) {
      this.again = false;
      const locks = navigator.locks as LockManager | undefined;
      if (locks) await locks.request("alliance-portal-sender", () => this.empty());
      else await this.empty();
    }
  }

  private async empty(): Promise<void> {
    for (const shelf of this.shelves()) {
      for (;;) {
        const batch = this.isStopped ? [] : await shelf.take(this.most).catch(() => []);
        if (!batch.length) break;
        if (!(await this.send(shelf, batch))) return;
      }
    }
  }

  private async send(shelf: Shelf, batch: ChangeRow[]): Promise<boolean> {
    const { assessment } = batch[0];
    let answer: Response;
    let told: { results: Result[]; now: number } | undefined;
    try {
      answer = await this.post(assessment, batch);
      if (answer.ok) told = (await answer.json()) as { results: Result[]; now: number };
    } catch {
      return this.later("offline");
    }
    if (FINAL.includes(answer.status)) return this.refused(shelf, batch);
    if (!told) return this.later(answer.type === "opaqueredirect" || answer.status === 403 ? "signed_out" : "trouble");
    if (!Array.isArray(told.results) || !told.results.length) return this.later("trouble");
    await this.settle(shelf, assessment, told.results, told.now);
    this.wait = FIRST_WAIT;
    this.most = LARGEST_BATCH;
    return true;
  }

  private async settle(shelf: Shelf, assessment: string, results: Result[], now: number): Promise<void> {
    await shelf.edit(results.map((result) => [assessment, result.code, settling(result, now)]));
    this.line = "online";
    this.tell({ assessment, results });
  }

  private post(assessment: string, batch: ChangeRow[]): Promise<Response> {
    const changes = batch.map(({ change_id, code, entry, based_on, made_at }) => ({ change_id, code, entry, based_on, made_at }));
    const body = JSON.stringify({ user: this.user, changes });
    const abort = new AbortController();
    window.setTimeout(() => abort.abort(), PATIENCE);
    return fetch(this.address(assessment), {
      method: "POST",
      body,
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      redirect: "manual",
      keepalive: body.length < LARGEST_KEEPALIVE,
      signal: abort.signal,
    });
  }

  /** A batch that is refused as a whole is sent in halves, until the one that cannot be changed is alone. */
  private async refused(shelf: Shelf, batch: ChangeRow[]): Promise<boolean> {
    if (batch.length > 1) {
      this.most = Math.ceil(batch.length / 2);
      return true;
    }
    const [{ assessment, code, change_id, based_on }] = batch;
    await this.settle(shelf, assessment, [{ state: "locked", version: based_on, code, change_id }], 0);
    return true;
  }

  /** Tried again by itself, later each time and never together with everybody else. */
  private later(line: Line): false {
    this.line = line;
    this.tell();
    this.kick(this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(2 * this.wait, LONGEST_WAIT);
    return false;
  }

  retryNow(): void {
    this.wait = FIRST_WAIT;
    this.kick();
  }
}
