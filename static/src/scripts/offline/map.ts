// The map of sections, with what only this phone knows: where somebody still has to choose between two answers.
import { part } from "../filling/page";
import { known, sectionPage } from "./client";
import type { ChangeRow } from "./store";

/** `rows`: all that this phone keeps to be sent or decided. */
export function markChoices(rows: ChangeRow[]): void {
  const pages = new Set(rows.filter((row) => row.state === "conflict").map(sectionPage));
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".section-map a")) {
    const facts = link.querySelector<HTMLElement>(".section-facts");
    const mark = facts?.querySelector("[data-choice]");
    if (!pages.has(link.pathname)) mark?.remove();
    else if (!mark) facts?.prepend(choice());
  }
}

function choice(): HTMLElement {
  const made = part("strong", `${known.words.is_conflict} `, "needs-choice");
  made.dataset.choice = "";
  return made;
}
