// A section page: each answer is kept at once and sent by itself, and what is asked follows the answers.
import { takeFiles } from "./filling/evidence";
import { watch } from "./filling/figures";
import { readEntry, valueAtOnce, writeInputs } from "./filling/inputs";
import { Block, type Entry, type PageData, type Reply } from "./filling/page";
import { markAnswered, showProgress } from "./filling/progress";
import { Keeper, type State } from "./filling/saving";
import { Skipping } from "./filling/skipping";
import { clearConflict, drawConflict, drawProblems, drawState, drawUnderstood } from "./filling/states";
import { Table } from "./filling/tables";
import { client, type Notice } from "./offline/client";
import { isNewer, readFields, sameFields, writeFields } from "./offline/overlay";
import type { Kept, Result } from "./offline/rules";
import type { AnswerRow } from "./offline/store";

const LONGEST_FLUSH = 2500;

const form = document.querySelector<HTMLFormElement>("[data-filling]");
const data = JSON.parse(document.getElementById("section-data")?.textContent ?? "{}") as PageData;
const blocks = [...document.querySelectorAll<HTMLElement>("[data-question]")].map((element) => new Block(element));
const skipping = new Skipping(data, blocks);
const keepers = new Map<string, Keeper>();
let isLeaving = false;

function react(block: Block, value: string | number | boolean | undefined): void {
  if (value !== undefined) skipping.set(block.code, value);
  showProgress(blocks);
}

function draw(block: Block, state: State): void {
  const isOut = state === "waiting" && client.sender.line === "signed_out";
  drawState(block, isOut ? "signed_out" : state, data.words);
}

/** Without an answer from the server the page itself says whether the question is answered. */
function guess(block: Block): void {
  const { value, is_na, na_reason } = readEntry(block);
  const hasValue = Array.isArray(value) || typeof value === "string" ? value.length > 0 : readFields(block).some(([, text]) => text !== "");
  markAnswered(block, is_na ? na_reason.trim() !== "" : hasValue && !skipping.complaint(block.code));
  showProgress(blocks);
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

/** Draws a question as it is kept, and with what the server has just said of it. */
async function refresh(block: Block, result?: Result, isElsewhere = false): Promise<void> {
  const keeper = keepers.get(block.code);
  if (!keeper) return;
  const kept = await client.question(data.assessment, block.code);
  if (keeper.isBusy) return;
  const last = kept.changes[kept.changes.length - 1];
  const isWritten = block.element.contains(document.activeElement);
  if (isElsewhere && kept.answer && !isWritten && !sameFields(block, kept.answer.fields as [string, string][])) overlay(block, kept.answer);
  if (last?.state === "conflict") return decide(block, last.reply as Reply);
  clearConflict(block);
  if (kept.answer && kept.answer.version > block.version) block.version = kept.answer.version;
  if (last) {
    if (client.sender.line !== "online") guess(block);
    return draw(block, last.state === "locked" ? "locked" : "waiting");
  }
  if (result?.state === "saved") drawSaved(block, result);
  if (result || block.find<HTMLElement>("[data-state]")?.dataset.state) draw(block, "saved");
}

function decide(block: Block, reply: Reply): void {
  draw(block, "conflict");
  drawConflict(block, reply, data.words, (mine) => void choose(block, reply, mine));
}

async function choose(block: Block, reply: Reply, mine: boolean): Promise<void> {
  block.version = reply.version;
  if (mine) return client.keepMine(data.assessment, block.code);
  if (reply.inputs) writeInputs(block, reply.inputs);
  react(block, reply.value);
  await client.takeTheirs(data.assessment, block.code, readEntry(block), readFields(block), data.now);
  draw(block, "saved");
}

function overlay(block: Block, row: AnswerRow): void {
  writeFields(block, row.fields as [string, string][]);
  react(block, row.value !== undefined && row.at !== undefined ? (row.value as string) : valueAtOnce(block, readEntry(block)));
}

/** A page that was kept, or is older than this phone's answers, is brought up to them: also where it only reads them. */
async function begin(): Promise<void> {
  const [rows, changes] = [await client.answers(data.assessment), await client.changes()];
  const byCode = new Map(blocks.map((block) => [block.code, block]));
  const waiting = new Set(changes.filter((row) => row.assessment === data.assessment).map((row) => row.code));
  for (const row of rows) {
    const block = byCode.get(row.code);
    const keeper = keepers.get(row.code);
    const isNews = waiting.has(row.code) || isNewer(row, block?.version ?? row.version, data.now);
    if (!isNews || keeper?.isBusy) continue;
    if (!block) {
      const value = row.at === undefined ? plain(row) : row.value;
      if (value !== undefined) data.values[row.code] = value as string;
    } else if (keeper) {
      overlay(block, row);
      guess(block);
      if (!waiting.has(row.code)) block.version = Math.max(block.version, row.version);
    }
  }
  skipping.show();
  for (const code of waiting) {
    const block = byCode.get(code);
    if (!block) continue;
    const { changes: own }: Kept = await client.question(data.assessment, code);
    if (own.some((row) => row.state === "locked")) await client.rearm(data.assessment, code);
    await refresh(block);
  }
  showProgress(blocks);
}

/** An answer of another section that is not sent yet, as conditions here see it, where that is plain to see. */
function plain({ entry }: AnswerRow): unknown {
  if (entry.is_na) return "";
  if (Array.isArray(entry.value)) return entry.value.join(" ");
  return typeof entry.value === "string" ? entry.value : undefined;
}

function listen(block: Block): void {
  const keeper = new Keeper(block, data.assessment, data.section, (state) => {
    if (state === "saving") return draw(block, state);
    if (state === "unkept") return draw(block, state);
    void refresh(block);
  });
  keepers.set(block.code, keeper);
  const answers = (event: Event): boolean => {
    const name = (event.target as HTMLInputElement).name ?? "";
    return name.startsWith(block.code) && !/\.(file|choose)$/.test(name);
  };
  block.element.addEventListener("input", (event) => {
    if (!answers(event)) return;
    keeper.put(!/^(radio|checkbox)$/.test((event.target as HTMLInputElement).type));
    react(block, valueAtOnce(block, readEntry(block)));
  });
  block.element.addEventListener("change", (event) => {
    if (answers(event)) client.sender.kick();
  });
  takeFiles(block, data.assessment, data.words, () => {
    markAnswered(block, "given" in block.element.dataset);
    showProgress(blocks);
  });
}

function heard({ told, kept, line }: Notice, isElsewhere: boolean): void {
  const results = told?.assessment === data.assessment ? told.results : [];
  for (const block of blocks) {
    const result = results.find((one) => one.code === block.code);
    const isTouched = kept?.[0] === data.assessment && kept[1] === block.code;
    if (result || (isTouched && (isElsewhere || !keepers.get(block.code)?.isBusy))) void refresh(block, result, isElsewhere);
    else if (line && block.find<HTMLElement>("[data-state]")?.dataset.state?.match(/waiting|signed_out/)) draw(block, "waiting");
  }
}

async function firstUndecided(): Promise<Block | undefined> {
  const rows = (await client.changes()).filter((row) => row.assessment === data.assessment && row.state === "conflict");
  return blocks.find((block) => rows.some((row) => row.code === block.code));
}

async function flushed(): Promise<void> {
  await Promise.all([...keepers.values()].map((keeper) => keeper.settled));
  await Promise.race([client.sender.run(), new Promise((resolve) => window.setTimeout(resolve, LONGEST_FLUSH))]);
}

function isReplying(): boolean {
  const replies = [...document.querySelectorAll<HTMLTextAreaElement>('[name^="reply."]')];
  return replies.some((reply) => reply.value.trim() !== "");
}

/** All answers are kept already: going on is only a step to the next page, which the phone may have, too. */
form?.addEventListener("submit", async (event) => {
  const submitter = event.submitter as HTMLButtonElement | null;
  if (isLeaving) return;
  event.preventDefault();
  await flushed();
  const undecided = await firstUndecided();
  if (undecided) return undecided.element.scrollIntoView();
  isLeaving = true;
  const next = submitter?.name === "next" ? form.dataset.next : undefined;
  if (next && !isReplying()) location.assign(next);
  else if (/^(remove|take|clear|right)$/.test(submitter?.name ?? "") || isReplying()) form.requestSubmit(submitter);
  else location.reload();
});
window.addEventListener("beforeunload", (event) => {
  const isUnkept = client.loose.isHolding || [...keepers.values()].some((keeper) => keeper.isBusy);
  if (isLeaving || !(isUnkept || isReplying())) return;
  event.preventDefault();
  event.returnValue = data.words.leave;
});

// A conflict of the plain form is decided by the plain form.
for (const block of blocks) {
  if (block.isLocked) continue;
  if (!block.named(".conflict").length) listen(block);
  if (block.isTable) new Table(block, data);
  watch(block, data, () => skipping.complaint(block.code));
}
client.listen(heard);
void begin();
