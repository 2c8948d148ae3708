// Files that wait on this phone, and their sending: one after the other, in one tab at a time, until all are saved.
import { client } from "../offline/client";
import { type Database, openStore } from "../offline/store";
import { type FileState, forget, type Outcome, upload, type Waiting } from "./evidence_upload";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60_000;
const PENDING: FileState[] = ["waiting", "uploading", "signed_out"];

export interface News extends Outcome {
  id: string;
  part?: number;
}

/** Where the browser keeps nothing (a private window, a full phone), files wait in this page alone. */
const kept = new Map<string, Waiting>();
const listeners = new Set<(news: News) => void>();
const stops = new Map<string, AbortController>();
const otherTabs = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("alliance-evidence");
let wait = FIRST_WAIT;
let timer = 0;
let running: Promise<void> | undefined;
let isWanted = false;

/** Another person's files, which a shared phone may hold, are neither shown nor sent. */
async function store(): Promise<Database | undefined> {
  await client.ready;
  return client.isOurs ? openStore().catch(() => undefined) : undefined;
}

export function listen(hear: (news: News) => void): void {
  listeners.add(hear);
}

function tell(news: News): void {
  for (const hear of listeners) hear(news);
  otherTabs?.postMessage(news);
}

otherTabs?.addEventListener("message", (event: MessageEvent<News>) => {
  if (event.data.state === "gone") stops.get(event.data.id)?.abort();
  for (const hear of listeners) hear(event.data);
});

export async function waiting(): Promise<Waiting[]> {
  const rows = ((await (await store())?.getAll("files")) ?? []) as Waiting[];
  return [...rows, ...kept.values()].sort((one, other) => one.order - other.order);
}

export function leavesWithPage(): boolean {
  return kept.size > 0;
}

/** False where the file could only be kept until the page is left. */
export async function enqueue(row: Waiting): Promise<boolean> {
  const isKept = await store()
    .then((database) => database?.put("files", row))
    .then(Boolean, () => false);
  if (!isKept) kept.set(row.id, row);
  client.filesChanged();
  void wake();
  return isKept;
}

export async function cancel(row: Waiting): Promise<void> {
  stops.get(row.id)?.abort();
  await drop(row.id);
  forget(row);
  tell({ id: row.id, state: "gone" });
}

export async function tryAgain(row: Waiting): Promise<void> {
  await note({ ...row, state: "waiting", problem: undefined });
  tell({ id: row.id, state: "waiting" });
  void wake();
}

async function drop(id: string): Promise<void> {
  kept.delete(id);
  await (await store())?.delete("files", id);
  client.filesChanged();
}

/** Only where the file still waits: it may have been cancelled meanwhile, here or in another tab. */
async function note(row: Waiting): Promise<void> {
  if (kept.has(row.id)) return void kept.set(row.id, row);
  const database = await store();
  if (!database) return;
  const change = database.transaction("files", "readwrite");
  if (await change.store.get(row.id)) await change.store.put(row);
  await change.done;
}

/** Sends now what waits, until it is sent or cannot be; called at every sign that the line may be back. */
export function wake(): Promise<void> {
  window.clearTimeout(timer);
  isWanted = true;
  running ??= run().finally(() => (running = undefined));
  return running;
}

async function run(): Promise<void> {
  let isAllSent = true;
  while (isWanted) {
    isWanted = false;
    isAllSent = await alone(round).catch(() => false);
  }
  if (isAllSent) wait = FIRST_WAIT;
  else {
    timer = window.setTimeout(() => void wake(), wait);
    wait = Math.min(2 * wait, LONGEST_WAIT);
  }
}

/** Two tabs do not send the same file. */
async function alone(work: () => Promise<boolean>): Promise<boolean> {
  return navigator.locks ? navigator.locks.request("alliance-evidence", work) : work();
}

async function round(): Promise<boolean> {
  let isAllSent = true;
  for (const row of await waiting()) {
    if (!PENDING.includes(row.state ?? "waiting") || !(await isStillWaiting(row.id))) continue;
    const result = await send(row);
    if (PENDING.includes(result.state)) isAllSent = false;
    if (result.isOffline) break;
  }
  return isAllSent;
}

async function isStillWaiting(id: string): Promise<boolean> {
  return kept.has(id) || (await (await store())?.getKey("files", id)) !== undefined;
}

async function send(row: Waiting): Promise<Outcome> {
  const stop = new AbortController();
  stops.set(row.id, stop);
  const result = await upload(row, stop.signal, (part) => tell({ id: row.id, state: "uploading", part }));
  stops.delete(row.id);
  if (stop.signal.aborted) return { state: "gone" };
  if (result.state === "saved" || result.state === "gone") await drop(row.id);
  else await note({ ...row, state: result.state, problem: result.problem });
  tell({ id: row.id, ...result });
  return result;
}

client.listen((notice) => {
  if (notice.wiped) for (const stop of stops.values()) stop.abort();
});
window.addEventListener("online", () => {
  wait = FIRST_WAIT;
  void wake();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") void wake();
});
