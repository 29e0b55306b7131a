// The view "Streams": a tile for each source that the operator has named.
import {getJson, request} from './api.js';
import {byId, clock, counted, make} from './dom.js';
import {drawFaces, clearOverlay} from './overlay.js';

const kPollEvery = 1000;  // ms

const kStates = {stopped: 'stopped', starting: 'starting', live: 'live', stalled: 'no pictures come', down: 'down'};

class Tile {
  constructor(id, onChange) {
    this.overlay = make('canvas', {class: 'over', 'aria-hidden': 'true'});
    this.words = make('p');
    this.screen = make('div', {class: 'screen'}, this.words, this.overlay);
    this.state = make('span', {class: 'state'});
    this.button = make('button', {type: 'button'});
    this.button.onclick = async () => {
      this.button.disabled = true;
      await onChange(id, this.running ? 'DELETE' : 'PUT');
      this.button.disabled = false;
    };
    this.note = make('p', {class: 'status'});
    this.element = make('article', {class: 'card', 'data-id': id},
                        make('div', {class: 'title-row'}, make('h2', {text: id}), this.state), this.screen,
                        make('div', {class: 'title-row'}, this.note, this.button));
    this.id = id;
  }

  show(stream) {
    this.running = stream.state !== 'stopped';
    this.element.dataset.state = this.state.dataset.state = stream.state;
    this.state.textContent = kStates[stream.state] ?? stream.state;
    this.button.textContent = this.running ? 'Stop' : 'Start';
    this.button.setAttribute('aria-label', `${this.button.textContent} ${this.id}`);
    const faces = stream.faces ?? [];
    const live = stream.state === 'live' && stream.width > 0;
    if (live) this.screen.style.aspectRatio = `${stream.width} / ${stream.height}`;
    this.words.textContent = live ? (faces.length === 0 ? 'no face' : '') : stream.message ?? '';
    this.note.textContent = live ? `${clock(stream.time_s)}, ${counted(faces.length, 'face')}` : '';
    if (live) drawFaces(this.overlay, stream, faces, {number: (face) => String(face.track), bars: false});
    else clearOverlay(this.overlay);
  }
}

export class StreamsView {
  #tiles = new Map();
  #timer = 0;

  show() {
    this.hide();
    this.#poll();
  }

  hide() {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  async #poll() {
    clearTimeout(this.#timer);
    const mine = this.#timer = setTimeout(() => {}, 0);
    if (!document.hidden) await this.#refresh();
    if (mine === this.#timer) this.#timer = setTimeout(() => this.#poll(), kPollEvery);
  }

  async #refresh() {
    try {
      const {streams} = await getJson('v1/streams');
      const known = new Set(streams.map(({id}) => id));
      for (const [id, tile] of this.#tiles) if (!known.has(id)) tile.element.remove(), this.#tiles.delete(id);
      for (const stream of streams) this.#tileOf(stream.id).show(stream);
      byId('streams-status').textContent = streams.length === 0 ? 'The operator has named none.' : '';
    } catch (error) {
      byId('streams-status').textContent = error.message;
    }
  }

  #tileOf(id) {
    if (!this.#tiles.has(id)) {
      this.#tiles.set(id, new Tile(id, (...change) => this.#change(...change)));
      byId('tiles').append(this.#tiles.get(id).element);
    }
    return this.#tiles.get(id);
  }

  async #change(id, method) {
    try {
      await request(`v1/streams/${encodeURIComponent(id)}`, {method});
      await this.#refresh();
    } catch (error) {
      byId('streams-status').textContent = error.message;
    }
  }
}
