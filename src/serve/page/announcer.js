// Words for a screen reader: a label is said when it has changed and held, never each frame.
import {counted} from './dom.js';
import {labelOf} from './colours.js';

const kHolds = 1000;     // ms that a label must hold before it is said
const kBetween = 2500;   // ms between two sentences
const kMany = 3;         // more faces than these are said in one sentence

export class Announcer {
  #region;
  #seen = new Map();  // number -> {label, since, said}
  #saidAt = -Infinity;
  #crowd = '';

  constructor(region) {
    this.#region = region;
  }

  reset(text = '') {
    this.#seen.clear();
    this.#crowd = '';
    if (this.#region.textContent !== text) this.#region.textContent = text;
  }

  // `faces` with their numbers; `now` in milliseconds.
  see(faces, number, now) {
    const present = new Set(faces.map(number));
    const gone = [...this.#seen.keys()].filter((key) => !present.has(key));
    for (const key of gone) this.#seen.delete(key);
    for (const face of faces) {
      const label = labelOf(face).name;
      const known = this.#seen.get(number(face));
      if (!known) this.#seen.set(number(face), {label, since: now, said: ''});
      else if (known.label !== label) known.label = label, known.since = now;
    }
    if (now - this.#saidAt < kBetween) return;
    const text = faces.length > kMany ? this.#crowdText(faces) : this.#changes(now);
    if (!text) return;
    this.#region.textContent = text;
    this.#saidAt = now;
  }

  #changes(now) {
    const parts = [];
    for (const [number, known] of this.#seen) {
      if (!known.label || known.label === known.said || now - known.since < kHolds) continue;
      known.said = known.label;
      parts.push(`Face ${number} looks ${known.label}.`);
    }
    return parts.join(' ');
  }

  #crowdText(faces) {
    const counts = new Map();
    for (const face of faces) counts.set(labelOf(face).name, (counts.get(labelOf(face).name) ?? 0) + 1);
    const mostly = [...counts].sort((a, b) => b[1] - a[1])[0];
    const text = `${counted(faces.length, 'face')}, mostly ${mostly[0]}.`;
    if (text === this.#crowd) return '';
    this.#crowd = text;
    return text;
  }
}
