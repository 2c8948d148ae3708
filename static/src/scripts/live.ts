// htmx, for the pages that have parts which renew themselves. No other page pays for it.
import htmx from "htmx.org";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}

window.htmx = htmx;
