// What the camera saw: each face's steadied label, twice a second, for half an hour.
import {labelOf, probabilitiesOf} from './colours.js';

export const kBin = 0.5;  // seconds
const kKept = 1800;       // seconds

const kColumns = ['time_s', 'wall_time', 'track', 'smoothed_label', 'smoothed_probability'];

const csvField = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export class Timeline {
  #faces = new Map();  // number -> {number, bins: Map(bin -> {name, share, shares})}
  #startedAt = null;   // milliseconds since 1970

  get empty() {
    return this.#faces.size === 0;
  }

  // Seconds from the first frame to the moment.
  secondsAt(moment) {
    return this.#startedAt === null ? 0 : (moment - this.#startedAt) / 1000;
  }

  clear() {
    this.#faces.clear();
    this.#startedAt = null;
  }

  // The last state within each bin is the one that is kept.
  add(faces, number, moment) {
    this.#startedAt ??= moment;
    const bin = Math.floor(this.secondsAt(moment) / kBin);
    for (const face of faces) {
      const {name, share} = labelOf(face);
      if (!name) continue;
      if (!this.#faces.has(number(face))) this.#faces.set(number(face), {number: number(face), bins: new Map()});
      this.#faces.get(number(face)).bins.set(bin, {name, share: share ?? 0, shares: probabilitiesOf(face)});
    }
    this.#forget(bin - kKept / kBin);
  }

  #forget(oldest) {
    for (const [number, face] of this.#faces) {
      for (const bin of face.bins.keys()) {  // in the order of their coming
        if (bin >= oldest) break;
        face.bins.delete(bin);
      }
      if (face.bins.size === 0) this.#faces.delete(number);
    }
  }

  // Faces with bins in [from, to), in the order of their coming.
  within(from, to) {
    return [...this.#faces.values()].map((face) => ({
      number: face.number,
      bins: [...face.bins].filter(([bin]) => bin >= from && bin < to),
    })).filter((face) => face.bins.length > 0);
  }

  // A row for each face and half second; columns as those of fer-live where they mean the same.
  csv(classNames) {
    const rows = [];
    for (const {number, bins} of this.#faces.values())
      for (const [bin, {name, share, shares}] of bins)
        rows.push({bin, number, label: name, numbers: [share, ...classNames.map((each) => shares[each] ?? 0)]});
    rows.sort((a, b) => a.bin - b.bin || a.number - b.number);
    const wall = (bin) => new Date(this.#startedAt + bin * kBin * 1000).toISOString();
    const lines = rows.map(({bin, number, label, numbers}) => [
      (bin * kBin).toFixed(1), wall(bin), number, csvField(label), ...numbers.map((each) => each.toFixed(4))]);
    const head = [...kColumns, ...classNames.map((each) => `smoothed_${each}`)].map(csvField);
    return [head, ...lines].map((fields) => `${fields.join(',')}\n`).join('');
  }
}
