// The bar under the preparer's list: how many of the chosen plans can join each act, and why the others cannot.
// Without it the same is said on the page that follows.

const form = document.querySelector("form[data-bulk]");
const boxes = [...form.querySelectorAll("input[name=plan]")];
const bar = form.querySelector(".bulk--acts");
const text = bar.querySelector("[data-bulk-text]");
const why = bar.querySelector("[data-bulk-why]");
const all = form.querySelector("[data-bulk-all]");
const calm = text.textContent;

function reasons(chosen, button) {
  return chosen
    .filter((box) => box.getAttribute(`data-not-${button.value}`))
    .map((box) => `${button.dataset.label} – ${box.dataset.name}: ${box.getAttribute(`data-not-${button.value}`)}`);
}

function show() {
  const chosen = boxes.filter((box) => box.checked);
  const said = [];
  for (const button of bar.querySelectorAll("button[name=act]")) {
    const not = reasons(chosen, button);
    const joining = chosen.length - not.length;
    button.disabled = chosen.length > 0 && joining === 0;
    button.textContent = chosen.length ? `${button.dataset.label} (${joining})` : button.dataset.label;
    if (joining < chosen.length) said.push(...not);
  }
  bar.classList.toggle("is-chosen", chosen.length > 0);
  text.textContent = chosen.length ? `${bar.dataset.chosen} ${chosen.length}` : calm;
  why.replaceChildren(...said.slice(0, 8).map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  why.hidden = said.length === 0;
  if (all) all.checked = chosen.length === boxes.length;
}

form.addEventListener("change", (event) => {
  if (event.target === all) for (const box of boxes) box.checked = all.checked;
  show();
});
if (all) all.hidden = false;
show();
