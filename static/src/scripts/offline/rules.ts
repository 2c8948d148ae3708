// What becomes of the changes of one question: pure rules, the same for every place where a queue is kept.
import type { Reply } from "../filling/page";
import type { AnswerRow, ChangeRow } from "./store";

/** The changes of one question in order, and what stands there. Never more than two: one on its way, one behind it. */
export interface Kept {
  changes: ChangeRow[];
  answer?: AnswerRow;
}

/** What a rule wants written; a change without an id is new. */
export interface Edit {
  put?: ChangeRow[];
  drop?: number[];
  answer?: AnswerRow | null;
}

export type Rule = (kept: Kept) => Edit;

/** An answer as somebody has just given it. */
export interface Made {
  assessment: string;
  code: string;
  section: string;
  label: string;
  /** The answer in words, for lists and choices. */
  shown: string;
  entry: ChangeRow["entry"];
  fields: [string, string][];
  based_on: number;
  made_at: string;
  /** The visit of a page on which it was written. */
  page: string;
}

export interface Result extends Reply {
  change_id: string;
  code: string;
}

export const LARGEST_BATCH = 200;
const LARGEST_BODY = 600_000;

export function newId(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Pages that do not come over HTTPS lack randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * A newer answer takes the place of one that was never sent. One that may have arrived goes first. A page may not know
 * yet that its own last answer has been saved: what it writes next stands on that answer all the same.
 */
export function putting(made: Made): Rule {
  return ({ changes, answer }) => {
    const last = changes[changes.length - 1];
    const { page, based_on: seen, ...rest } = made;
    const based_on = answer?.page === page ? Math.max(seen, answer.version) : seen;
    let row: ChangeRow;
    if (last?.state === "conflict") row = { ...last, ...rest, reply: { ...(last.reply as Reply), mine: made.shown } };
    else if (last && !last.was_tried && !last.state) row = { ...last, ...rest, change_id: newId() };
    else if (last && !last.state) row = { ...rest, based_on, change_id: newId() };
    else row = { ...rest, based_on, id: last?.id, change_id: newId() };
    if (row.id === undefined) delete row.id;
    const { assessment, code, entry, fields } = made;
    return { put: [row], answer: { assessment, code, entry, fields, page, version: answer?.version ?? based_on } };
  };
}

/** What the server said of one change; `now` is the server's time. */
export function settling(result: Result, now: number): Rule {
  return ({ changes, answer }) => {
    const place = changes.findIndex((row) => row.change_id === result.change_id);
    if (place < 0) return {};
    const sent = changes[place];
    const later = changes.slice(place + 1);
    if (result.state !== "saved") return holding(result, sent, later);
    const put = later.map((row) => ({ ...row, based_on: result.version }));
    const stands = answer && { ...answer, version: result.version };
    if (stands && !later.length) Object.assign(stands, { value: result.value, at: now });
    return { put, drop: [sent.id as number], answer: stands };
  };
}

/** The newest of ours waits for somebody to decide: nothing goes out behind it. */
function holding(result: Result, sent: ChangeRow, later: ChangeRow[]): Edit {
  const newest = later[later.length - 1] ?? sent;
  const others = [sent, ...later].filter((row) => row !== newest);
  const state = result.state === "conflict" ? "conflict" : "locked";
  const mine = newest === sent ? result.mine : (newest.shown as string);
  return { put: [{ ...newest, state, reply: { ...result, mine } }], drop: others.map((row) => row.id as number) };
}

/** Ours goes out again on top of theirs: a change like any other, also without a connection. */
export const keepingMine: Rule = ({ changes }) => {
  const row = changes.find((one) => one.state === "conflict");
  if (!row) return {};
  const { reply, state: _, ...rest } = row;
  return { put: [{ ...rest, based_on: (reply as Reply).version, change_id: newId(), was_tried: false }] };
};

export function takingTheirs(entry: ChangeRow["entry"], fields: [string, string][], now: number): Rule {
  return ({ changes }) => {
    const row = changes.find((one) => one.state === "conflict");
    if (!row) return {};
    const { version, value } = row.reply as Reply;
    const { assessment, code } = row;
    return { drop: [row.id as number], answer: { assessment, code, entry, fields, version, value, at: now } };
  };
}

/** What could not be changed is tried again where the page says that it can be. */
export const rearming: Rule = ({ changes }) => ({
  put: changes.filter((row) => row.state === "locked").map(({ state: _, reply: __, ...row }) => ({ ...row, was_tried: true })),
});

export const discarding: Rule = ({ changes }) => ({ drop: changes.map((row) => row.id as number), answer: null });

/** What goes out next: of one assessment, in order, one change a question; what waits for a decision stays. */
export function nextBatch(rows: ChangeRow[], most = LARGEST_BATCH): ChangeRow[] {
  const batch: ChangeRow[] = [];
  const codes = new Set<string>();
  let size = 0;
  for (const row of rows) {
    if (batch.length && row.assessment !== batch[0].assessment) continue;
    const question = `${row.assessment} ${row.code}`;
    if (codes.has(question)) continue;
    codes.add(question);
    if (row.state) continue;
    size += JSON.stringify(row.entry).length;
    if (batch.length && (batch.length >= most || size > LARGEST_BODY)) break;
    batch.push(row);
  }
  return batch;
}
