// The queue as the pages of this tab use it: one for all scripts of a page, in step with the other tabs.
import { discarding, type Kept, keepingMine, type Made, putting, rearming, takingTheirs } from "./rules";
import { type Line, Sender, type Told } from "./sender";
import { MemoryShelf, type Shelf, StoredShelf } from "./shelf";
import { type AnswerRow, type ChangeRow, openStore, wipeStore } from "./store";

export interface Known {
  user: string;
  language: string;
  sync: string;
  question: string;
  sign_in: string;
  sign_out: string;
  words: Record<string, string>;
}

export interface Notice {
  told?: Told;
  line?: Line;
  /** Something else was written: at this question, or anywhere. */
  kept?: [assessment: string, code: string];
  wiped?: boolean;
}

export const known = JSON.parse(document.getElementById("offline-data")?.textContent ?? "{}") as Known;

/** Where a kept change was written. */
export function sectionPage(row: ChangeRow): string {
  return known.question.replace("ASSESSMENT", row.assessment).replace("SECTION", String(row.section ?? ""));
}

class Client {
  /** False until it is sure that the data on this device is of who is signed in. */
  isOurs = false;
  isFull = false;
  readonly loose = new MemoryShelf();
  private readonly stored: Shelf = "indexedDB" in window ? new StoredShelf() : this.loose;
  private readonly channel = "BroadcastChannel" in window ? new BroadcastChannel("alliance-portal") : undefined;
  private readonly listeners: ((notice: Notice, isElsewhere: boolean) => void)[] = [];
  readonly sender = new Sender(
    () => (this.isOurs ? [this.loose, this.stored] : [this.loose]),
    known.user,
    (assessment) => known.sync.replace("ASSESSMENT", assessment),
    (told) => this.announce({ told, line: this.sender.line }),
  );
  private open: () => void = () => undefined;
  /** Resolved once pages may read what is kept. */
  readonly ready = new Promise<void>((resolve) => (this.open = resolve));

  constructor() {
    this.channel?.addEventListener("message", (event: MessageEvent<Notice>) => {
      if (event.data.line) this.sender.line = event.data.line;
      for (const listener of this.listeners) listener(event.data, true);
    });
  }

  begin(isOurs: boolean): void {
    this.isOurs = isOurs;
    this.open();
    if (isOurs) this.sender.kick();
  }

  listen(listener: (notice: Notice, isElsewhere: boolean) => void): void {
    this.listeners.push(listener);
  }

  /** Documents wait, or no longer do. */
  filesChanged(): void {
    for (const listener of this.listeners) listener({}, false);
  }

  private announce(notice: Notice): void {
    for (const listener of this.listeners) listener(notice, false);
    this.channel?.postMessage(notice);
  }

  private shelves(): Shelf[] {
    return this.isOurs ? [this.stored, this.loose] : [this.loose];
  }

  /** Whether it will still be there when the page is gone. */
  async put(made: Made): Promise<boolean> {
    await this.ready;
    let isKept = this.isOurs && this.stored !== this.loose;
    const step: [string, string, ReturnType<typeof putting>] = [made.assessment, made.code, putting(made)];
    if (isKept) {
      try {
        await this.stored.edit([step]);
        this.isFull = false;
        await this.loose.edit([[made.assessment, made.code, discarding]]);
      } catch {
        isKept = false;
        this.isFull = true;
      }
    }
    if (!isKept) await this.loose.edit([step]);
    this.announce({ kept: [made.assessment, made.code] });
    return isKept;
  }

  async question(assessment: string, code: string): Promise<Kept> {
    await this.ready;
    const found = await this.loose.question(assessment, code);
    if (found.changes.length || !this.isOurs) return found;
    return this.stored.question(assessment, code).catch(() => found);
  }

  private async each(assessment: string, code: string, rule: Parameters<Shelf["edit"]>[0][0][2]): Promise<void> {
    for (const shelf of this.shelves()) await shelf.edit([[assessment, code, rule]]).catch(() => undefined);
    this.announce({ kept: [assessment, code] });
    this.sender.retryNow();
  }

  keepMine(assessment: string, code: string): Promise<void> {
    return this.each(assessment, code, keepingMine);
  }

  takeTheirs(assessment: string, code: string, entry: ChangeRow["entry"], fields: [string, string][], now: number): Promise<void> {
    return this.each(assessment, code, takingTheirs(entry, fields, now));
  }

  discard(assessment: string, code: string): Promise<void> {
    return this.each(assessment, code, discarding);
  }

  rearm(assessment: string, code: string): Promise<void> {
    return this.each(assessment, code, rearming);
  }

  async changes(): Promise<ChangeRow[]> {
    const all = await Promise.all(this.shelves().map((shelf) => shelf.changes().catch(() => [])));
    return all.flat();
  }

  async answers(assessment: string): Promise<AnswerRow[]> {
    await this.ready;
    const all = await Promise.all(this.shelves().map((shelf) => shelf.answers(assessment).catch(() => [])));
    return all.flat();
  }

  /** Answers and documents that are only on this device, whoever wrote them. */
  async unsent(): Promise<{ answers: number; files: number }> {
    const looseRows = await this.loose.changes();
    try {
      const database = await openStore();
      return { answers: looseRows.length + (await database.count("changes")), files: await database.count("files") };
    } catch {
      return { answers: looseRows.length, files: 0 };
    }
  }

  /** Nothing of anybody is left on this device; other tabs let go too. */
  async forget(): Promise<void> {
    this.sender.stop();
    this.isOurs = false;
    this.announce({ wiped: true });
    navigator.serviceWorker?.controller?.postMessage({ type: "forget" });
    await Promise.race([wipeStore().catch(() => undefined), new Promise((resolve) => window.setTimeout(resolve, 3000))]);
    if ("caches" in window) for (const name of await caches.keys()) await caches.delete(name);
  }
}

export const client = new Client();
