// Drawing what became of an answer.
import { type Block, part, type Reply } from "./page";
import type { State } from "./saving";

type Words = Record<string, string>;

export function drawState(block: Block, state: State, words: Words): void {
  const line = block.find<HTMLElement>("[data-state]");
  if (!line) return;
  line.dataset.state = state;
  const isOdd = state === "saved" && block.element.classList.contains("has-problem");
  line.toggleAttribute("data-odd", isOdd);
  const told = words[isOdd ? "saved_odd" : state] ?? "";
  if (line.textContent !== told) line.textContent = told;
}

export function drawProblems(block: Block, problems: string[]): void {
  const place = block.find<HTMLElement>("[data-problems]");
  const drawn = problems.map((problem) => part("p", problem, "field-error"));
  place?.replaceChildren(...drawn);
  block.element.classList.toggle("has-problem", problems.length > 0);
  for (const input of block.named(""))
    if (!["radio", "checkbox"].includes(input.type)) input.setAttribute("aria-invalid", String(problems.length > 0));
}

export function drawUnderstood(block: Block, reply: Reply, words: Words): void {
  const line = block.find<HTMLElement>("[data-understood]");
  if (line) line.textContent = reply.understood ? `${words.understood} ${reply.understood}` : "";
  for (const [column, total] of Object.entries(reply.totals ?? {})) {
    const cell = block.find<HTMLElement>(`[data-total="${column}"]`);
    if (cell) cell.textContent = total;
  }
}

/** Both answers, and a button for each. */
export function drawConflict(block: Block, reply: Reply, words: Words, choose: (mine: boolean) => void): void {
  const source = words.theirs.replace("%(who)s", reply.who ?? "").replace("%(when)s", reply.when ?? "");
  const place = block.find<HTMLElement>("[data-conflict]");
  const button = (label: string, mine: boolean): HTMLElement => {
    const made = part("button", label, "btn") as HTMLButtonElement;
    made.type = "button";
    made.addEventListener("click", () => choose(mine));
    return made;
  };
  const actions = part("div", "", "d-flex flex-wrap gap-2");
  actions.append(button(words.keep_mine, true), button(words.take_theirs, false));
  place?.replaceChildren(
    part("strong", words.conflict),
    part("p", source, "choice-source"),
    part("p", reply.theirs || words.empty, "answer-shown"),
    part("p", words.mine, "choice-source"),
    part("p", reply.mine || words.empty, "answer-shown"),
    actions,
  );
  block.element.classList.add("has-conflict");
}

export function clearConflict(block: Block): void {
  block.find("[data-conflict]")?.replaceChildren();
  block.element.classList.remove("has-conflict");
}
