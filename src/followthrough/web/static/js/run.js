// A run of proposed links with keys: j and k move, y, n and l decide, Ctrl+Enter saves. Everything works without it.
"use strict";

const form = document.querySelector("form[data-run]");
const rows = form ? [...form.querySelectorAll("[data-row]")] : [];
const help = form ? form.querySelector("[data-keys]") : null;
const decided = form ? form.querySelector("[data-decided]") : null;
const VALUES = { y: "confirm", n: "refuse", l: "later" };
let at = -1;

const go = (to) => {
  if (to < 0 || to >= rows.length) return;
  at = to;
  rows.forEach((row, number) => row.classList.toggle("at", number === at));
  rows[at].querySelector("input:checked").focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: "center" });
};

const tell = () => {
  const count = rows.filter((row) => row.querySelector("input:checked").value !== "later").length;
  decided.textContent = decided.dataset.of.replace("%n", count);
};

const KEYS = {
  j: () => go(at + 1),
  k: () => go(at - 1),
  "?": () => { help.open = !help.open; },
};

const typing = (target) => target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");

document.addEventListener("keydown", (event) => {
  if (!form || event.altKey || event.metaKey || typing(event.target)) return;
  if (event.ctrlKey) {
    if (event.key === "Enter") form.requestSubmit();
    return;
  }
  if (help.querySelector("[data-off]").checked) return;
  const value = VALUES[event.key];
  if (value) {
    if (at < 0) go(0);
    rows[at].querySelector(`input[value=${value}]`).checked = true;
    tell();
    go(at + 1);
  } else if (KEYS[event.key]) KEYS[event.key]();
  else return;
  event.preventDefault();
});

if (form) {
  help.hidden = false;
  form.addEventListener("change", tell);
  form.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) at = rows.indexOf(row);
  });
  tell();
}
