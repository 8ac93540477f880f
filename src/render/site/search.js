// Adds a field that narrows the list of the index. Without this script the list is whole.
"use strict";
(() => {
  const list = document.querySelector("#index .scroll");
  if (!list) return;
  const japanese = document.documentElement.lang === "ja";
  const fold = text => text.normalize("NFKC").toLowerCase();
  const rows = [...list.querySelectorAll("tbody tr")].map(row => [row, fold(row.textContent)]);
  const label = document.createElement("label");
  label.textContent = japanese ? "絞り込む" : "Narrow the list";
  const field = document.createElement("input");
  field.type = "search";
  field.autocomplete = "off";
  label.append(" ", field);
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  const form = document.createElement("form");
  form.setAttribute("role", "search");
  form.className = "narrow";
  form.append(label, said);
  form.addEventListener("submit", event => event.preventDefault());
  field.addEventListener("input", () => {
    const words = fold(field.value).split(/\s+/).filter(word => word);
    let shown = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every(word => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    said.textContent = words.length === 0 ? "" : japanese ? `${shown}件` : `${shown} found`;
  });
  list.before(form);
})();
