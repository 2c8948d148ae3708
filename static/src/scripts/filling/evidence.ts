// Sending documents as soon as they are chosen, and listing them.
import { type Block, part, token } from "./page";

interface Added {
  name?: string;
  id?: string;
  url?: string;
  problem?: string;
}

export function takeFiles(block: Block, words: Record<string, string>, changed: () => void): void {
  const input = block.find<HTMLInputElement>("[data-upload]");
  input?.addEventListener("change", async () => {
    const files = [...(input.files ?? [])];
    // What is sent here is not sent again with the form.
    input.value = "";
    const problems: string[] = [];
    for (const file of files) {
      say(block, `${words.uploading} ${file.name}`);
      const added = await send(input.dataset.upload ?? "", file);
      if (added.id) list(block, added, words);
      else problems.push(`${file.name}: ${added.problem ?? words.upload_failed}`);
    }
    say(block, problems.join(" ") || words.saved);
    changed();
  });
}

function say(block: Block, text: string): void {
  const line = block.find<HTMLElement>("[data-upload-state]");
  if (line) line.textContent = text;
}

async function send(url: string, file: File): Promise<Added> {
  const body = new FormData();
  body.append("file", file);
  try {
    const answer = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token() }, redirect: "manual" });
    return answer.ok || answer.status === 400 || answer.status === 422 ? ((await answer.json()) as Added) : {};
  } catch {
    return {};
  }
}

function list(block: Block, added: Added, words: Record<string, string>): void {
  const known = block.all<HTMLButtonElement>("[name=remove]").some((button) => button.value === added.id);
  if (known) return;
  const link = part("a", added.name) as HTMLAnchorElement;
  link.href = added.url ?? "";
  const button = part("button", words.remove, "btn btn-link") as HTMLButtonElement;
  button.name = "remove";
  button.value = added.id ?? "";
  const row = part("li");
  row.append(link, button);
  block.find("[data-files]")?.append(row);
}
