// The workbench with a mouse and with keys. Everything here presses the buttons of the form, which work without it.
"use strict";

const KEYS = { a: "accept", e: "open" };

function press(form, name, value) {
  const button = document.createElement("button");
  button.name = name;
  button.value = value;
  button.hidden = true;
  form.append(button);
  button.click();
  button.remove();
}

// Words are counted without the tags that stand among them.
function offset(words, node, at) {
  const range = document.createRange();
  range.setStart(words, 0);
  range.setEnd(node, at);
  const copy = range.cloneContents();
  copy.querySelectorAll(".tag").forEach((tag) => tag.remove());
  return [...copy.textContent].length;
}

function picked() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const element = range.startContainer.parentElement;
  const words = element && element.closest("[data-words]");
  if (!words || !words.contains(range.endContainer)) return null;
  const start = offset(words, range.startContainer, range.startOffset);
  const end = offset(words, range.endContainer, range.endOffset);
  return end > start ? { pair: words.closest(".pair"), start, end } : null;
}

function hidden(form, name, value) {
  const input = form.elements[name] || document.createElement("input");
  if (input.tagName === "SELECT") input.append(new Option(value, value));
  else input.type = "hidden";
  input.name = name;
  input.value = value;
  form.append(input.tagName === "SELECT" ? "" : input);
}

function offer() {
  const place = picked();
  document.querySelectorAll(".picks").forEach((one) => {
    if (!place || !place.pair.contains(one)) one.hidden = true;
  });
  if (!place) return;
  const bench = place.pair.dataset.provisionDraft;
  const form = place.pair.closest("form");
  const picks = place.pair.querySelector(".picks");
  const open = place.pair.querySelector("[data-open]");
  const commands = [["Add the selected words", `add.${bench}`]];
  if (open) commands.unshift([`Set ${open.querySelector(".tag").textContent} to the selected words`, `set.${open.dataset.field}`]);
  picks.replaceChildren(
    ...commands.map(([label, command]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn quiet sm";
      button.textContent = label;
      button.addEventListener("click", () => {
        hidden(form, `from.${bench}`, place.start);
        hidden(form, `to.${bench}`, place.end);
        press(form, "do", command);
      });
      return button;
    }),
  );
  picks.hidden = false;
}

function go(from, step) {
  const all = [...document.querySelectorAll(".work .ed")];
  const next = all[all.indexOf(from) + step];
  if (next) next.querySelector(".tag").focus();
}

let typed = false;

document.addEventListener("selectionchange", offer);
document.addEventListener("input", (event) => {
  if (event.target.closest(".work")) typed = true;
});
document.addEventListener("submit", () => {
  typed = false;
});
document.addEventListener("change", (event) => {
  if (/\.(start|end)$/.test(event.target.name || "") && event.target.closest(".work")) {
    press(event.target.form, "do", "save");
  }
});
document.addEventListener("keydown", (event) => {
  const at = event.target.closest(".work .ed");
  if (!at || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  if (event.key === "j" || event.key === "k") go(at, event.key === "j" ? 1 : -1);
  else if (KEYS[event.key]) press(at.closest("form"), "do", `${KEYS[event.key]}.${at.dataset.field}`);
  else return;
  event.preventDefault();
});
document.addEventListener("htmx:afterSettle", () => {
  const problem = document.getElementById("problem");
  if (problem) problem.focus();
  else if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "nearest" });
});
addEventListener("beforeunload", (event) => {
  if (typed) event.preventDefault();
});
