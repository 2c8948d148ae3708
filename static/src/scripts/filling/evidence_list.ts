// Drawing documents: those that wait, with their progress, and those that are saved, as the server's page draws them.
import type { FileState, Stored, Waiting } from "./evidence_upload";
import { part } from "./page";

type Words = Record<string, string>;

export interface Row {
  readonly waiting: Waiting;
  readonly element: HTMLElement;
  state(state: FileState, part: number, problem?: string): void;
  remove(): void;
}

/** `about`: what it is about, for those who cannot see it standing beside the button. */
function button(label: string, pressed?: () => void, about = ""): HTMLButtonElement {
  const made = part("button", label, "btn btn-link") as HTMLButtonElement;
  made.type = pressed ? "button" : "submit";
  if (pressed) made.addEventListener("click", pressed);
  if (about) made.append(part("span", ` ${about}`, "visually-hidden"));
  return made;
}

function picture(url: string): HTMLImageElement {
  const image = part("img", "", "file-picture") as HTMLImageElement;
  Object.assign(image, { src: url, alt: "", width: 64, height: 64, loading: "lazy" });
  return image;
}

export function drawWaiting(waiting: Waiting, words: Words, cancel: () => void, again: () => void): Row {
  const element = part("li", "", "file-waiting");
  const image = waiting.blob.type.startsWith("image/") ? picture(URL.createObjectURL(waiting.blob)) : undefined;
  const line = part("span", "", "saved-state");
  const bar = part("progress") as HTMLProgressElement;
  bar.max = 1;
  bar.setAttribute("aria-label", waiting.name);
  const facts = part("div", "", "file-facts");
  facts.append(part("span", waiting.name, "file-name"), line, bar);
  const repeat = button(words.file_again, again);
  if (image) element.append(image);
  element.append(facts, repeat, button(words.file_cancel, cancel, waiting.name));
  return {
    waiting,
    element,
    state(state, done, problem) {
      line.dataset.state = state === "uploading" ? "saving" : state === "refused" ? "locked" : state;
      line.textContent = problem || stateText(state, done, words);
      bar.value = done;
      bar.hidden = state !== "uploading";
      repeat.hidden = state !== "refused" && state !== "locked";
    },
    remove() {
      element.remove();
      if (image) URL.revokeObjectURL(image.src);
    },
  };
}

function stateText(state: FileState, done: number, words: Words): string {
  if (state === "refused") return words.file_failed;
  const percents = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
  return (words[`file_${state}`] ?? "").replace("%(percent)s", percents.format(done));
}

export function drawStored(stored: Stored, words: Words): HTMLElement {
  const row = part("li");
  const link = part("a") as HTMLAnchorElement;
  link.href = stored.url;
  if (stored.picture) link.append(picture(stored.picture));
  link.append(part("span", stored.name));
  const remove = button(words.file_remove, undefined, stored.name);
  Object.assign(remove, { name: "remove", value: stored.id });
  remove.dataset.remove = stored.remove;
  row.append(link, " ", part("span", stored.size, "muted small"), remove);
  return row;
}

export function showRemoved(name: string, words: Words, undo: () => void): HTMLElement {
  const row = part("li", "", "file-removed");
  row.append(part("span", words.file_removed.replace("%(name)s", name), "muted"), button(words.file_undo, undo));
  return row;
}
