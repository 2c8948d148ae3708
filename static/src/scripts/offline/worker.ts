// The page's side of the service worker: registering it, telling it what to keep, and taking a new one when told to.
import { known } from "./client";

const AFTER_LOADING = 2500;
const SLOW = ["slow-2g", "2g"];

let registered: Promise<ServiceWorkerRegistration | undefined> | undefined;

function register(): Promise<ServiceWorkerRegistration | undefined> {
  registered ??= "serviceWorker" in navigator ? navigator.serviceWorker.register("/sw.js").catch(() => undefined) : Promise.resolve(undefined);
  return registered;
}

/** A new version waits until somebody presses the button: nobody's page changes while they write. */
export function watchUpdates(offer: (reload: () => void) => void): void {
  void register().then((registration) => {
    if (!registration) return;
    const offerWaiting = (): void => {
      const { waiting } = registration;
      const { controller } = navigator.serviceWorker;
      if (!waiting || !controller) return;
      offer(() => {
        navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
        controller.postMessage({ type: "make-way" });
        waiting.postMessage({ type: "take-over" });
      });
    };
    offerWaiting();
    registration.addEventListener("updatefound", () => {
      const { installing } = registration;
      installing?.addEventListener("statechange", () => installing.state === "installed" && offerWaiting());
    });
  });
}

/** The sections of the assessment at hand are fetched ahead, where the line is good for it. */
export function keepPages(): void {
  const line = (navigator as Navigator & { connection?: { saveData?: boolean; effectiveType?: string } }).connection;
  const isGood = !line?.saveData && !SLOW.includes(line?.effectiveType ?? "");
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a[href*="/assessments/"]')].map((link) => new URL(link.href).pathname);
  const pages = [...new Set([location.pathname, ...links])].filter((path) => /^\/assessments\/[^/]+\/(sections\/[^/]+\/)?$/.test(path));
  const send = async (): Promise<void> => {
    if (!(await register())) return;
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage({ type: "keep", language: known.language, pages: isGood ? pages : [location.pathname] });
  };
  window.setTimeout(() => void send(), AFTER_LOADING);
}
