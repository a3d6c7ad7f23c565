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
