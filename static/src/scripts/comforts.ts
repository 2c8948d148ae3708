// What makes a section quicker: last year's answer in one tap, clearing, saying that a figure is right, and the way on
// by keyboard. Each button works as a plain form too; here it changes the inputs, and the page's own saving does the rest.
import { writeInputs } from "./filling/inputs";
import { Block, type Inputs, part, type Reply, token } from "./filling/page";

const offers = JSON.parse(document.getElementById("section-offers")?.textContent ?? "{}") as Record<string, Inputs>;
const blocks = [...document.querySelectorAll<HTMLElement>("[data-question]")].map((element) => new Block(element));

/** As if somebody had typed it: whoever saves answers hears of it. */
function announce(block: Block): void {
  const input = block.named()[0] ?? block.find<HTMLInputElement>("[data-column]") ?? block.named(".na")[0];
  input?.dispatchEvent(new Event("input", { bubbles: true }));
  input?.dispatchEvent(new Event("change", { bubbles: true }));
}

function toggleButtons(block: Block, isTaken = false): void {
  const clear = block.find<HTMLElement>("[data-clear]");
  if (clear) clear.hidden = !block.named().some((input) => input.checked);
  const take = block.find<HTMLElement>("[data-take]");
  if (take) take.hidden = isTaken;
}

function takeOver(block: Block): void {
  const offer = offers[block.code];
  if (!offer) return;
  writeInputs(block, offer);
  announce(block);
  toggleButtons(block, true);
  focusOn(block);
}

function clear(block: Block): void {
  for (const input of block.named()) input.checked = false;
  announce(block);
  toggleButtons(block);
  focusOn(block);
}

/** The button that was pressed is gone: the keyboard goes on from the answer. */
function focusOn(block: Block): void {
  const inputs = [...block.named(), ...block.all<HTMLInputElement>("[data-column]"), ...block.named(".na")];
  const seen = inputs.filter((input) => input.offsetParent);
  (seen.find((input) => input.checked) ?? seen[0])?.focus({ preventScroll: true });
}

async function confirmRight(block: Block, button: HTMLButtonElement): Promise<void> {
  try {
    const answer = await fetch(button.dataset.confirmUrl ?? "", {
      method: "POST",
      headers: { "X-CSRFToken": token() },
      redirect: "manual",
    });
    if (!answer.ok) return;
  } catch {
    return;
  }
  drawChecks(block, []);
  const note = block.find<HTMLElement>("[data-confirmed]");
  if (note) note.hidden = false;
}

function drawChecks(block: Block, texts: string[]): void {
  const place = block.find<HTMLElement>("[data-checks]");
  if (!place) return;
  place.hidden = texts.length === 0;
  block.find("[data-checks-texts]")?.replaceChildren(...texts.map((text) => part("p", text)));
}

function listen(block: Block): void {
  toggleButtons(block, block.find<HTMLElement>("[data-take]")?.hidden);
  block.element.addEventListener("input", () => toggleButtons(block));
  block.element.addEventListener("answersaved", (event) => {
    drawChecks(block, (event as CustomEvent<Reply>).detail.checks ?? []);
    const note = block.find<HTMLElement>("[data-confirmed]");
    if (note) note.hidden = true;
  });
  block.element.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLButtonElement>("[data-take], [data-clear], [data-confirm-url]");
    if (!button) return;
    event.preventDefault();
    if ("take" in button.dataset) takeOver(block);
    else if ("clear" in button.dataset) clear(block);
    else void confirmRight(block, button);
  });
}

function isOpen(block: Block): boolean {
  return !block.element.hidden && !("answered" in block.element.dataset) && !("locked" in block.element.dataset);
}

/** From where the keyboard is, else from what is in sight. */
function here(): number {
  const focused = blocks.findIndex((block) => block.element.contains(document.activeElement));
  if (focused >= 0) return focused;
  const above = blocks.filter((block) => !block.element.hidden && block.element.getBoundingClientRect().top < 0);
  return above.length ? blocks.indexOf(above[above.length - 1]) : -1;
}

function goTo(block: Block): void {
  block.element.scrollIntoView({ block: "start" });
  focusOn(block);
  if (!block.element.contains(document.activeElement)) {
    block.element.tabIndex = -1;
    block.element.focus({ preventScroll: true });
  }
}

/** On this page, else in the other sections by the link, which knows the way. */
function toNextOpen(): void {
  const next = blocks.slice(here() + 1).find(isOpen);
  if (next) return goTo(next);
  document.querySelector<HTMLAnchorElement>("[data-next-open]")?.click();
}

function toOpenBefore(): void {
  const current = here();
  const before = blocks.slice(0, current < 0 ? 0 : current).reverse().find(isOpen);
  if (before) goTo(before);
}

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  if (event.key === "ArrowDown") toNextOpen();
  else toOpenBefore();
});

// A link in the page leads on by itself where nothing on this page is open below.
document.querySelector("[data-next-open]")?.addEventListener("click", (event) => {
  const next = blocks.slice(here() + 1).find(isOpen);
  if (!next) return;
  event.preventDefault();
  goTo(next);
});

for (const block of blocks) if (!block.isLocked) listen(block);
