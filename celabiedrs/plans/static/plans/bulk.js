// The bar under the preparer's list: how many of the chosen plans can join each act, and why the others cannot.
// Without it the same is said on the page that follows.

const form = document.querySelector("form[data-bulk]");
const boxes = [...form.querySelectorAll("input[name=plan]")];
const bar = form.querySelector(".bulk--acts");
const text = bar.querySelector("[data-bulk-text]");
const why = bar.querySelector("[data-bulk-why]");
const all = form.querySelector("[data-bulk-all]");
const calm = text.textContent;

function joins(box, button) {
  return !box.getAttribute(`data-not-${button.value}`);
}

// One line a reason, not one a plan: forty rows would hide what they speak of.
function reasons(not, button) {
  const names = new Map();
  for (const box of not) {
    const reason = box.getAttribute(`data-not-${button.value}`);
    names.set(reason, [...(names.get(reason) ?? []), box.dataset.name]);
  }
  return [...names].map(([reason, whose]) => {
    const more = whose.length > 3 ? ` +${whose.length - 2}` : "";
    return `${button.dataset.label} – ${whose.slice(0, more ? 2 : 3).join(", ")}${more}: ${reason}`;
  });
}

function show() {
  const chosen = boxes.filter((box) => box.checked);
  const said = [];
  for (const button of bar.querySelectorAll("button[name=act]")) {
    const not = chosen.filter((box) => !joins(box, button));
    const joining = chosen.length - not.length;
    button.disabled = chosen.length > 0 && joining === 0;
    button.textContent = chosen.length ? `${button.dataset.label} (${joining})` : button.dataset.label;
    said.push(...reasons(not, button));
  }
  bar.classList.toggle("is-chosen", chosen.length > 0);
  text.textContent = chosen.length ? `${bar.dataset.chosen} ${chosen.length}` : calm;
  why.replaceChildren(...said.slice(0, 6).map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  why.hidden = said.length === 0;
  if (all) all.checked = chosen.length === boxes.length;
}

form.addEventListener("change", (event) => {
  if (event.target === all) for (const box of boxes) box.checked = all.checked;
  show();
});
if (all) all.hidden = false;
show();
