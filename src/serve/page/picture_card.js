// A picture and what was found in it.
import {checkSize, getJson} from './api.js';
import {counted, make} from './dom.js';
import {faceList} from './face_list.js';
import {drawFaces} from './overlay.js';

const kFacesListed = 6;

export function pictureCard(file, model, onRemove) {
  const address = URL.createObjectURL(file);
  const image = make('img', {src: address, alt: file.name});
  const overlay = make('canvas', {class: 'over', 'aria-hidden': 'true'});
  const figure = make('div', {class: 'picture'}, image, overlay);
  const status = make('p', {class: 'status', text: 'Waiting.'});
  const faces = make('div', {class: 'faces'});
  const remove = make('button', {type: 'button', class: 'quiet', text: 'Remove', 'aria-label': `Remove ${file.name}`});
  remove.onclick = () => {
    URL.revokeObjectURL(address);
    card.remove();
    onRemove();
  };
  const card = make('article', {class: 'card', 'data-state': 'waiting', 'data-kind': 'picture'},
                    make('div', {class: 'title-row'}, make('h2', {text: file.name}), remove), figure, status);
  image.onerror = () => figure.remove();  // a picture that the browser cannot show

  const show = (result) => {
    result.faces.forEach((face, index) => face.number = index + 1);
    const options = {number: (face) => String(face.number), bars: false};
    new ResizeObserver(() => drawFaces(overlay, result.image, result.faces, options)).observe(figure);
    const area = ({box}) => box.w * box.h;
    const listed = [...result.faces].sort((a, b) => area(b) - area(a)).slice(0, kFacesListed);
    if (listed.length > 0) card.append(faces), faceList(faces, (face) => `Face ${face.number}`, '')(listed);
    const found = result.faces.length === 0 ? 'No face was found' : counted(result.faces.length, 'face');
    const left = result.faces.length > listed.length ? `, the ${kFacesListed} largest below` : '';
    status.textContent = `${found}${left}, ${Math.round(result.took_ms)} ms.`;
  };

  // Asks the server; never throws.
  const run = async () => {
    status.textContent = 'Looking.';
    try {
      checkSize(file, model.limits.image_bytes);
      const headers = {'Content-Type': file.type || 'application/octet-stream'};
      show(await getJson('v1/analyze', {method: 'POST', body: file, headers}));
      card.dataset.state = 'done';
    } catch (error) {
      card.dataset.state = 'failed';
      status.textContent = error.message;
    }
  };
  return {card, run};
}
