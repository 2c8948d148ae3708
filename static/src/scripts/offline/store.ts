// The browser's database: what stands in the answers, what waits to be sent, and whose it is.
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";

export const NAME = "alliance-portal";
export const VERSION = 1;

/** One change of one answer, in the order in which it was made; `id` is that order, never a clock. */
export interface ChangeRow {
  id?: number;
  /** Made here and kept however often the change is sent, so that the server applies it once. */
  change_id: string;
  assessment: string;
  code: string;
  entry: { value: unknown; is_na: boolean; na_reason: string };
  based_on: number;
  /** When, by this device's clock, which may be wrong: shown, never used. */
  made_at: string;
  /** Sent at least once: it may have arrived, so it is neither changed nor dropped. */
  was_tried?: boolean;
  state?: string;
  [more: string]: unknown;
}

/** What stands at a question on this device. */
export interface AnswerRow {
  assessment: string;
  code: string;
  entry: ChangeRow["entry"];
  version: number;
  [more: string]: unknown;
}

/** A document that waits to be uploaded. */
export interface FileRow {
  id: string;
  assessment: string;
  code: string;
  name: string;
  blob: Blob;
  [more: string]: unknown;
}

export interface MetaRow {
  key: string;
  value: unknown;
}

interface Schema extends DBSchema {
  changes: { key: number; value: ChangeRow; indexes: { assessment: string; question: [string, string] } };
  answers: { key: [string, string]; value: AnswerRow };
  files: { key: string; value: FileRow; indexes: { assessment: string } };
  meta: { key: string; value: MetaRow };
}

export type Database = IDBPDatabase<Schema>;

/** What each version of the schema adds to the one before; a step that was published never changes. */
const STEPS: ((database: Database) => void)[] = [
  (database) => {
    const changes = database.createObjectStore("changes", { keyPath: "id", autoIncrement: true });
    changes.createIndex("assessment", "assessment");
    changes.createIndex("question", ["assessment", "code"]);
    database.createObjectStore("answers", { keyPath: ["assessment", "code"] });
    database.createObjectStore("files", { keyPath: "id" }).createIndex("assessment", "assessment");
    database.createObjectStore("meta", { keyPath: "key" });
  },
];

let opened: Promise<Database> | undefined;

/** The database, opened once; it lets go when another page brings a newer schema, and is opened anew when asked again. */
export function openStore(): Promise<Database> {
  opened ??= openDB<Schema>(NAME, VERSION, {
    upgrade(database, from) {
      for (const step of STEPS.slice(from)) step(database);
    },
    blocking(_current, _wanted, event) {
      opened = undefined;
      (event.target as IDBDatabase).close();
    },
    terminated() {
      opened = undefined;
    },
  }).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

/** Leaves nothing behind: emptied first, because another tab may keep the database itself open for a while. */
export async function wipeStore(): Promise<void> {
  const database = await openStore().catch(() => undefined);
  if (database) {
    const names = [...database.objectStoreNames];
    const work = database.transaction(names, "readwrite");
    await Promise.all(names.map((name) => work.objectStore(name).clear()));
    await work.done;
  }
  opened = undefined;
  database?.close();
  await deleteDB(NAME);
}
