// The timeline as lanes, one a face, drawn like those of the reports.
import {classes, colourOf} from './colours.js';
import {clock, counted, make, makeSvg} from './dom.js';
import {kBin} from './timeline.js';

const kWindows = [60, 120, 300];  // seconds shown: the first that all fits in, at most the last five minutes
const kLanes = 8;
const kShortest = 2;  // bins: faces seen for less have no lane

export function fillLegend(list) {
  list.replaceChildren(...classes().map((name) => {
    const swatch = make('i');
    swatch.style.background = colourOf(name);
    return make('li', {}, swatch, name);
  }));
}

// Bars of a class as one path, 100 high; the x axis counts bins.
function pathOf(bins, from) {
  return bins.map(([bin, {share}]) => `M${bin - from} 100v-${Math.max(4, Math.round(100 * share))}h1v100z`).join('');
}

function mostly(bins) {
  const counts = new Map();
  for (const [, {name}] of bins) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [name, count] = [...counts].sort((a, b) => b[1] - a[1])[0];
  return count === bins.length ? name : `mostly ${name}`;
}

function lane({number, bins}, from, count) {
  const span = `${clock(bins[0][0] * kBin)} to ${clock((bins.at(-1)[0] + 1) * kBin)}`;
  const paths = classes().map((name) => {
    const own = bins.filter(([, state]) => state.name === name);
    return own.length === 0 ? null : makeSvg('path', {fill: colourOf(name), d: pathOf(own, from)});
  });
  const drawing = makeSvg('svg', {viewBox: `0 0 ${count} 100`, preserveAspectRatio: 'none', 'aria-hidden': 'true'},
                          ...paths.filter(Boolean));
  const share = mostly(bins);
  return make('div', {class: 'lane-row'},
              make('div', {class: 'name'}, make('b', {text: `face ${number}`}), make('small', {text: span})),
              make('div', {class: 'lane', role: 'img', 'aria-label': `face ${number}, ${span}, ${share}`}, drawing),
              make('div', {class: 'share'}, make('small', {text: share})));
}

function axis(from, count) {
  const marks = [0, 0.2, 0.4, 0.6, 0.8, 1].map((part) => {
    const mark = make('span', {text: clock((from + part * count) * kBin)});
    mark.style.left = `${100 * part}%`;
    return mark;
  });
  return make('div', {class: 'lane-row'}, make('div', {class: 'name'}),
              make('div', {class: 'axis', 'aria-hidden': 'true'}, ...marks), make('div', {class: 'share'}));
}

// Draws what was seen up to `now` (milliseconds since 1970).
export function drawTimeline(container, timeline, now) {
  const seconds = timeline.secondsAt(now);
  const width = kWindows.find((window) => seconds <= window) ?? kWindows.at(-1);
  const last = Math.max(Math.ceil(seconds / kBin), width / kBin);
  const from = last - width / kBin;
  const faces = timeline.within(from, last + 1).filter(({bins}) => bins.length >= kShortest);
  if (faces.length === 0) {
    container.replaceChildren(make('p', {class: 'note', text: 'Nothing yet.'}));
    return;
  }
  const shown = faces.slice(-kLanes);
  const more = faces.length - shown.length;
  container.replaceChildren(...shown.map((face) => lane(face, from, last - from)), axis(from, last - from));
  const text = `${counted(more, 'earlier face')} without a lane; the CSV file has all.`;
  if (more > 0) container.append(make('p', {class: 'note', text}));
}
