// One file on its way to the server, in pieces. Every request may be lost or arrive twice.
import type { FileRow } from "../offline/store";
import { token } from "./page";

const PIECE = 256 * 1024;
const LONGEST_REQUEST = 120_000;
/** A file that the server keeps finding different from what was said is not sent for ever. */
const MOST_REPEATS = 5;

export interface Stored {
  id: string;
  name: string;
  size: string;
  url: string;
  picture: string;
  remove: string;
  restore: string;
}

export interface Waiting extends FileRow {
  /** Where uploads of this assessment begin. */
  url: string;
  sha256: string;
  state?: FileState;
  problem?: string;
  order: number;
}

export type FileState = "waiting" | "uploading" | "signed_out" | "refused" | "locked" | "saved" | "gone";

export interface Outcome {
  state: FileState;
  stored?: Stored;
  problem?: string;
  /** Whether the line itself is down, so that other files need not be tried. */
  isOffline?: boolean;
}

interface Reply extends Partial<Stored> {
  state: string;
  offset?: number;
  problem?: string;
}

type Answer = { status: number; reply: Reply };

export async function upload(row: Waiting, signal: AbortSignal, progress: (part: number) => void): Promise<Outcome> {
  const here = `${row.url}${row.id}/`;
  let answer = await begin(row, signal);
  let repeats = 0;
  while (isReceiving(answer)) {
    const offset = answer.reply.offset ?? 0;
    progress(offset / row.blob.size);
    const isWhole = offset >= row.blob.size;
    answer = isWhole ? await ask(`${here}complete/`, "POST", signal) : await put(here, row.blob, offset, signal);
    if (answer.status === 409 && ++repeats > MOST_REPEATS) return { state: "waiting" };
  }
  return outcome(answer);
}

export function forget(row: Waiting): void {
  void ask(`${row.url}${row.id}/`, "DELETE");
}

function isReceiving(answer: Answer): boolean {
  return (answer.status === 200 || answer.status === 409) && answer.reply.state === "receiving";
}

function begin(row: Waiting, signal: AbortSignal): Promise<Answer> {
  const told = { id: row.id, question: row.code, name: row.name, size: row.blob.size, sha256: row.sha256 };
  return ask(row.url, "POST", signal, JSON.stringify(told), { "Content-Type": "application/json" });
}

function put(url: string, blob: Blob, offset: number, signal: AbortSignal): Promise<Answer> {
  const headers = { "Content-Type": "application/octet-stream", "Upload-Offset": String(offset) };
  return ask(url, "PUT", signal, blob.slice(offset, offset + PIECE), headers);
}

/** Status 0: no answer came. A redirect leads to the sign-in page. */
export async function ask(
  url: string,
  method: string,
  signal?: AbortSignal,
  body?: BodyInit,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const clock = new AbortController();
  const timer = window.setTimeout(() => clock.abort(), LONGEST_REQUEST);
  const stop = (): void => clock.abort();
  signal?.addEventListener("abort", stop);
  try {
    const sent = { ...headers, "X-CSRFToken": token() };
    const answer = await fetch(url, { method, body, headers: sent, redirect: "manual", signal: clock.signal });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    const reply = isJson ? ((await answer.json()) as Reply) : { state: "" };
    return { status: answer.type === "opaqueredirect" ? 403 : answer.status, reply };
  } catch {
    return { status: 0, reply: { state: "" } };
  } finally {
    window.clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

function outcome({ status, reply }: Answer): Outcome {
  if (status === 200 && reply.state === "saved") return { state: "saved", stored: reply as Stored };
  if (status === 200 && reply.state === "removed") return { state: "gone" };
  if (status === 403) return { state: "signed_out" };
  if (status === 423) return { state: "locked" };
  if ([400, 412, 413, 422].includes(status)) return { state: "refused", problem: reply.problem };
  return { state: "waiting", isOffline: status === 0 };
}
