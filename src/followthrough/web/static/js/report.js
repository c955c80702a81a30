// Keeps what is typed in a report: in the browser at once, and after a pause as a draft on the server. A line says which.
"use strict";

const form = document.querySelector("form[data-report]");
if (form) {
  const status = form.querySelector("[data-saved]");
  const key = `report-${form.dataset.report}`;
  const seen = form.elements.namedItem("seen");
  const said = () => [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "seen", "file"].includes(name));
  let saved = JSON.stringify(said());
  let timer = 0;
  let stopped = false;

  const fill = (values) => {
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "file" || field.tagName === "BUTTON") continue;
      const mine = values.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "radio" || field.type === "checkbox") field.checked = mine.includes(field.value);
      else field.value = mine[0] ?? "";
    }
  };

  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  };

  const save = async () => {
    const now = JSON.stringify(said());
    if (stopped || now === saved) return;
    status.textContent = form.dataset.saving;
    const body = new FormData(form);
    body.set("do", "save");
    body.delete("file");
    try {
      const answer = await fetch(location.pathname, { method: "POST", body, redirect: "follow" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("form[data-report]");
      if (!answer.ok || !fresh) {
        stopped = true;
        status.textContent = answer.status === 409 ? form.dataset.differs : form.dataset.offline;
        return;
      }
      saved = now;
      seen.value = fresh.elements.namedItem("seen").value;
      status.textContent = fresh.querySelector("[data-saved]").textContent;
      localStorage.removeItem(key);
    } catch {
      status.textContent = form.dataset.offline;
      later(15000);
    }
  };

  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    // What was typed over another draft than this one is a colleague's to be compared with: it is not put back unseen.
    if (kept?.seen === seen.value && JSON.stringify(kept.values) !== saved && !document.getElementById("problem")) {
      fill(kept.values);
      form.classList.remove("untouched");
      status.textContent = form.dataset.kept;
      later(3000);
    }
  } catch {
    localStorage.removeItem(key);
  }
  form.addEventListener("input", () => {
    localStorage.setItem(key, JSON.stringify({ seen: seen.value, values: said() }));
    later(3000);
  });
  form.addEventListener("submit", () => {
    stopped = true;
  });
  window.addEventListener("online", () => later(0));
}
