// Where a queue is kept: in the browser's database, or in memory where there is none.
import type { Kept, Rule } from "./rules";
import { nextBatch } from "./rules";
import { type AnswerRow, type ChangeRow, openStore } from "./store";

export interface Shelf {
  /** Each rule sees and changes the rows of its question; all of it is written, or nothing. */
  edit(steps: [assessment: string, code: string, rule: Rule][]): Promise<void>;
  question(assessment: string, code: string): Promise<Kept>;
  changes(): Promise<ChangeRow[]>;
  answers(assessment: string): Promise<AnswerRow[]>;
  /** The next to send, marked: from now on they may have arrived. */
  take(most: number): Promise<ChangeRow[]>;
}

export class StoredShelf implements Shelf {
  async edit(steps: [string, string, Rule][]): Promise<void> {
    const database = await openStore();
    const work = database.transaction(["changes", "answers"], "readwrite");
    const [changes, answers] = [work.objectStore("changes"), work.objectStore("answers")];
    try {
      for (const [assessment, code, rule] of steps) {
        const kept = { changes: await changes.index("question").getAll([assessment, code]), answer: await answers.get([assessment, code]) };
        const edit = rule(kept);
        for (const id of edit.drop ?? []) await changes.delete(id);
        for (const row of edit.put ?? []) await changes.put(row);
        if (edit.answer === null) await answers.delete([assessment, code]);
        else if (edit.answer) await answers.put(edit.answer);
      }
    } catch (error) {
      work.done.catch(() => undefined);
      try {
        work.abort();
      } catch {
        // It has ended by itself.
      }
      throw error;
    }
    await work.done;
  }

  async question(assessment: string, code: string): Promise<Kept> {
    const database = await openStore();
    const changes = await database.getAllFromIndex("changes", "question", [assessment, code]);
    return { changes, answer: await database.get("answers", [assessment, code]) };
  }

  async changes(): Promise<ChangeRow[]> {
    return (await openStore()).getAll("changes");
  }

  async answers(assessment: string): Promise<AnswerRow[]> {
    return (await openStore()).getAll("answers", IDBKeyRange.bound([assessment, ""], [assessment, "\uffff"]));
  }

  async take(most: number): Promise<ChangeRow[]> {
    const work = (await openStore()).transaction("changes", "readwrite");
    const batch = nextBatch(await work.store.getAll(), most);
    for (const row of batch) if (!row.was_tried) await work.store.put({ ...row, was_tried: true });
    await work.done;
    return batch;
  }
}

/** The twin in memory: for browsers without a database, and for what a full phone does not take. */
export class MemoryShelf implements Shelf {
  private rows: ChangeRow[] = [];
  private standing = new Map<string, AnswerRow>();
  private count = 0;

  get isHolding(): boolean {
    return this.rows.length > 0;
  }

  async edit(steps: [string, string, Rule][]): Promise<void> {
    for (const [assessment, code, rule] of steps) {
      const { drop = [], put = [], answer } = rule(this.kept(assessment, code));
      this.rows = this.rows.filter((row) => !drop.includes(row.id as number));
      for (const row of put) this.put(row);
      if (answer === null) this.standing.delete(`${assessment} ${code}`);
      else if (answer) this.standing.set(`${assessment} ${code}`, answer);
    }
  }

  private put(row: ChangeRow): void {
    const known = this.rows.findIndex((one) => one.id === row.id);
    if (row.id !== undefined && known >= 0) this.rows[known] = row;
    else this.rows.push({ ...row, id: ++this.count });
  }

  private kept(assessment: string, code: string): Kept {
    const changes = this.rows.filter((row) => row.assessment === assessment && row.code === code);
    return { changes, answer: this.standing.get(`${assessment} ${code}`) };
  }

  async question(assessment: string, code: string): Promise<Kept> {
    return this.kept(assessment, code);
  }

  async changes(): Promise<ChangeRow[]> {
    return [...this.rows];
  }

  async answers(assessment: string): Promise<AnswerRow[]> {
    return [...this.standing.values()].filter((row) => row.assessment === assessment);
  }

  async take(most: number): Promise<ChangeRow[]> {
    const batch = nextBatch(this.rows, most);
    for (const row of batch) this.put({ ...row, was_tried: true });
    return batch;
  }
}
