// Faces as a list in words and bars: each with all its classes.
import {classes, colourOf, labelOf, probabilitiesOf} from './colours.js';
import {make, percent} from './dom.js';

function makeBars() {
  const rows = new Map();
  const list = make('ul', {class: 'bars'});
  for (const name of classes()) {
    const fill = make('span', {class: 'fill'});
    const value = make('span', {class: 'value'});
    fill.style.background = colourOf(name);
    const label = make('span', {class: 'name', text: name, title: name});
    const row = make('li', {}, label, make('span', {class: 'track'}, fill), value);
    rows.set(name, {row, fill, value});
    list.append(row);
  }
  return {list, rows};
}

function makeFace() {
  const title = make('b');
  const remark = make('span');
  const {list, rows} = makeBars();
  return {element: make('div', {class: 'face'}, make('h3', {}, title, remark), list), title, remark, rows};
}

const remarkOf = ({dark, blurred}) =>
    [dark && 'a dark picture', blurred && 'a blurred picture'].filter(Boolean).join(', ');

function fillFace(shown, face, name) {
  const label = labelOf(face);
  const shares = probabilitiesOf(face);
  shown.title.textContent = label.name ? `${name}: ${label.name}` : name;
  shown.remark.textContent = remarkOf(face);
  for (const [className, {row, fill, value}] of shown.rows) {
    const share = shares[className] ?? 0;
    row.classList.toggle('top', className === label.name);
    fill.style.width = `${(100 * share).toFixed(1)}%`;
    value.textContent = percent(share);
  }
}

// A list in `container` that can be filled again and again. `names(face)`: "Face 3".
export function faceList(container, names, emptyText) {
  const shown = new Map();
  const empty = make('p', {class: 'note', text: emptyText});
  container.replaceChildren(empty);
  return (faces) => {
    const wanted = new Set(faces.map(names));
    for (const [name, face] of shown) if (!wanted.has(name)) face.element.remove(), shown.delete(name);
    for (const face of faces) {
      const name = names(face);
      if (!shown.has(name)) shown.set(name, makeFace()), container.append(shown.get(name).element);
      fillFace(shown.get(name), face, name);
    }
    if (faces.length === 0) container.append(empty);
    else empty.remove();
  };
}
