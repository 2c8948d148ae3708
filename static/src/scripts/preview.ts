// A section as a factory will see it: what is asked follows the answers, and nothing is saved.
import { readEntry, valueAtOnce } from "./filling/inputs";
import { Block, type PageData } from "./filling/page";
import { Skipping } from "./filling/skipping";
import { drawProblems } from "./filling/states";

const data = JSON.parse(document.getElementById("section-data")?.textContent ?? "{}") as PageData;
const blocks = [...document.querySelectorAll<HTMLElement>("[data-question]")].map((element) => new Block(element));
const skipping = new Skipping(data, blocks);

document.querySelector("[data-preview]")?.addEventListener("submit", (event) => event.preventDefault());
for (const block of blocks) {
  block.element.addEventListener("input", () => {
    const value = valueAtOnce(block, readEntry(block));
    if (value === undefined) return;
    skipping.set(block.code, value);
    const complaint = skipping.complaint(block.code);
    drawProblems(block, complaint ? [complaint] : []);
  });
}
