// On every page: the app on this phone, whose data it holds, what waits, and leaving nothing behind at sign-out.
import { LineBar } from "./offline/bar";
import { client, known } from "./offline/client";
import { sendFiles } from "./offline/files";
import { guardSignOut, settleOwner } from "./offline/owner";
import { keepPages, watchUpdates } from "./offline/worker";

const bar = known.user ? new LineBar() : undefined;

/** What this phone keeps is lost more easily than its owner thinks, unless the browser is asked. */
async function watchStorage(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false);
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota > 0 && usage / quota > 0.9) bar?.sayNearlyFull();
}

async function begin(): Promise<void> {
  watchUpdates((reload) => bar?.offerNewVersion(reload));
  if (!known.user) return;
  guardSignOut();
  const isOurs = await settleOwner();
  client.begin(isOurs);
  if (!isOurs) return;
  keepPages();
  void sendFiles();
  void watchStorage();
}

window.addEventListener("online", () => client.sender.retryNow());
window.addEventListener("pageshow", () => client.sender.kick());
document.addEventListener("visibilitychange", () => client.sender.retryNow());
// Another tab has signed out or deleted everything: nothing of it stays on this one's screen.
client.listen((notice) => {
  if (notice.wiped && client.isOurs) location.reload();
});
void begin();
