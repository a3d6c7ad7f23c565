// Shortcuts, copying, and what a reader keeps in this browser: a basket, marks. Nothing needs this.
"use strict";

const all = (what, within = document) => [...within.querySelectorAll(what)];
const words = document.getElementById("words").content;
const word = (name) => words.querySelector(`[data-word=${name}]`).textContent;
const tell = (text) => {
  const place = document.getElementById("told");
  place.textContent = text;
  setTimeout(() => { place.textContent = ""; }, 6000);
};

// A browser may keep nothing: then links do, as they do without script.
const store = {
  read(name) {
    try { return new URLSearchParams(localStorage.getItem(`wgsearch.${name}`) || ""); } catch { return null; }
  },
  write(name, query) {
    try { localStorage.setItem(`wgsearch.${name}`, query); return true; } catch { return false; }
  },
};

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
  for (const button of all("button[data-copy]")) {
    const label = button.innerHTML;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        button.textContent = word("copied");
      } catch {
        button.textContent = word("denied");
      }
      setTimeout(() => { button.innerHTML = label; }, 2000);
    });
  }
}

// Queries with slashes and colons as they are, like those that the server writes.
const query = (pairs) => pairs.map(([name, value]) =>
  `${name}=${encodeURIComponent(value).replaceAll("%2F", "/").replaceAll("%3A", ":")}`).join("&");
const MOST = Number(document.getElementById("words").dataset.most);
const places = () => store.read("basket").getAll("p");
const keep = (names) => store.write("basket", query(names.map((each) => ["p", each])));

function showBasket() {
  const names = places();
  for (const link of all("a[data-basket]")) {
    link.querySelector(".count")?.remove();
    link.search = query(names.map((each) => ["p", each]));
    if (names.length) {
      const count = document.createElement("span");
      count.className = "count";
      count.textContent = names.length;
      link.append(" ", count);
    }
  }
  for (const button of all("button.collect")) {
    const kept = names.includes(button.dataset.place);
    button.setAttribute("aria-pressed", kept);
    button.firstChild.data = button.title = kept ? word("in") : word("add");
  }
}

function collecting() {
  for (const link of all("a.collect")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "collect";
    button.dataset.place = link.dataset.place;
    button.append(...link.childNodes);
    link.replaceWith(button);
    button.addEventListener("click", () => {
      const names = places();
      const place = button.dataset.place;
      const kept = names.includes(place);
      if (!kept && names.length >= MOST) { tell(word("full")); return; }
      keep(kept ? names.filter((each) => each !== place) : [...names, place]);
      showBasket();
    });
  }
  const shown = new URLSearchParams(location.search).getAll("p");
  const main = document.querySelector("main.basket");
  if (main && String(shown) === String(places())) {
    for (const link of all("a[data-basket-way]", main)) {
      link.addEventListener("click", () => keep(new URL(link.href).searchParams.getAll("p")));
    }
  } else if (main && shown.length) {
    const button = main.querySelector("[data-put]");
    button.textContent = word("put");
    button.parentElement.hidden = false;
    button.addEventListener("click", () => {
      const names = [...new Set([...places(), ...shown])];
      if (names.length > MOST) { tell(word("full")); return; }
      keep(names);
      location.href = `/basket?${store.read("basket")}`;
    });
  }
  showBasket();
}

// Marks: pairs of a question and what was marked under it, in order.
function marked() {
  const found = new Map();
  let own = null;
  for (const [name, value] of store.read("marks")) {
    if (name === "q") found.set(value, own = found.get(value) || new Map());
    else if (own) own.set(value, name);
  }
  return found;
}
function keepMarks(found) {
  const pairs = [];
  for (const [question, own] of found) {
    if (own.size) pairs.push(["q", question], ...[...own].map(([place, vote]) => [vote, place]));
  }
  store.write("marks", query(pairs));
}
function marking() {
  const form = document.getElementById("marking");
  if (form) {
    const question = form.elements.q.value.trim().replace(/\s+/g, " ");
    const before = marked().get(question) || new Map();
    for (const field of all("input[form=marking]")) {
      const place = field.name.slice(2);
      field.checked = before.get(place) === field.value;
      field.addEventListener("change", () => {
        const found = marked();
        found.set(question, (found.get(question) || new Map()).set(place, field.value));
        keepMarks(found);
      });
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      location.href = `/marks?${store.read("marks")}`;
    });
  }
  const shown = new URLSearchParams(location.search);
  shown.delete("by");
  if (document.querySelector("main.marks") && String(shown) === String(store.read("marks"))) {
    for (const link of all("a[data-marks-way]")) {
      link.addEventListener("click", () => store.write("marks", new URL(link.href).search));
    }
  }
}

if (store.read("basket")) {
  collecting();
  marking();
}
