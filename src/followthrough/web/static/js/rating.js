// The coder's desk with keys: a digit chooses a value, Ctrl+Enter submits. Everything works without it.
"use strict";

const form = document.querySelector("form[data-rating]");
const typing = (target) => target.matches("textarea, input:not([type=radio]):not([type=checkbox]), select");

document.addEventListener("keydown", (event) => {
  if (!form || event.altKey || event.metaKey) return;
  if (event.ctrlKey && event.key === "Enter") {
    form.querySelector("button[value=submit]").click();
    return;
  }
  if (event.ctrlKey || typing(event.target)) return;
  const choice = form.querySelector(`input[name=value][data-key="${CSS.escape(event.key)}"]`);
  if (choice) {
    choice.checked = true;
    choice.focus();
    event.preventDefault();
  }
});
