// What the server says of its model, in sentences.
import {byId} from './dom.js';

const tenth = (share) => `${(100 * share).toFixed(1)} %`;

function accuracyText({accuracy}) {
  if (!accuracy) return 'Its model names no measured accuracy: treat every label as a guess.';
  const images = accuracy.images.toLocaleString('en');
  const interval = `${tenth(accuracy.low)} to ${tenth(accuracy.high)}`;
  return `${tenth(accuracy.value)} of ${images} test images were labelled as people had labelled them ` +
      `(${accuracy.on}; 95 % interval ${interval}). ` +
      'On other pictures, and on people unlike those, it may be less.';
}

export function showModel(model) {
  byId('accuracy').textContent = accuracyText(model);
  if (model.notice) byId('notice').textContent = model.notice;
  byId('legal').textContent = model.legal ?? '';
  const {name, engine, detector, licence} = model;
  byId('model').textContent = `Emotions by ${name} (${engine}), faces by ${detector}. Licence: ${licence}.`;
}
