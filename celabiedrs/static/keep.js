// Keeps typed text of forms with data-keep="a name of the form and of what it is about" until the server has taken it,
// three days at most. It outlives a lost network, an error page and a closed browser (localStorage); what is confided
// (data-keep-tab) does not outlive the tab. Never passwords, signatures, files or hidden fields. Signing out, and
// another person signing in, forgets all of it.
// Also moves the focus to a refusal or error summary, so that nobody has to look for it.

const body = document.body;
const PREFIX = "keep:";
const WHO = "keep-who";
const SENT = "keep-sent";
const DAYS = 3;
const store = safeStore("localStorage");
const ofTab = safeStore("sessionStorage");

function safeStore(name) {
  try {
    const found = window[name];
    found.setItem("keep-try", "1");
    found.removeItem("keep-try");
    return found;
  } catch {
    return null;
  }
}

const keysOf = (place, start) => Object.keys(place).filter((key) => key.startsWith(start));
const placeOf = (form) => (form.hasAttribute("data-keep-tab") ? ofTab : store);

function forgetAll() {
  for (const place of [store, ofTab]) for (const key of keysOf(place, "keep")) place.removeItem(key);
}

function forget(name) {
  for (const place of [store, ofTab]) place.removeItem(PREFIX + name);
}

function forgetOld() {
  for (const key of keysOf(store, PREFIX)) {
    const kept = JSON.parse(store.getItem(key));
    if (!kept.at || Date.now() - kept.at > DAYS * 24 * 3600 * 1000) store.removeItem(key);
  }
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

const keptOf = (form) => JSON.parse(placeOf(form).getItem(PREFIX + form.dataset.keep) ?? '{"typed": {}}');

function read(form) {
  const before = keptOf(form).typed;
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

const RIGA = { timeZone: "Europe/Riga" };
const hour = (at) => new Date(at).toLocaleTimeString("lv-LV", { ...RIGA, hour: "2-digit", minute: "2-digit" });
const moment = (at) => {
  const day = (time) => new Date(time).toLocaleDateString("lv-LV", { ...RIGA, day: "2-digit", month: "2-digit" });
  return day(at) === day(Date.now()) ? hour(at) : `${day(at)} ${hour(at)}`;
};

// What is said of text that came back or did not leave stands on top of the form; that it is kept, below.
function say(form, text, { top = false, drop = false } = {}) {
  const name = top ? "notice notice--caution kept-text" : "saved";
  let line = form.querySelector(top ? ":scope > .kept-text" : ":scope > .saved");
  if (!line) {
    line = document.createElement("p");
    line.className = name;
    line.setAttribute("role", "status");
    if (top) form.prepend(line);
    else form.append(line);
  }
  line.textContent = text;
  if (drop) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--quiet btn--small";
    button.textContent = body.dataset.keepDrop;
    button.addEventListener("click", () => {
      forget(form.dataset.keep);
      form.reset();
      line.remove();
    });
    line.append(" ", button);
  }
}

function keep(form) {
  const typed = read(form);
  const key = PREFIX + form.dataset.keep;
  if (!Object.keys(typed).length) return placeOf(form).removeItem(key);
  try {
    placeOf(form).setItem(key, JSON.stringify({ at: Date.now(), typed }));
  } catch {
    return undefined;
  }
  return say(form, `${body.dataset.keepSaved} ${hour(Date.now())}`);
}

function restore(form) {
  const { at, typed: kept } = keptOf(form);
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
  if (back) say(form, `${body.dataset.keepBack} ${moment(at)}.`, { top: true, drop: true });
}

// The server says in a cookie which form has had its effect: the key of its once-field. Only then the copy goes; a lost
// network, an error page and the sign-in page say nothing, and the text comes back with its form.
function arrivedKey() {
  return document.cookie.match(/(?:^|; )(?:__Host-)?arrived=([\w-]+)/)?.[1];
}

// Of a form without a once-field the page that it led on to says that it arrived.
function ledOn(sent) {
  return body.dataset.page !== "hold" && sent.path !== location.pathname && !document.querySelector("[data-keep-errors]");
}

function settle() {
  // A form with data-keep-receipt has arrived when a page with its receipt (data-keep-arrived) says so.
  for (const page of document.querySelectorAll("[data-keep-arrived]")) forget(page.dataset.keepArrived);
  const sent = JSON.parse(ofTab.getItem(SENT) ?? "null");
  if (!sent || !(sent.once ? sent.once === arrivedKey() : ledOn(sent))) return;
  ofTab.removeItem(SENT);
  forget(sent.name);
}

const onceOf = (form) => form.elements.once?.value;

// A form without data-keep that confirms on the next page what another form has sent stands for that one.
function confirms(form) {
  const sent = JSON.parse(ofTab.getItem(SENT) ?? "null");
  if (!sent || form.dataset.keep || !onceOf(form) || sent.path !== location.pathname) return;
  if ([...document.forms].some((each) => each.dataset.keep === sent.name)) return;
  ofTab.setItem(SENT, JSON.stringify({ ...sent, once: onceOf(form) }));
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
  form.addEventListener("submit", (event) => {
    clearTimeout(later);
    keep(form);
    if (navigator.onLine === false) {
      event.preventDefault();
      event.stopPropagation();
      say(form, body.dataset.keepOffline, { top: true });
      form.querySelector(":scope > .kept-text").scrollIntoView({ block: "center" });
      return;
    }
    if (form.hasAttribute("data-keep-receipt")) return;
    const path = new URL(form.action, location.href).pathname;
    ofTab.setItem(SENT, JSON.stringify({ name: form.dataset.keep, once: onceOf(form), path }));
  });
}

function start(root) {
  if (store && ofTab) root.querySelectorAll("form[data-keep]").forEach(guard);
}

if (store && ofTab) {
  const who = body.dataset.who ?? "";
  const before = store.getItem(WHO);
  if (body.dataset.page === "signed-out" || (who && before && before !== who)) forgetAll();
  if (who) store.setItem(WHO, who);
  forgetOld();
  settle();
  start(document);
  document.addEventListener("submit", (event) => confirms(event.target));
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
