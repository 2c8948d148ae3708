// One line that says in plain words where the answers are, and a list of those that wait.
import { part } from "../filling/page";
import { client, known, sectionPage } from "./client";
import { markChoices } from "./map";
import { unsentInWords } from "./owner";
import type { ChangeRow } from "./store";

const AT_REST = 300;

export class LineBar {
  private readonly bar = document.querySelector<HTMLElement>("[data-line]");
  private readonly list = document.querySelector<HTMLDialogElement>("[data-waiting-list]");
  private timer = 0;
  private warning = "";

  constructor() {
    client.listen(() => this.soon());
    void client.ready.then(() => this.soon());
    this.part("[data-line-list]")?.addEventListener("click", () => void this.show());
    const signIn = this.part("[data-line-sign-in]") as HTMLAnchorElement | null;
    if (signIn) signIn.href = `${known.sign_in}?next=${encodeURIComponent(location.pathname)}`;
  }

  private part(selector: string): HTMLElement | null {
    return this.bar?.querySelector<HTMLElement>(selector) ?? null;
  }

  sayNearlyFull(): void {
    this.warning = known.words.nearly_full;
    this.soon();
  }

  offerNewVersion(reload: () => void): void {
    const button = this.part("[data-line-reload]") as HTMLButtonElement | null;
    if (!button) return;
    button.onclick = () => {
      button.disabled = true;
      reload();
    };
    button.hidden = false;
    this.soon();
  }

  /** While somebody types the line is not drawn for each letter. */
  private soon(): void {
    if (this.timer) return;
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      void this.draw();
    }, AT_REST);
  }

  private async draw(): Promise<void> {
    if (!this.bar) return;
    const rows = await client.changes();
    markChoices(rows);
    const files = client.isOurs ? (await client.unsent()).files : 0;
    const { line } = client.sender;
    const of = (state?: string): number => rows.filter((row) => row.state === state).length;
    const waits = unsentInWords({ answers: of(), files });
    const parts = [client.isFull ? known.words.full : this.warning, of("conflict") && amount("choose", of("conflict"))];
    if (of("locked")) parts.push(amount("locked", of("locked")));
    // What is on its way for a moment is no news.
    if (line !== "online" || this.bar.dataset.waits === String(rows.length)) parts.push(waits);
    this.bar.dataset.waits = String(rows.length);
    if (line !== "online") parts.push(known.words[line]);
    const text = parts.filter(Boolean).join(" · ");
    this.write(text, rows.length, line === "signed_out", of("conflict") + of("locked") > 0 || line === "signed_out" || client.isFull);
    if (waits && line === "online" && !text.includes(waits)) this.soon();
    if (this.list?.open) this.fill(rows);
  }

  private write(text: string, count: number, isSignedOut: boolean, isUrgent: boolean): void {
    if (!this.bar) return;
    const line = this.part("[data-line-text]");
    const wasShown = !this.bar.hidden;
    const offers = this.part("[data-line-reload]")?.hidden === false;
    const shown = text || (wasShown && !offers ? known.words.saved : "");
    if (line && line.textContent !== shown) line.textContent = shown;
    this.bar.hidden = !shown && !offers;
    this.bar.classList.toggle("is-urgent", isUrgent);
    this.bar.classList.toggle("is-saved", !text);
    const [list, signIn] = [this.part("[data-line-list]"), this.part("[data-line-sign-in]")];
    if (list) list.hidden = !count;
    if (signIn) signIn.hidden = !isSignedOut;
  }

  private async show(): Promise<void> {
    this.fill(await client.changes());
    this.list?.showModal();
  }

  private fill(rows: ChangeRow[]): void {
    this.list?.querySelector("[data-waiting-rows]")?.replaceChildren(...rows.map((row) => this.row(row)));
  }

  private row(row: ChangeRow): HTMLElement {
    const link = part("a", `${row.code} ${String(row.label ?? "")}`) as HTMLAnchorElement;
    link.href = `${sectionPage(row)}#q-${row.code.replace(/\./g, "-")}`;
    link.addEventListener("click", () => this.list?.close());
    const state = row.state === "conflict" || row.state === "locked" ? row.state : "waiting";
    const made = part("li", "", `list-group-item is-${state}`);
    made.append(link, part("p", String(row.shown || known.words.empty), "mb-0"), part("p", known.words[`is_${state}`], "muted small mb-0"));
    if (state === "locked") {
      const button = part("button", known.words.discard, "btn btn-link") as HTMLButtonElement;
      button.type = "button";
      button.addEventListener("click", () => void client.discard(row.assessment, row.code));
      made.append(button);
    }
    return made;
  }
}

function amount(name: string, count: number): string {
  return known.words[count === 1 ? `${name}_one` : `${name}_many`].replace("%(count)s", String(count));
}
