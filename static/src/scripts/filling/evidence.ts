// Documents at a question: chosen, photographed or dropped; waiting on this phone; saved; removed and brought back.
import { newId } from "../offline/rules";
import { drawStored, drawWaiting, type Row, showRemoved } from "./evidence_list";
import { prepared, sha256 } from "./evidence_pictures";
import { cancel, enqueue, leavesWithPage, listen, type News, tryAgain, waiting, wake } from "./evidence_queue";
import { ask, type Stored, type Waiting } from "./evidence_upload";
import type { Block } from "./page";

type Words = Record<string, string>;

const places = new Map<string, Place>();
let isListening = false;
let lastOrder = 0;

export function takeFiles(block: Block, assessment: string, words: Words, changed: () => void): void {
  const input = block.find<HTMLInputElement>("[data-upload]");
  if (!block.find("[data-waiting-files]")) return;
  const place = new Place(block, assessment, words, changed, input?.dataset.upload ?? "");
  places.set(block.code, place);
  if (!isListening) begin(assessment, words);
}

/** Once a page: what waits is shown where it belongs, and sent, also what belongs to other pages. */
function begin(assessment: string, words: Words): void {
  isListening = true;
  listen((news) => places.forEach((place) => place.hear(news)));
  window.addEventListener("beforeunload", (event) => {
    if (!leavesWithPage()) return;
    event.preventDefault();
    event.returnValue = words.file_leave;
  });
  // The other questions of the page are taken up first.
  queueMicrotask(async () => {
    for (const row of await waiting()) if (row.assessment === assessment) places.get(row.code)?.show(row);
    void wake();
  });
}

class Place {
  private readonly rows = new Map<string, Row>();
  private readonly list: HTMLElement;
  private readonly queue: HTMLElement;
  private readonly most: number;
  private readonly largest: number;
  private work = Promise.resolve();

  constructor(
    private readonly block: Block,
    private readonly assessment: string,
    private readonly words: Words,
    private readonly changed: () => void,
    private readonly url: string,
  ) {
    this.list = block.find<HTMLElement>("[data-files]") as HTMLElement;
    this.queue = block.find<HTMLElement>("[data-waiting-files]") as HTMLElement;
    const box = block.find<HTMLElement>("[data-evidence]") as HTMLElement;
    box.classList.add("is-scripted");
    this.most = Number(box.dataset.mostFiles);
    this.largest = Number(box.dataset.mostBytes);
    for (const input of block.all<HTMLInputElement>("[data-evidence] input[type=file]")) this.listenTo(input);
    if (this.url) this.takeDrops(box);
    this.list.addEventListener("click", (event) => this.pressed(event));
  }

  private listenTo(input: HTMLInputElement): void {
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      // What is sent here is not sent again with the form.
      input.value = "";
      this.take(files);
    });
  }

  private takeDrops(box: HTMLElement): void {
    box.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      box.classList.add("is-aimed-at");
    });
    for (const name of ["dragleave", "drop"]) box.addEventListener(name, () => box.classList.remove("is-aimed-at"));
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      this.take([...(event.dataTransfer?.files ?? [])]);
    });
  }

  /** One after the other: a picture being scaled takes much of a small phone's memory. */
  private take(files: File[]): void {
    this.work = this.work.then(async () => {
      const problems: string[] = [];
      for (const file of files) {
        this.say(this.words.file_preparing);
        const problem = await this.add(file).catch(() => this.words.file_failed);
        if (problem) problems.push(`${file.name}: ${problem}`);
      }
      this.say(problems.join(" "), problems.length > 0);
    });
  }

  /** What stands in the way, or "". */
  private async add(chosen: File): Promise<string> {
    if (this.list.children.length + this.rows.size >= this.most) return this.words.file_too_many;
    const file = await prepared(chosen);
    const problem = this.problemOf(file);
    if (problem) return problem;
    const digest = await sha256(file);
    if (digest && [...this.rows.values()].some(({ waiting: { sha256: known } }) => known === digest)) return this.words.file_same;
    lastOrder = Math.max(Date.now(), lastOrder + 1);
    const facts = { assessment: this.assessment, code: this.block.code, name: file.name, url: this.url };
    const row: Waiting = { ...facts, id: newId(), blob: file, sha256: digest, state: "waiting", order: lastOrder };
    this.show(row);
    return (await enqueue(row)) ? "" : this.words.file_no_room;
  }

  private problemOf(file: File): string {
    if (/\.(heic|heif)$/i.test(file.name)) return this.words.file_heic;
    if (!/\.(pdf|jpe?g|png|webp|docx|xlsx|pptx)$/i.test(file.name)) return this.words.file_wrong_type;
    if (file.size === 0) return this.words.file_empty;
    return file.size > this.largest ? this.words.file_too_large : "";
  }

  show(waiting: Waiting): void {
    const row = drawWaiting(waiting, this.words, () => void cancel(waiting), () => void tryAgain(waiting));
    this.rows.set(waiting.id, row);
    this.queue.append(row.element);
    row.state(waiting.state === "uploading" ? "waiting" : (waiting.state ?? "waiting"), 0, waiting.problem);
  }

  hear(news: News): void {
    const row = this.rows.get(news.id);
    if (!row) return;
    if (news.state !== "saved" && news.state !== "gone") return row.state(news.state, news.part ?? 0, news.problem);
    this.rows.delete(news.id);
    row.remove();
    if (!news.stored) return;
    this.put(news.stored);
    this.say(this.words.file_saved);
  }

  private put(stored: Stored, instead?: Element): void {
    const known = this.block.all<HTMLButtonElement>("[name=remove]").some((button) => button.value === stored.id);
    const drawn = known ? undefined : drawStored(stored, this.words);
    if (instead) instead.replaceWith(...(drawn ? [drawn] : []));
    else if (drawn) this.list.append(drawn);
    this.changed();
  }

  private pressed(event: Event): void {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-remove]");
    if (!button) return;
    event.preventDefault();
    void this.remove(button);
  }

  private async remove(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    const answer = await ask(button.dataset.remove ?? "", "POST");
    button.disabled = false;
    if (answer.status !== 200) return this.say(this.whyNot(answer.status, answer.reply.problem), true);
    const stored = answer.reply as Stored;
    const line = button.closest("li");
    const gone = showRemoved(stored.name, this.words, () => void this.restore(stored, gone));
    // Outside the list of documents: what is removed no longer counts.
    line?.remove();
    this.queue.append(gone);
    gone.querySelector("button")?.focus();
    this.say("");
    this.changed();
  }

  private async restore(stored: Stored, line: Element): Promise<void> {
    const answer = await ask(stored.restore, "POST");
    if (answer.status !== 200) return this.say(this.whyNot(answer.status, answer.reply.problem), true);
    line.remove();
    this.put(answer.reply as Stored);
  }

  private whyNot(status: number, problem?: string): string {
    if (problem) return problem;
    return status === 423 ? this.words.locked : this.words.file_offline;
  }

  private say(text: string, isProblem = false): void {
    const line = this.block.find<HTMLElement>("[data-upload-state]");
    if (!line) return;
    line.textContent = text;
    line.classList.toggle("field-error", isProblem);
  }
}
