// The field for a drawn signature: <fieldset data-sign>. The drawing goes as a PNG data URL into its
// hidden input; a typed name beside it does the same duty. Nothing is stored on the device.

const INK = "#15233f";
const STROKE = 2.4; // CSS pixels
const MOST = 2; // drawing is kept at no more than twice the CSS size, to stay small on the wire

function prepare(sheet) {
  const canvas = sheet.querySelector("[data-sign-canvas]");
  const hidden = sheet.querySelector("[data-sign-value]");
  const state = sheet.querySelector("[data-sign-state]");
  const pad = sheet.querySelector(".sign__pad");
  if (!canvas?.getContext || sheet.dataset.signOn) return;
  sheet.dataset.signOn = "1";
  pad.hidden = false;
  const pen = canvas.getContext("2d");
  let strokes = []; // each a list of [x, y] in shares of the canvas, so that turning the phone keeps them
  let drawing = null; // the pointer that draws

  function fit() {
    const box = canvas.getBoundingClientRect();
    if (!box.width) return;
    const scale = Math.min(window.devicePixelRatio || 1, MOST);
    canvas.width = Math.round(box.width * scale);
    canvas.height = Math.round(box.height * scale);
    pen.lineWidth = STROKE * scale;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    pen.strokeStyle = INK;
    pen.fillStyle = INK;
    strokes.forEach(draw);
  }

  function draw(points) {
    const at = ([x, y]) => [x * canvas.width, y * canvas.height];
    pen.beginPath();
    if (points.length === 1) {
      pen.arc(...at(points[0]), pen.lineWidth * 0.7, 0, 2 * Math.PI);
      pen.fill();
      return;
    }
    pen.moveTo(...at(points[0]));
    for (let i = 1; i < points.length - 1; i += 1) {
      const [x, y] = at(points[i]);
      const [nextX, nextY] = at(points[i + 1]);
      pen.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
    }
    pen.lineTo(...at(points[points.length - 1]));
    pen.stroke();
  }

  function redraw() {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    strokes.forEach(draw);
  }

  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  function report() {
    const drawn = strokes.some((points) => points.length > 1);
    hidden.value = drawn ? canvas.toDataURL("image/png") : "";
    state.textContent = drawn ? sheet.dataset.signDrawn : sheet.dataset.signEmpty;
    sheet.dispatchEvent(new CustomEvent("signed", { bubbles: true, detail: { drawn } }));
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (drawing !== null || (event.pointerType === "mouse" && event.button !== 0)) return;
    event.preventDefault();
    drawing = event.pointerId;
    try {
      canvas.setPointerCapture(drawing);
    } catch {
      // a pointer that has already gone up: the stroke simply ends where it left the canvas
    }
    strokes.push([place(event)]);
    redraw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drawing) return;
    const points = strokes[strokes.length - 1];
    const between = event.getCoalescedEvents?.() ?? [];
    for (const each of between.length ? between : [event]) points.push(place(each));
    redraw();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => {
      if (event.pointerId !== drawing) return;
      drawing = null;
      report();
    });
  }
  sheet.querySelector("[data-sign-clear]").addEventListener("click", () => {
    strokes = [];
    redraw();
    report();
  });
  sheet.closest("form")?.addEventListener("reset", () => {
    strokes = [];
    redraw();
    report();
  });
  new ResizeObserver(fit).observe(canvas);
  fit();
}

const start = (root) => root.querySelectorAll("[data-sign]").forEach(prepare);
start(document);
document.addEventListener("htmx:afterSettle", (event) => start(event.target));
