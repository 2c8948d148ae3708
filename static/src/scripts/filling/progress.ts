// How much of the section is done, counted again after each change as the server would count it.
import type { Block } from "./page";

/** Whether the answer that was just saved leaves nothing open at its question. */
export function markAnswered(block: Block, isComplete: boolean): void {
  block.element.toggleAttribute("data-given", isComplete);
  const hasFile = block.find("[data-files] li") !== null;
  const given = isComplete || (block.kind === "file" && hasFile);
  block.element.toggleAttribute("data-answered", given && (hasFile || !("needsFile" in block.element.dataset)));
}

export function showProgress(blocks: Block[]): void {
  const bar = document.querySelector<HTMLProgressElement>("[data-progress] progress");
  const words = document.querySelector("[data-progress] strong");
  if (!bar || !words) return;
  const asked = blocks.filter((block) => !block.element.hidden);
  bar.max = asked.length;
  bar.value = asked.filter((block) => "answered" in block.element.dataset).length;
  words.textContent = `${bar.value} / ${bar.max}`;
  for (const count of document.querySelectorAll<HTMLElement>("[data-progress] [data-count]")) {
    const alike = asked.filter((block) => block.element.dataset.importance === count.dataset.count);
    const done = alike.filter((block) => "answered" in block.element.dataset).length;
    const figures = count.querySelector("[data-count-figures]");
    if (figures) figures.textContent = `${done} / ${alike.length}`;
  }
  const inMap = document.querySelector("[data-section-progress]");
  if (inMap) inMap.textContent = words.textContent;
}
