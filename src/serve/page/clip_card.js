// A clip: sent, looked at on the server, its rows and timeline fetched.
import {getJson, request, upload} from './api.js';
import {counted, make, save, sizeText} from './dom.js';
import {token} from './token.js';

const kPollEvery = 1000;  // ms
const kLostTries = 10;    // polls without an answer before a job is given up

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export function clipCard(file, model, onRemove) {
  const bar = make('progress', {max: 1, 'aria-label': `Progress of ${file.name}`});
  const status = make('p', {class: 'status', role: 'status', text: 'Waiting.'});
  const actions = make('p', {class: 'actions'});
  const cancelling = new AbortController();
  let job = null;
  const end = make('button', {type: 'button', class: 'quiet', text: 'Cancel', 'aria-label': `Cancel ${file.name}`, onclick: () => {
    cancelling.abort();
    if (job) request(job.url, {method: 'DELETE'}).catch(() => {});  // it may be gone already
    card.remove();
    onRemove();
  }});
  const card = make('article', {class: 'card wide', 'data-state': 'waiting', 'data-kind': 'clip'},
                    make('div', {class: 'title-row'}, make('h2', {text: file.name}), end), bar, status);

  const show = (share, text) => {
    if (share === null) bar.removeAttribute('value');
    else bar.value = share;
    status.textContent = text;
  };

  const fetchAndSave = (path, name) => async (event) => {
    event.target.disabled = true;
    try {
      save(await (await request(path)).blob(), name);
    } catch (error) {
      status.textContent = error.message;
    }
    event.target.disabled = false;
  };

  const showDone = (state) => {
    const stem = file.name.replace(/\.[^.]*$/, '');
    show(1, `${counted(state.frames, 'frame')} looked at. Rows and timeline stay on the server until you remove them, or for a while.`);
    bar.remove();
    // A link cannot carry the token.
    if (!token()) actions.append(make('a', {class: 'button', href: state.timeline.replace(/^\//, ''), target: '_blank', rel: 'noopener', text: 'Open timeline'}));
    actions.append(make('button', {type: 'button', text: 'Save timeline', onclick: fetchAndSave(state.timeline.replace(/^\//, ''), `${stem}.html`)}),
                   make('button', {type: 'button', text: 'Save rows as CSV', onclick: fetchAndSave(state.rows.replace(/^\//, ''), `${stem}.csv`)}));
    card.append(actions);
    end.textContent = 'Remove';
    end.setAttribute('aria-label', `Remove ${file.name}`);
  };

  const follow = async () => {
    for (let lost = 0; !cancelling.signal.aborted; await wait(kPollEvery)) {
      let state;
      try {
        state = await getJson(job.url, {signal: cancelling.signal});
        lost = 0;
      } catch (error) {
        if (error.status !== 0 || ++lost > kLostTries) throw error;
        continue;
      }
      if (state.state === 'done') return showDone(state);
      if (state.state === 'failed' || state.state === 'cancelled') throw new Error(state.error || 'The server gave the clip up.');
      show(state.progress, state.state === 'queued' ? 'Waiting for its turn.' : `${counted(state.frames, 'frame')} looked at.`);
    }
  };

  // Never throws.
  const run = async () => {
    try {
      if (file.size > model.limits.video_bytes)
        throw new Error(`Too large: ${sizeText(file.size)}, and the server takes ${sizeText(model.limits.video_bytes)}.`);
      job = await upload('v1/video', file, (share) => show(share, `Sending, ${Math.round(share * 100)} %.`), cancelling.signal);
      job.url = job.url.replace(/^\//, '');  // below wherever this page lies
      card.dataset.state = 'running';
      await follow();
      card.dataset.state = 'done';
    } catch (error) {
      if (error.name === 'AbortError') return;
      card.dataset.state = 'failed';
      bar.remove();
      status.textContent = error.message;
      end.textContent = 'Remove';
    }
  };
  return {card, run};
}
