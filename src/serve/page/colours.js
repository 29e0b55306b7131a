// The colour of each class, the same as in reports and timelines (src/report/timeline/colours.cpp).

// The beginning of an emotion's name: "ang" is that of angry and of anger.
const kExpected = [['ang', '--s1'], ['disgust', '--s2'], ['fear', '--s3'], ['happ', '--s4'], ['sad', '--s0'],
                   ['surpris', '--s5'], ['neutral', '--calm']];
const kSeries = ['--s0', '--s1', '--s2', '--s3', '--s4', '--s5', '--s6'];

let names = [];
let variables = new Map();

// Called once, with the model's classes.
export function setClasses(classes) {
  names = [...classes];
  variables = new Map();
  const taken = new Set();
  for (const name of names) {
    const row = kExpected.find(([stem, variable]) => name.toLowerCase().startsWith(stem) && !taken.has(variable));
    if (row) variables.set(name, row[1]), taken.add(row[1]);
  }
  const free = kSeries.filter((variable) => !taken.has(variable));
  let next = 0;
  const rest = free.length > 0 ? free : kSeries;
  for (const name of names)
    if (!variables.has(name)) variables.set(name, rest[next++ % rest.length]);
}

export const classes = () => names;

export const variableOf = (name) => variables.get(name) ?? '--calm';

export const colourOf = (name) => `var(${variableOf(name)})`;

// For a canvas, which knows no variables: the values that hold where the element stands.
export function paletteAt(element) {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(variableOf(name)).trim();
}

// [{name, share}] of a face's probabilities, the largest first.
export function ranked(probabilities) {
  return Object.entries(probabilities ?? {}).map(([name, share]) => ({name, share})).sort((a, b) => b.share - a.share);
}

// What a face is called: its steadied label where there is one.
export function labelOf(face) {
  const name = face.smoothed_emotion || face.dominant_emotion || '';
  return {name, share: (face.smoothed ?? face.probabilities ?? {})[name]};
}

export const probabilitiesOf = (face) => face.smoothed ?? face.probabilities ?? {};
