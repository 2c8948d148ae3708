// A section page: each answer saves by itself, and what is asked follows the answers at once.
import { takeFiles } from "./filling/evidence";
import { watch } from "./filling/figures";
import { readEntry, valueAtOnce, writeInputs } from "./filling/inputs";
import { Block, type Entry, type PageData, type Reply } from "./filling/page";
import { markAnswered, showProgress } from "./filling/progress";
import { Outbox, type State } from "./filling/saving";
import { Skipping } from "./filling/skipping";
import { clearConflict, drawConflict, drawProblems, drawState, drawUnderstood } from "./filling/states";
import { Table } from "./filling/tables";

const TYPING_PAUSE = 700;
const LONGEST_FLUSH = 5000;

const form = document.querySelector<HTMLFormElement>("[data-filling]");
const data = JSON.parse(document.getElementById("section-data")?.textContent ?? "{}") as PageData;
const blocks = [...document.querySelectorAll<HTMLElement>("[data-question]")].map((element) => new Block(element));
const skipping = new Skipping(data, blocks);
const outboxes = new Map<Block, Outbox>();
const pauses = new Map<Block, number>();
// Where two answers wait for a choice: neither is thrown away by leaving.
const undecided = new Set<Block>();
let isSubmitting = false;

function react(block: Block, value: string | number | boolean | undefined): void {
  if (value !== undefined) skipping.set(block.code, value);
  showProgress(blocks);
}

function unsent(): Block | undefined {
  return blocks.find((block) => undecided.has(block) || pauses.has(block) || outboxes.get(block)?.isEmpty === false);
}

function save(block: Block): void {
  window.clearTimeout(pauses.get(block));
  pauses.delete(block);
  outboxes.get(block)?.put(readEntry(block));
}

function saveSoon(block: Block): void {
  // What is being typed is not saved yet, whatever was before.
  drawState(block, "saving", data.words);
  window.clearTimeout(pauses.get(block));
  pauses.set(block, window.setTimeout(() => save(block), TYPING_PAUSE));
}

function saveAllNow(): void {
  for (const block of [...pauses.keys()]) save(block);
  for (const outbox of outboxes.values()) outbox.retry();
}

function report(block: Block, state: State, reply?: Reply): void {
  drawState(block, state === "saved" && pauses.has(block) ? "saving" : state, data.words);
  if (!reply) return;
  if (state === "conflict") {
    undecided.add(block);
    return drawConflict(block, reply, data.words, (mine) => choose(block, reply, mine));
  }
  block.version = reply.version;
  // While a newer edit is on its way the page follows that one.
  if (state === "saved" && !pauses.has(block)) drawSaved(block, reply);
}

function drawSaved(block: Block, reply: Reply): void {
  const entry = readEntry(block);
  react(block, reply.value);
  drawProblems(block, problemsOf(block, entry, reply));
  drawUnderstood(block, reply, data.words);
  const hasValue = block.isTable ? Boolean(reply.has_value) : reply.value !== "";
  markAnswered(block, (hasValue || entry.is_na) && !block.find("[data-problems] p"));
  showProgress(blocks);
  block.element.dispatchEvent(new CustomEvent("answersaved", { detail: reply }));
}

function problemsOf(block: Block, entry: Entry, reply: Reply): string[] {
  if (entry.is_na) return entry.na_reason.trim() ? [] : [data.words.na_reason];
  const problems = reply.problems ?? [];
  const complaint = problems.length ? "" : skipping.complaint(block.code);
  return complaint ? [complaint] : problems;
}

function choose(block: Block, reply: Reply, mine: boolean): void {
  block.version = reply.version;
  undecided.delete(block);
  clearConflict(block);
  if (!mine && reply.inputs) writeInputs(block, reply.inputs);
  save(block);
}

function listen(block: Block): void {
  outboxes.set(block, new Outbox(block.saveUrl, () => block.version, (state, reply) => report(block, state, reply)));
  const answers = (event: Event): boolean => {
    const name = (event.target as HTMLInputElement).name ?? "";
    return name.startsWith(block.code) && !/\.(file|choose)$/.test(name);
  };
  block.element.addEventListener("input", (event) => {
    if (!answers(event)) return;
    if (/^(radio|checkbox)$/.test((event.target as HTMLInputElement).type)) save(block);
    else saveSoon(block);
    react(block, valueAtOnce(block, readEntry(block)));
  });
  block.element.addEventListener("change", (event) => {
    if (answers(event) && pauses.has(block)) save(block);
  });
  takeFiles(block, data.words, () => {
    markAnswered(block, "given" in block.element.dataset);
    showProgress(blocks);
  });
}

async function flushed(): Promise<boolean> {
  saveAllNow();
  const deadline = Date.now() + LONGEST_FLUSH;
  while (unsent() && !undecided.size && Date.now() < deadline) await new Promise((resolve) => window.setTimeout(resolve, 50));
  return !unsent();
}

function isReplying(): boolean {
  const replies = [...document.querySelectorAll<HTMLTextAreaElement>('[name^="reply."]')];
  return replies.some((reply) => reply.value.trim() !== "");
}

form?.addEventListener("submit", async (event) => {
  isSubmitting = !unsent();
  if (isSubmitting) return;
  event.preventDefault();
  if (await flushed()) form.requestSubmit(event.submitter as HTMLButtonElement);
  else unsent()?.element.scrollIntoView();
});
window.addEventListener("online", saveAllNow);
document.addEventListener("visibilitychange", saveAllNow);
window.addEventListener("beforeunload", (event) => {
  if (isSubmitting || !(unsent() || isReplying())) return;
  saveAllNow();
  event.preventDefault();
  event.returnValue = data.words.leave;
});

// A conflict of the plain form is decided by the plain form.
for (const block of blocks) {
  if (!block.saveUrl) continue;
  if (!block.named(".conflict").length) listen(block);
  if (block.isTable) new Table(block, data);
  watch(block, data, () => skipping.complaint(block.code));
}
