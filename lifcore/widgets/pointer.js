// Tells the kernel where the reader presses or drags on the explorer's picture, and how fine the screen is.
// It shows nothing itself: it listens to the image that stands in the same box.

const MARGIN = 0.02; // of the picture: a point on the edge of an area can be caught from outside

const between = (low, x, high) => Math.min(high, Math.max(low, x));

function render({ model, el }) {
  model.set("ratio", between(1, window.devicePixelRatio, 2));
  model.save_changes();

  let pressed = null; // the pointer that drags, the image and the number of the area where it began

  const imageOf = ({ target }) =>
    target instanceof Element && target.matches("img.lif-image") && target.parentElement.contains(el) ? target : null;

  // Fractions of the picture, from its lower left corner.
  const place = (event, image) => {
    const box = image.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (box.bottom - event.clientY) / box.height];
  };

  const areaUnder = (event) => {
    const image = imageOf(event);
    if (!image) return null;
    const [x, y] = place(event, image);
    const near = (at, start, size) => start - MARGIN <= at && at <= start + size + MARGIN;
    const area = model
      .get("areas")
      .findIndex(([left, bottom, width, height]) => near(x, left, width) && near(y, bottom, height));
    return area < 0 ? null : { image, area };
  };

  const tell = (event) => {
    const [x, y] = place(event, pressed.image);
    const [left, bottom, width, height] = model.get("areas")[pressed.area];
    const across = between(0, (x - left) / width, 1);
    const up = between(0, (y - bottom) / height, 1);
    model.set("at", [pressed.area, across, up, event.timeStamp]); // with the time, the same place counts again
    model.save_changes();
  };

  const press = (event) => {
    pressed = event.isPrimary && event.button === 0 ? areaUnder(event) : null;
    if (!pressed) return;
    pressed.pointer = event.pointerId;
    pressed.image.setPointerCapture(event.pointerId);
    tell(event);
  };
  const move = (event) => {
    if (pressed) event.pointerId === pressed.pointer && tell(event);
    else if (imageOf(event)) event.target.style.cursor = areaUnder(event) ? "crosshair" : "";
  };
  const release = (event) => {
    if (event.pointerId === pressed?.pointer) pressed = null;
  };
  // A drag is neither the browser's drag of an image nor, by touch, a scroll of the page.
  const keep = (event) => {
    if (areaUnder(event.touches ? event.touches[0] : event)) event.preventDefault();
  };

  const listeners = { pointerdown: press, pointermove: move, pointerup: release, pointercancel: release };
  Object.assign(listeners, { dragstart: keep, touchstart: keep });
  for (const [name, listener] of Object.entries(listeners)) {
    document.addEventListener(name, listener, { passive: false });
  }
  return () => {
    for (const [name, listener] of Object.entries(listeners)) document.removeEventListener(name, listener);
  };
}

export default { render };
