// Small comforts on every page; each page works without them.
import { holder } from "./worker/keeping";

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

// Where an address leads into something folded, it is opened.
function unfold(): void {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  target?.scrollIntoView();
}
window.addEventListener("hashchange", unfold);
if (location.hash) unfold();

// A select that filters sends its form at once, as its button would; the button stays for those without scripts.
for (const select of document.querySelectorAll<HTMLSelectElement>("form.filters select")) {
  select.addEventListener("change", () => select.form?.requestSubmit(select.form.querySelector("button")));
}

// On a phone the menu is wider than the screen: where we are must be in sight.
document.querySelector(".site-nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

// What went wrong is read first.
document.querySelector<HTMLElement>("[data-error-summary]")?.focus();

// The page that stands in for another without a line: it gives way by itself, and shows whoever has pages here the way.
const noLine = document.querySelector<HTMLElement>("[data-no-line]");
if (noLine) {
  window.addEventListener("online", () => location.reload());
  void (async () => {
    const { home } = await holder();
    if (!home) return;
    noLine.querySelector("a")?.setAttribute("href", home);
    noLine.hidden = false;
  })();
}
