// Shows the maps of a sheet that runs in the kernel, and tells the kernel where the reader paints.
// The page asks for each frame; the kernel steps the sheet, a byte a cell comes back.

const FRAMES = 4; // asked for at once: what a page does for a message takes longer than to show a frame
const AHEAD = 8; // frames asked for or not yet shown: the way to the kernel and back takes time
const APART = 12; // ms between two frames that are shown: on screens faster than 80 Hz time doesn't run faster
const STILL = { apart: 500, many: 10 }; // for readers who want less motion: pictures that stand still for a while
const LOST = 5000; // ms after which a frame that doesn't come is given up
const [TOP, WAITING, FIRED] = [253, 254, 255]; // the shades, as in shades.py

const bytes = (buffer) => new Uint8Array(buffer.buffer ?? buffer, buffer.byteOffset ?? 0, buffer.byteLength);

function make(tag, name, parent, text = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  parent.append(element);
  return element;
}

// One map: its title, the canvas, the color bar.
function makeMap(parent, { title, low, high }, palette) {
  const figure = make("figure", "lif-map", parent);
  make("div", "lif-title", figure, title);
  const canvas = make("canvas", "", figure);
  canvas.setAttribute("role", "img");
  const row = make("div", "lif-bar", figure);
  make("span", "", row, low);
  const bar = make("canvas", "", row);
  make("span", "", row, high);
  [bar.width, bar.height] = [TOP + 1, 1];
  const colors = new Uint32Array(bytes(palette).slice().buffer);
  fill(bar, Uint8Array.from({ length: TOP + 1 }, (_, shade) => shade), colors);
  return { figure, canvas, colors };
}

function fill(canvas, shades, colors) {
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = colors[shades[i]];
  context.putImageData(image, 0, 0);
}

const css = (colors, shade) => {
  const [red, green, blue] = new Uint8Array(colors.buffer, 4 * shade, 3);
  return `rgb(${red}, ${green}, ${blue})`;
};

function render({ model, el }) {
  const view = Math.random().toString(36).slice(2);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const stage = make("div", "lif-stage", el);
  const row = make("div", "lif-maps", stage);
  const legend = make("div", "lif-legend", stage);
  const readout = make("div", "lif-readout", stage);
  const [time, spikes, rate] = ["lif-time", "lif-spikes", "lif-rate"].map((name) => make("span", name, readout));
  readout.setAttribute("aria-hidden", "true"); // too quick for a screen reader, which hears the sentence below

  let maps = []; // what is on the page
  let queue = []; // frames that have come and are not yet shown
  let inSight = false;
  let waiting = 0; // frames asked for and not yet here
  let asked = -1e9; // ms, when the last were
  let answered = 0; // ms, when the last came
  let drawn = []; // ms, when the frames of the last second were shown
  let scheduled = 0;
  let stroke = null; // the cells painted since the last message, and the canvas

  const ask = (now) => {
    if (waiting && now - Math.max(answered, asked) > LOST) waiting = 0;
    const frames = calm.matches ? 1 : FRAMES;
    if (waiting + queue.length + frames > AHEAD || now - asked < (calm.matches ? STILL.apart : 0)) return;
    waiting += frames;
    asked = now;
    model.send({ kind: "frames", view, frames, many: calm.matches ? STILL.many : 1 });
  };

  const draw = (now) => {
    const { side, torus, alt, t, count, buffers } = queue.shift();
    maps.forEach(({ figure, canvas, colors }, i) => {
      if (canvas.width !== side) canvas.width = canvas.height = side;
      figure.classList.toggle("lif-torus", torus);
      fill(canvas, bytes(buffers[i]), colors);
      if (canvas.getAttribute("aria-label") !== alt) canvas.setAttribute("aria-label", alt);
    });
    drawn = [...drawn.filter((then) => now - then < 1000), now];
    time.textContent = `t = ${t.toFixed(1)} ms`;
    spikes.textContent = `${count} ${count === 1 ? "spike" : "spikes"} in this step`;
    el.dataset.frames = Number(el.dataset.frames ?? 0) + 1;
  };

  const tick = (now) => {
    scheduled = 0;
    const runs = model.get("running") && inSight;
    if (stroke?.cells.length) paint();
    if (queue.length && now - (drawn.at(-1) ?? 0) >= APART) draw(now);
    if (runs) ask(now);
    const late = runs && waiting && now - answered > 2000 && now - asked > 500;
    const text = late ? "waiting for the kernel" : `${runs ? drawn.length : 0} frames/s`;
    if (rate.textContent !== text) rate.textContent = text;
    if (runs || stroke || queue.length) schedule();
  };
  const schedule = () => {
    scheduled ||= requestAnimationFrame(tick);
  };

  const showMaps = (descriptions, palettes) => {
    row.replaceChildren();
    legend.replaceChildren();
    maps = descriptions.map((description, i) => makeMap(row, description, palettes[i]));
    const colors = maps[0].colors;
    for (const [shade, text] of [
      [FIRED, "fired in the last D"],
      [WAITING, "painted, arrives at the next step"],
    ]) {
      const entry = make("span", "", legend);
      make("span", "lif-swatch", entry).style.background = css(colors, shade);
      entry.append(text);
    }
    for (const { canvas } of maps) {
      for (const [name, listener] of Object.entries(pointer)) canvas.addEventListener(name, listener);
    }
  };

  const heard = (content, buffers) => {
    if (content.kind !== "frames") return;
    const { frames, view: asker, maps: described, ...rest } = content;
    if (asker === view) {
      waiting = Math.max(0, waiting - FRAMES);
      answered = performance.now();
    } else if (!asker) queue = []; // what no page has asked for is news, and comes before what is queued
    if (described) showMaps(described, buffers.slice(-described.length));
    if (!maps.length) return; // meant for another view, before this one was told of its maps
    frames.forEach(({ t, spikes: count }, i) => {
      queue.push({ ...rest, t, count, buffers: buffers.slice(i * maps.length, (i + 1) * maps.length) });
    });
    queue = queue.slice(-AHEAD); // a page out of sight draws none of those that another has asked for
    schedule();
  };

  // Painting: the cells under the pointer, sent at once when pressed and then once a picture of the screen.
  const cellUnder = (event, canvas) => {
    const box = canvas.getBoundingClientRect();
    const cell = (at, start, size) =>
      Math.min(canvas.width - 1, Math.max(0, Math.floor(((at - start) / size) * canvas.width)));
    return [cell(event.clientY, box.top, box.height), cell(event.clientX, box.left, box.width)];
  };
  const paint = () => {
    const cells = stroke.cells;
    stroke.cells = [];
    model.send({ kind: "paint", points: stroke.last ? [stroke.last, ...cells] : cells });
    stroke.last = cells.at(-1);
  };
  const pointer = {
    pointerdown(event) {
      if (!event.isPrimary || event.button !== 0) return;
      event.preventDefault();
      event.target.setPointerCapture(event.pointerId);
      stroke = { pointer: event.pointerId, canvas: event.target, cells: [cellUnder(event, event.target)], last: null };
      paint();
      schedule();
    },
    pointermove(event) {
      if (event.pointerId !== stroke?.pointer || event.target !== stroke.canvas) return;
      const [row, column] = cellUnder(event, stroke.canvas);
      const [lastRow, lastColumn] = stroke.cells.at(-1) ?? stroke.last;
      if (row !== lastRow || column !== lastColumn) stroke.cells.push([row, column]);
    },
    pointerup(event) {
      if (event.pointerId !== stroke?.pointer) return;
      if (stroke.cells.length) paint();
      stroke = null;
    },
    pointercancel(event) {
      if (event.pointerId === stroke?.pointer) stroke = null;
    },
  };

  const sight = new IntersectionObserver((entries) => {
    inSight = entries.at(-1).isIntersecting;
    if (inSight) schedule();
  });
  model.on("msg:custom", heard);
  model.on("change:running", schedule);
  sight.observe(el);
  model.send({ kind: "hello" }); // from here on it can be answered
  return () => {
    model.off("msg:custom", heard);
    model.off("change:running", schedule);
    sight.disconnect();
    cancelAnimationFrame(scheduled);
  };
}

export default { render };
