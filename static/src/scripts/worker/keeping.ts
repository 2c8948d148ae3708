// What the service worker keeps, and for whom: pages of one person only, and only those that the server marks.
interface Holder {
  user: string;
  /** Their first page, where the app starts without a connection. */
  home: string;
  /** The server's clock, as the last answer told it. */
  now: number;
}

const NOBODY: Holder = { user: "", home: "", now: 0 };
const PLACE = "/-/holder";

export const SHELL = (version: string): string => `shell-${version}`;
export const PAGES = (version: string): string => `pages-${version}`;

let leaving = false;

export function isLeaving(): boolean {
  return leaving;
}

export function setLeaving(value: boolean): void {
  leaving = value;
}

export async function holder(): Promise<Holder> {
  if (!(await caches.has("holder"))) return NOBODY;
  const found = await (await caches.open("holder")).match(PLACE);
  return found ? ((await found.json()) as Holder) : NOBODY;
}

async function setHolder(next: Holder): Promise<void> {
  await (await caches.open("holder")).put(PLACE, new Response(JSON.stringify(next)));
}

export async function forget(): Promise<void> {
  leaving = true;
  for (const name of await caches.keys()) if (name.startsWith("pages-") || name === "holder") await caches.delete(name);
}

/** The copy of a page, while the phone is in the hands of whom it was made for. */
export async function kept(version: string, path: string): Promise<Response | undefined> {
  const name = PAGES(version);
  if (leaving || !(await caches.has(name))) return undefined;
  return (await caches.open(name)).match(path, { ignoreVary: true });
}

export async function keepFace(version: string, path: string, answer: Response): Promise<void> {
  await (await caches.open(SHELL(version))).put(path, answer).catch(() => undefined);
}

/** Reads off an answer who is signed in, and keeps it where it may be kept. */
export async function noted(version: string, path: string, answer: Response): Promise<void> {
  const user = answer.headers.get("X-Portal-User");
  if (!user) return;
  leaving = false;
  if (user === "-") return;
  let known = await holder();
  if (known.user !== user) {
    await forget();
    leaving = false;
    known = { ...NOBODY, user };
  }
  const kind = answer.headers.get("X-Portal-Keep");
  const now = Date.parse(answer.headers.get("Date") ?? "") || known.now;
  await setHolder({ user, now, home: kind === "home" ? path : known.home });
  const cache = await caches.open(PAGES(version));
  if (answer.status === 403 || answer.status === 404) await cache.delete(path);
  if (kind && answer.status === 200 && !answer.redirected) await cache.put(path, answer).catch(() => undefined);
}
