// Boxes, labels and bars upon a picture.
import {labelOf, paletteAt, probabilitiesOf, ranked} from './colours.js';
import {percent} from './dom.js';

const kPlate = 'rgba(13, 17, 23, .78)';
const kInk = '#ffffff';
const kFaintInk = '#c3ccd5';
const kNarrow = 420;  // CSS pixels, below which labels are small
const kBars = 3;
const kBarRow = 18;
const kBarPanel = {width: 148, padding: 8};
const kFont = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

// The canvas' own pixels, as many as the screen has there; what is drawn is measured in CSS pixels.
function prepare(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const pen = canvas.getContext('2d');
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  return {pen, width, height};
}

// Where the box lies on the canvas, into which the frame is fitted whole.
function place(box, frame, area, mirrored) {
  const scale = Math.min(area.width / frame.width, area.height / frame.height);
  const left = (area.width - frame.width * scale) / 2;
  const top = (area.height - frame.height * scale) / 2;
  const x = mirrored ? frame.width - box.x - box.w : box.x;
  return {x: left + x * scale, y: top + box.y * scale, width: box.w * scale, height: box.h * scale};
}

function plate(pen, x, y, width, height) {
  pen.fillStyle = kPlate;
  pen.beginPath();
  pen.roundRect(x, y, width, height, 5);
  pen.fill();
}

function drawBox(pen, at, colour) {
  pen.beginPath();
  pen.roundRect(at.x, at.y, at.width, at.height, 6);
  pen.lineWidth = 5;
  pen.strokeStyle = 'rgba(13, 17, 23, .55)';
  pen.stroke();
  pen.lineWidth = 2.5;
  pen.strokeStyle = colour;
  pen.stroke();
}

const meets = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

// "2 happy 81 %" above the box, below it or in it: where no other label is.
function drawLabel(pen, at, area, parts, colour, labels) {
  const small = area.width < kNarrow;
  const height = small ? 21 : 26;
  pen.font = `600 ${small ? 12 : 14}px ${kFont}`;
  const textLeft = 25 + pen.measureText(parts.number).width + 5;
  const width = textLeft + pen.measureText(parts.text).width + 8;
  const x = Math.max(2, Math.min(at.x - 1, area.width - width - 2));
  const spots = [at.y - height - 4, at.y + at.height + 4, at.y + 4].map((y) => ({x, y, width, height}))
      .filter(({y}) => y >= 2 && y + height <= area.height - 2);
  const spot = spots.find((one) => !labels.some((other) => meets(one, other))) ?? spots[0] ?? {x, y: 2, width, height};
  const middle = spot.y + height / 2;
  plate(pen, x, spot.y, width, height);
  pen.fillStyle = colour;
  pen.fillRect(x + 8, middle - 5, 10, 10);
  pen.textBaseline = 'middle';
  pen.fillStyle = kFaintInk;
  pen.fillText(parts.number, x + 23, middle + 0.5);
  pen.fillStyle = kInk;
  pen.fillText(parts.text, x + textLeft, middle + 0.5);
  return spot;
}

// The first place that is on the picture and free: right of the box, left, below, above.
function roomForBars(at, area, size, taken) {
  const gap = 8;
  const middle = Math.max(2, Math.min(at.y, area.height - size.height - 2));
  const across = Math.max(2, Math.min(at.x, area.width - size.width - 2));
  const places = [{x: at.x + at.width + gap, y: middle}, {x: at.x - size.width - gap, y: middle},
                  {x: across, y: at.y + at.height + gap}, {x: across, y: at.y - size.height - 36}];
  return places.map((spot) => ({...spot, ...size})).find((spot) =>
      spot.x >= 2 && spot.y >= 2 && spot.x + spot.width <= area.width - 2 && spot.y + spot.height <= area.height - 2 &&
      !taken.some((other) => meets(spot, other)));
}

function drawBars(pen, spot, top, colours) {
  const {padding} = kBarPanel;
  const barLeft = spot.x + 78;
  const room = spot.x + spot.width - padding - barLeft;
  plate(pen, spot.x, spot.y, spot.width, spot.height);
  pen.font = `12px ${kFont}`;
  pen.textBaseline = 'middle';
  top.forEach(({name, share}, row) => {
    const y = spot.y + padding + row * kBarRow;
    pen.fillStyle = row === 0 ? kInk : kFaintInk;
    pen.fillText(name, spot.x + padding, y + kBarRow / 2, 66);
    pen.fillStyle = 'rgba(255, 255, 255, .16)';
    pen.fillRect(barLeft, y + 5, room, 8);
    pen.fillStyle = colours(name);
    pen.fillRect(barLeft, y + 5, Math.max(1, room * share), 8);
  });
}

export function clearOverlay(canvas) {
  prepare(canvas);
}

// Faces in the pixels of `frame` ({width, height}). `options.number(face)` is what a face is called by.
export function drawFaces(canvas, frame, faces, options = {}) {
  const area = prepare(canvas);
  const colours = paletteAt(canvas);
  const drawn = faces.map((face) => ({face, at: place(face.box, frame, area, options.mirrored ?? false)}));
  const labels = [];
  for (const {face, at} of drawn) drawBox(area.pen, at, colours(labelOf(face).name));
  for (const {face, at} of drawn) {
    const label = labelOf(face);
    const share = label.share === undefined ? '' : ` ${percent(label.share)}`;
    const parts = {number: options.number?.(face) ?? '', text: label.name ? label.name + share : 'a face'};
    labels.push(drawLabel(area.pen, at, area, parts, colours(label.name), labels));
  }
  if (options.bars === false) return;
  const taken = [...drawn.map(({at}) => at), ...labels];
  for (const {face, at} of drawn) {
    const top = ranked(probabilitiesOf(face)).slice(0, kBars);
    const size = {width: kBarPanel.width, height: top.length * kBarRow + 2 * kBarPanel.padding};
    const spot = top.length > 0 && roomForBars(at, area, size, taken);
    if (!spot) continue;
    drawBars(area.pen, spot, top, colours);
    taken.push(spot);
  }
}
