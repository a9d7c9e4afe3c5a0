// Keeps typed text of forms with data-keep="a name of the form" until the server has taken it.
// sessionStorage only: nothing outlives the tab. Never passwords, signatures, files or hidden fields.
// Also moves the focus to a refusal or error summary, so that nobody has to look for it.

const body = document.body;
const PREFIX = "keep:";
const WHO = "keep-who";
const SENT = "keep-sent";
const store = safeStore();

function safeStore() {
  try {
    sessionStorage.setItem("keep-try", "1");
    sessionStorage.removeItem("keep-try");
    return sessionStorage;
  } catch {
    return null;
  }
}

function forgetAll() {
  for (const key of Object.keys(store)) if (key.startsWith("keep")) store.removeItem(key);
}

function mayKeep(field) {
  if (!field.name || field.disabled || field.closest("[data-keep-never]")) return false;
  if (field.matches("textarea, select")) return true;
  return field.matches("input") && !["hidden", "password", "file", "submit", "button", "image"].includes(field.type);
}

const isTick = (field) => field.type === "checkbox" || field.type === "radio";
const nameOf = (field) => (isTick(field) ? `${field.name}=${field.value}` : field.name);
const valueOf = (field) => (isTick(field) ? field.checked : field.value);

function givenOf(field) {
  if (isTick(field)) return field.defaultChecked;
  if (field.matches("select")) {
    const chosen = [...field.options].find((option) => option.defaultSelected);
    return chosen ? chosen.value : (field.options[0]?.value ?? "");
  }
  return field.defaultValue;
}

const keptOf = (form) => JSON.parse(store.getItem(PREFIX + form.dataset.keep) ?? "{}");

function read(form) {
  const before = keptOf(form);
  const typed = {};
  for (const field of form.elements) {
    if (!mayKeep(field)) continue;
    // A page that came back with errors gives what was typed as its own value: what was there first still counts.
    const old = before[nameOf(field)];
    const first = old && old[1] === givenOf(field) ? old[0] : givenOf(field);
    if (valueOf(field) !== first) typed[nameOf(field)] = [first, valueOf(field)];
  }
  return typed;
}

function say(form, text, drop) {
  let line = form.querySelector(":scope .saved");
  if (!line) {
    line = document.createElement("p");
    line.className = "saved";
    line.setAttribute("role", "status");
    form.append(line);
  }
  line.textContent = text;
  if (drop) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--quiet btn--small";
    button.textContent = body.dataset.keepDrop;
    button.addEventListener("click", () => {
      store.removeItem(PREFIX + form.dataset.keep);
      form.reset();
      line.textContent = "";
    });
    line.append(" ", button);
  }
}

function keep(form) {
  const typed = read(form);
  const key = PREFIX + form.dataset.keep;
  if (!Object.keys(typed).length) return store.removeItem(key);
  try {
    store.setItem(key, JSON.stringify(typed));
  } catch {
    return undefined;
  }
  const clock = new Date().toLocaleTimeString("lv-LV", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Riga" });
  return say(form, `${body.dataset.keepSaved} ${clock}`);
}

function restore(form) {
  const kept = keptOf(form);
  let back = false;
  for (const field of form.elements) {
    const pair = mayKeep(field) && kept[nameOf(field)];
    if (!pair || pair[0] !== givenOf(field)) continue; // the page's own value moved on: it wins
    if (isTick(field)) field.checked = pair[1];
    else field.value = pair[1];
    const fold = field.closest("details");
    if (fold) fold.open = true;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    back = true;
  }
  if (back) say(form, body.dataset.keepBack, true);
}

function settle() {
  // What was sent and answered by an ordinary page without errors has arrived: its copy goes. A "hold" page
  // (sign-in, an error) means that it did not arrive: the copy stays and comes back with the form.
  // A form with data-keep-receipt is not believed to have arrived until a page with its receipt (data-keep-arrived) says
  // so: its copy outlives a lost network and an answer that never came.
  for (const page of document.querySelectorAll("[data-keep-arrived]")) store.removeItem(PREFIX + page.dataset.keepArrived);
  const sent = store.getItem(SENT);
  if (!sent) return;
  store.removeItem(SENT);
  if (body.dataset.page === "hold") return;
  if (!document.querySelector("[data-keep-errors], .notice--refusal")) store.removeItem(PREFIX + sent);
}

function guard(form) {
  if (form.dataset.keepOn) return;
  form.dataset.keepOn = "1";
  restore(form);
  let later;
  form.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(() => keep(form), 600);
  });
  form.addEventListener("change", () => keep(form));
  form.addEventListener("submit", () => {
    clearTimeout(later);
    keep(form);
    if (!form.hasAttribute("data-keep-receipt")) store.setItem(SENT, form.dataset.keep);
  });
}

function start(root) {
  if (store) root.querySelectorAll("form[data-keep]").forEach(guard);
}

if (store) {
  const who = body.dataset.who ?? "";
  const before = store.getItem(WHO);
  if (body.dataset.page === "signed-out" || (who && before && before !== who)) forgetAll();
  if (who) store.setItem(WHO, who);
  settle();
  start(document);
  document.querySelectorAll("[data-keep-forget]").forEach((button) => button.addEventListener("click", forgetAll));
  document.addEventListener("htmx:afterSettle", (event) => {
    settle();
    start(event.target);
  });
}

// Dialogs opened by a button with data-opens="its id"; without script the link beside it does the same work.
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  document.querySelectorAll("details.who[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.who[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.querySelector("[data-focus]")?.focus();
