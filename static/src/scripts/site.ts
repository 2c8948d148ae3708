// Small comforts on every page; each page works without them.
import htmx from "htmx.org";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}

window.htmx = htmx;

function openMenus(): NodeListOf<HTMLDetailsElement> {
  return document.querySelectorAll<HTMLDetailsElement>("details.menu[open]");
}

// A menu closes when something outside it is pressed, or Escape.
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target as Node)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

// A select that filters sends its form at once; the button stays for those without scripts.
for (const select of document.querySelectorAll<HTMLSelectElement>("form.filters select")) {
  select.addEventListener("change", () => select.form?.requestSubmit());
}

// On a phone the menu is wider than the screen: where we are must be in sight.
document.querySelector(".site-nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

// What went wrong is read first.
document.querySelector<HTMLElement>("[data-error-summary]")?.focus();
