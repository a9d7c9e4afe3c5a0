// Two minutes before the sign-in ends: a word, and a button that keeps it. Without scripts it ends as it always did,
// and what was typed comes back after the next sign-in (keep.js).

const box = document.querySelector("[data-session]");
const WARNED = 120;
let timer;

function wait(seconds) {
  clearTimeout(timer);
  timer = setTimeout(show, Math.max(0, seconds - WARNED) * 1000);
}

function show() {
  box.hidden = false;
  box.querySelector("[data-session-stay]").focus();
}

async function stay() {
  const answer = await fetch(box.dataset.stay, { headers: { Accept: "application/json" }, redirect: "manual" });
  if (!answer.ok) {
    location.reload();
    return;
  }
  box.hidden = true;
  wait((await answer.json()).ends_in);
}

if (box) {
  box.querySelector("[data-session-stay]").addEventListener("click", stay);
  wait(Number(box.dataset.endsIn));
}
