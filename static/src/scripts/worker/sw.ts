// The service worker: keeps the shell and the pages of the assessment at hand, and shows them where there is no line.
import { forget, holder, isLeaving, keepFace, kept, noted, setLeaving, SHELL, PAGES } from "./keeping";

interface Portal {
  version: string;
  shell: string[];
  fonts: Record<string, string[]>;
  offline: string;
  home: string;
}

interface LastingEvent extends MessageEvent {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends LastingEvent {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

/** What is used of a service worker's world; the types of the pages' world do not know it. */
interface World {
  PORTAL: Portal;
  location: Location;
  navigator: { onLine: boolean };
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: "fetch", heard: (event: FetchEvent) => void): void;
  addEventListener(name: "install" | "activate" | "message", heard: (event: LastingEvent) => void): void;
}

const world = self as unknown as World;
const { version, shell, fonts, offline, home } = world.PORTAL;
const NAMED_BY_CONTENT = /\.([0-9a-f]{12}|[A-Z0-9]{8})\.\w+$/;
// A page that is on the phone is shown after so long without a better one.
const PATIENCE = 4000;
const STEP = 400;
const AGAIN = 600;
const FRESH = 10 * 60 * 1000;

// A newer worker only begins when this one has nothing under way, so what may be left is left when it is asked to make way.
const makingWay = new AbortController();
const madeWay = new Promise<void>((resolve) => makingWay.signal.addEventListener("abort", () => resolve()));

function pause(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}

/** Work that is given up when a newer worker wants to begin. */
function whileWeStay(event: LastingEvent, work: Promise<unknown>): void {
  event.waitUntil(Promise.race([work, madeWay]));
}

world.addEventListener("install", (event) => event.waitUntil(install()));
world.addEventListener("activate", (event) => event.waitUntil(activate()));
world.addEventListener("message", (event) => {
  const { type, pages, language } = event.data as { type: string; pages?: string[]; language?: string };
  if (type === "take-over") void world.skipWaiting();
  if (type === "make-way") makingWay.abort();
  if (type === "forget") event.waitUntil(forget());
  if (type === "keep") whileWeStay(event, keep(pages ?? [], language ?? "en"));
});
world.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== world.location.origin) return;
  // Somebody signs in or out: until it is clear who it is, nobody's pages are shown.
  if (request.method === "POST" && request.mode === "navigate" && url.pathname.startsWith("/account/")) setLeaving(true);
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/static/")) event.respondWith(asset(request, url));
  else if (request.mode === "navigate") event.respondWith(page(event, url));
});

async function install(): Promise<void> {
  await (await caches.open(SHELL(version))).addAll(shell.map((path) => new Request(path, { cache: "no-cache" })));
  await keepOfflinePage();
  // Pages name the files of their own version, so those at hand are fetched anew before the old ones go.
  const { user } = await holder();
  for (const name of await caches.keys()) {
    if (!name.startsWith("pages-") || name === PAGES(version)) continue;
    for (const request of await (await caches.open(name)).keys()) await fetchPage(request.url, user);
  }
}

async function activate(): Promise<void> {
  const ours = [SHELL(version), PAGES(version), "holder"];
  for (const name of await caches.keys()) if (/^(shell|pages)-/.test(name) && !ours.includes(name)) await caches.delete(name);
  await world.clients.claim();
}

async function keepOfflinePage(): Promise<void> {
  const answer = await fetch(offline, { cache: "no-cache" }).catch(() => undefined);
  if (answer?.ok) await (await caches.open(SHELL(version))).put(offline, answer);
}

async function asset(request: Request, url: URL): Promise<Response> {
  const found = await caches.match(request, { ignoreVary: true });
  if (found && NAMED_BY_CONTENT.test(url.pathname)) return found;
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.status === 200) await keepFace(version, url.pathname, answer.clone());
    return answer;
  } catch (error) {
    if (found) return found;
    throw error;
  }
}

async function page(event: FetchEvent, url: URL): Promise<Response> {
  const [known, who] = [await kept(version, url.pathname), await holder()];
  const network = reached(event.request).then(async (answer) => {
    const copy = answer.clone();
    whileWeStay(event, noted(version, url.pathname, copy));
    return answer;
  });
  whileWeStay(event, network.catch(() => undefined));
  if (!known) return network.catch(() => instead(url, who.home));
  const answer = await Promise.race([network, pause(PATIENCE)]).catch(() => undefined);
  // Somebody may have signed out or in while we waited.
  if (answer && answer.status < 500) return answer;
  return (await kept(version, url.pathname)) ?? answer ?? network.catch(() => instead(url, ""));
}

/** A line drops for a moment, and a server may close a connection just when it is used again: asked twice. */
async function reached(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (!world.navigator.onLine) throw error;
    await pause(AGAIN);
    return fetch(request);
  }
}

async function instead(url: URL, firstPage: string): Promise<Response> {
  const isStart = url.pathname === "/" || url.pathname === home;
  if (isStart && firstPage && (await kept(version, firstPage))) return Response.redirect(firstPage);
  return (await caches.match(offline)) ?? Response.error();
}

async function fetchPage(path: string, user: string): Promise<void> {
  if (isLeaving()) return;
  try {
    const answer = await fetch(path, { redirect: "manual", credentials: "same-origin", signal: makingWay.signal });
    if (answer.headers.get("X-Portal-User") === user) await noted(version, new URL(path, world.location.href).pathname, answer);
  } catch {
    // The line is gone: what is there is there.
  }
}

/** Quietly, one after the other, with rests between them. */
async function keep(pages: string[], language: string): Promise<void> {
  const cache = await caches.open(SHELL(version));
  for (const face of fonts[language] ?? []) if (!(await cache.match(face))) await cache.add(face).catch(() => undefined);
  const known = await cache.match(offline);
  if (known?.headers.get("Content-Language") !== language) await keepOfflinePage();
  const { user, now } = await holder();
  for (const path of pages) {
    const copy = await kept(version, path);
    const age = copy ? now - Date.parse(copy.headers.get("Date") ?? "") : Infinity;
    if (age < FRESH && copy?.headers.get("Content-Language") === language) continue;
    await pause(STEP);
    if (makingWay.signal.aborted) return;
    await fetchPage(path, user || (await holder()).user);
  }
}
