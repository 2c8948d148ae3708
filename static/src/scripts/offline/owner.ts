// Whose data this device holds. One person's is never shown to another, nor sent in another's name.
import { client, known } from "./client";
import { sendFiles } from "./files";
import { openStore } from "./store";

function counted(count: number, name: string): string {
  const words = known.words[count === 1 ? `${name}_one` : `${name}_many`] ?? "";
  return words.replace("%(count)s", String(count));
}

export function unsentInWords({ answers, files }: { answers: number; files: number }): string {
  return [answers ? counted(answers, "waiting") : "", files ? counted(files, "files") : ""].filter(Boolean).join(" · ");
}

/** The button that was pressed, or "" where the question was put away. */
async function ask(selector: string, count: string): Promise<string> {
  const dialog = document.querySelector<HTMLDialogElement>(selector);
  if (!dialog) return "";
  dialog.querySelectorAll("[data-count]").forEach((place) => (place.textContent = count));
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  return dialog.returnValue;
}

async function remember(): Promise<void> {
  await (await openStore()).put("meta", { key: "user", value: known.user });
}

/** Whether what is kept here is of who is signed in; what another person left is deleted, after a warning. */
export async function settleOwner(): Promise<boolean> {
  try {
    const owner = (await (await openStore()).get("meta", "user"))?.value;
    if (owner === known.user) return true;
    if (owner !== undefined) {
      const unsent = await client.unsent();
      if (unsent.answers || unsent.files) {
        const choice = await ask("[data-somebody-else]", unsentInWords(unsent));
        if (choice === "leave") leave();
        if (choice !== "delete") return false;
      }
      await clearAll();
    }
    await remember();
    return true;
  } catch {
    // No database, as in some private windows: answers then live as long as their page.
    return false;
  }
}

async function clearAll(): Promise<void> {
  const database = await openStore();
  const work = database.transaction(["changes", "answers", "files", "meta"], "readwrite");
  for (const name of ["changes", "answers", "files", "meta"] as const) await work.objectStore(name).clear();
  await work.done;
}

function signOutForms(): HTMLFormElement[] {
  return [...document.querySelectorAll<HTMLFormElement>(`form[action="${known.sign_out}"]`)];
}

/** Signing out so that the owner of the answers can sign in: those stay where they are. */
function leave(): void {
  const form = signOutForms()[0];
  navigator.serviceWorker?.controller?.postMessage({ type: "forget" });
  const keep = document.createElement("input");
  Object.assign(keep, { type: "hidden", name: "keep", value: "1" });
  form?.append(keep);
  form?.submit();
}

/** Before signing out everything is sent if it can be, what cannot be is warned of, and then nothing is left. */
export function guardSignOut(): void {
  for (const form of signOutForms())
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      client.sender.retryNow();
      const sent = Promise.all([client.sender.run(), sendFiles().catch(() => undefined)]);
      await Promise.race([sent, new Promise((resolve) => window.setTimeout(resolve, 4000))]);
      const unsent = client.isOurs ? await client.unsent() : { answers: 0, files: 0 };
      if ((unsent.answers || unsent.files) && (await ask("[data-leaving]", unsentInWords(unsent))) !== "leave") return;
      if (client.isOurs) await client.forget();
      form.submit();
    });
}
