// A clip: sent, looked at on the server, its rows and timeline fetched.
import {checkSize, getJson, request, upload} from './api.js';
import {counted, make, percent, save} from './dom.js';
import {token} from './token.js';

const kPollEvery = 1000;  // ms
const kLostTries = 10;    // polls without an answer before a job is given up

// The server names paths from its root, which a proxy may have laid elsewhere.
const belowThisPage = (path) => path.replace(/^\//, '');

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export function clipCard(file, model, onRemove) {
  const bar = make('progress', {max: 1, 'aria-label': `Progress of ${file.name}`});
  const status = make('p', {class: 'status', role: 'status', text: 'Waiting.'});
  const actions = make('p', {class: 'actions'});
  const cancelling = new AbortController();
  let job = null;
  const end = make('button', {type: 'button', class: 'quiet'});
  const offer = (word) => {
    end.textContent = word;
    end.setAttribute('aria-label', `${word} ${file.name}`);
  };
  offer('Cancel');
  end.onclick = () => {
    cancelling.abort();
    if (job) request(job.url, {method: 'DELETE'}).catch(() => {});  // it may be gone already
    card.remove();
    onRemove();
  };
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
    const timeline = belowThisPage(state.timeline);
    const saver = (text, path, name) => make('button', {type: 'button', text, onclick: fetchAndSave(path, name)});
    const kept = 'Rows and timeline stay on the server until you remove them, or for a while.';
    show(1, `${counted(state.frames, 'frame')} looked at. ${kept}`);
    bar.remove();
    const link = {class: 'button', href: timeline, target: '_blank', rel: 'noopener', text: 'Open timeline'};
    if (!token()) actions.append(make('a', link));  // a link cannot carry a token
    actions.append(saver('Save timeline', timeline, `${stem}.html`));
    actions.append(saver('Save rows as CSV', belowThisPage(state.rows), `${stem}.csv`));
    card.append(actions);
    offer('Remove');
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
      if (state.state === 'failed' || state.state === 'cancelled')
        throw new Error(state.error || 'The server gave the clip up.');
      const queued = state.state === 'queued';
      show(state.progress, queued ? 'Waiting for its turn.' : `${counted(state.frames, 'frame')} looked at.`);
    }
  };

  // Never throws.
  const run = async () => {
    try {
      if (!model.video) throw new Error('Clips are not taken: fer-live is not installed beside this server.');
      checkSize(file, model.limits.video_bytes);
      const sent = (share) => show(share, `Sending, ${percent(share)}.`);
      job = await upload('v1/video', file, sent, cancelling.signal);
      job.url = belowThisPage(job.url);
      card.dataset.state = 'running';
      await follow();
      card.dataset.state = 'done';
    } catch (error) {
      if (error.name === 'AbortError') return;
      card.dataset.state = 'failed';
      bar.remove();
      status.textContent = error.message;
      offer('Remove');
    }
  };
  return {card, run};
}
