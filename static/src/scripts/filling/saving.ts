// Sending answers, one at a time for each question. What could not be sent is kept and tried again.
import { type Entry, type Reply, token } from "./page";

export type State = "saving" | "saved" | "waiting" | "conflict" | "locked" | "signed_out";

/** `change_id` stays the same however often a change is sent, so that the server applies it once. */
interface Change {
  entry: Entry;
  changeId: string;
  wasTried: boolean;
}

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

export class Outbox {
  private readonly queue: Change[] = [];
  private isSending = false;
  private wait = FIRST_WAIT;
  private timer = 0;

  constructor(
    private readonly url: string,
    private readonly seenVersion: () => number,
    private readonly report: (state: State, reply?: Reply) => void,
  ) {}

  get isEmpty(): boolean {
    return this.queue.length === 0;
  }

  /** A newer edit takes the place of one that was never sent. One that may have arrived goes first. */
  put(entry: Entry): void {
    const last = this.queue[this.queue.length - 1];
    if (last && !last.wasTried) this.queue.pop();
    this.queue.push({ entry, changeId: newId(), wasTried: false });
    this.report("saving");
    void this.send();
  }

  retry(): void {
    window.clearTimeout(this.timer);
    void this.send();
  }

  private async send(): Promise<void> {
    const change = this.queue[0];
    if (!change || this.isSending) return;
    this.isSending = true;
    change.wasTried = true;
    const state = await this.post(change);
    this.isSending = false;
    if (state === "waiting" || state === "signed_out") return this.later(state);
    this.wait = FIRST_WAIT;
    if (!this.isEmpty) void this.send();
  }

  private async post(change: Change): Promise<State> {
    const body = JSON.stringify({ ...change.entry, based_on: this.seenVersion(), change_id: change.changeId });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
    let reply: Reply | undefined;
    let state: State = "waiting";
    try {
      const answer = await fetch(this.url, { method: "POST", body, headers, redirect: "manual", keepalive: true });
      state = stateOf(answer);
      if (state === "saved" || state === "conflict") reply = (await answer.json()) as Reply;
    } catch {
      state = "waiting";
    }
    if (state === "saved") this.queue.shift();
    // The inputs hold what was last written: they are sent anew once somebody has chosen.
    if (state === "conflict" || state === "locked") this.queue.length = 0;
    this.report(state === "saved" && !this.isEmpty ? "saving" : state, reply);
    return state;
  }

  private later(state: State): void {
    this.report(state);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), this.wait);
    this.wait = Math.min(2 * this.wait, LONGEST_WAIT);
  }
}

function stateOf(answer: Response): State {
  if (answer.ok) return "saved";
  if (answer.status === 409) return "conflict";
  if (answer.type === "opaqueredirect" || answer.status === 403) return "signed_out";
  return [400, 404, 423].includes(answer.status) ? "locked" : "waiting";
}

function newId(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Pages that do not come over HTTPS lack randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
