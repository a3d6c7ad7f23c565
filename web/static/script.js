// "/" goes to the question box; each citation gets a button that copies it. Nothing needs this.
"use strict";

document.addEventListener("keydown", (event) => {
  const box = document.getElementById("q");
  const field = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || field || !box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// "o" opens the printed page of the paragraph that was gone to or that holds the focus.
document.addEventListener("keydown", (event) => {
  const field = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "o" || event.ctrlKey || event.metaKey || event.altKey || field) return;
  const here = document.activeElement.closest(".para") || document.querySelector(":target");
  const link = here && [...document.querySelectorAll("a.page")].filter(
    (each) => here.contains(each) || each.compareDocumentPosition(here) & 4).pop();
  if (link) link.click();
});

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const label = button.innerHTML;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Not allowed";
      }
      setTimeout(() => { button.innerHTML = label; }, 2000);
    });
  }
}
