// A folded list of check boxes: words typed into its filter hide the others, and the count follows. Everything works
// without it.
"use strict";

for (const picker of document.querySelectorAll("[data-picker]")) {
  const filter = picker.querySelector("[data-filter]");
  const lines = [...picker.querySelectorAll("label.tick")];
  filter.hidden = false;
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  filter.addEventListener("input", (event) => {
    const words = event.target.value.toLowerCase().split(/\s+/);
    for (const line of lines) {
      const said = line.textContent.toLowerCase();
      line.hidden = !words.every((word) => said.includes(word));
    }
    for (const group of picker.querySelectorAll("fieldset")) {
      group.hidden = !group.querySelector("label.tick:not([hidden])");
    }
  });
  picker.addEventListener("change", () => {
    picker.querySelector("[data-chosen]").textContent = picker.querySelectorAll("input:checked").length;
  });
}
