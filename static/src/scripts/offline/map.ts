// The map of sections, with what only this phone knows: where somebody still has to choose between two answers.
import { part } from "../filling/page";
import { client, known } from "./client";

export async function markChoices(): Promise<void> {
  const conflicts = (await client.changes()).filter((row) => row.state === "conflict");
  const pages = new Set(conflicts.map((row) => known.question.replace("ASSESSMENT", row.assessment).replace("SECTION", String(row.section))));
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
