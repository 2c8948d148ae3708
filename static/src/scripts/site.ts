// Small comforts on every page; each page works without them.
import "htmx.org";

declare global {
  interface Window {
    htmx: { config: Record<string, unknown> };
  }
}

// htmx would add a style element of its own and evaluate strings: the content security policy forbids both.
window.htmx.config.includeIndicatorStyles = false;
window.htmx.config.allowEval = false;

// A menu closes when something outside it is pressed, or Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!menu.contains(event.target as Node)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

// A select that filters sends its form at once; the button stays for those without scripts.
for (const select of document.querySelectorAll<HTMLSelectElement>("form.filters select")) {
  select.addEventListener("change", () => select.form?.requestSubmit());
}
