// While the phone is in the learner's hand, the phone's "back" leads to "hand the phone back", not to the mentor's pages.
// An entry of the history counts only once the page was touched, so it is laid at the first touch.

const handBack = document.querySelector("[data-hand-back]");

addEventListener("pointerdown", () => history.pushState(null, ""), { once: true });
addEventListener("popstate", () => location.replace(handBack.href));
