"use strict";
for (const box of document.querySelectorAll("fieldset[data-filter]")) {
  box.hidden = false;
  const article = box.closest("section");
  box.addEventListener("change", () => {
    const shown = new Set(Array.from(box.querySelectorAll("input:checked"), (input) => input.value));
    for (const card of article.querySelectorAll("[data-outcome]")) {
      card.hidden = !shown.has(card.dataset.outcome);
    }
  });
}
