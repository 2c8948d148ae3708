// Keeping answers: on this phone at once, then in the portal. What stands in the page is never ahead of what is kept for long.
import { client } from "../offline/client";
import { readFields } from "../offline/overlay";
import { newId } from "../offline/rules";
import { readEntry } from "./inputs";
import type { Block, Entry } from "./page";

export type State = "saving" | "saved" | "waiting" | "unkept" | "conflict" | "locked" | "signed_out";

const TYPING_PAUSE = 700;
const PAGE = newId();

/** Writes one question's answers, one after the other; of those given meanwhile only the newest. */
export class Keeper {
  private isWriting = false;
  private isDirty = false;
  private idle: Promise<void> = Promise.resolve();

  constructor(
    readonly block: Block,
    private readonly assessment: string,
    private readonly section: string,
    private readonly report: (state: State) => void,
  ) {}

  /** Whether the page holds something newer than what is kept. */
  get isBusy(): boolean {
    return this.isWriting || this.isDirty;
  }

  get settled(): Promise<void> {
    return this.idle;
  }

  put(isTyping: boolean): void {
    this.isDirty = true;
    if (!this.isWriting) {
      this.report("saving");
      this.idle = this.write();
    }
    client.sender.kick(isTyping ? TYPING_PAUSE : 0, isTyping);
  }

  private async write(): Promise<void> {
    this.isWriting = true;
    let isKept = true;
    while (this.isDirty) {
      this.isDirty = false;
      isKept = await client.put(this.made());
    }
    this.isWriting = false;
    this.report(isKept ? "waiting" : "unkept");
  }

  private made(): Parameters<typeof client.put>[0] {
    const { block, assessment, section } = this;
    const entry = readEntry(block);
    return {
      assessment,
      section,
      code: block.code,
      label: block.find(".question-label")?.textContent?.trim() ?? "",
      shown: inWords(block, entry),
      entry,
      fields: readFields(block),
      based_on: block.version,
      made_at: new Date().toISOString(),
      page: PAGE,
    };
  }
}

/** An answer as its writer sees it on the page. */
function inWords(block: Block, entry: Entry): string {
  if (entry.is_na) return [block.find(".na summary, summary")?.textContent?.trim(), entry.na_reason].filter(Boolean).join(": ");
  if (block.isTable) return Object.values(entry.value as Record<string, string[]>).flat().filter(Boolean).join(" · ");
  const chosen = block.named().filter((input) => input.checked && /^(radio|checkbox)$/.test(input.type));
  if (chosen.length) return chosen.map((input) => input.closest("label")?.textContent?.trim() ?? input.value).join(" · ");
  return Array.isArray(entry.value) ? "" : String(entry.value ?? "");
}
