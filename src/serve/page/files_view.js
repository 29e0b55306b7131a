// The view "Pictures and clips": files by button, drop or paste, each a card.
import {clipCard} from './clip_card.js';
import {byId, counted, sizeText} from './dom.js';
import {pictureCard} from './picture_card.js';

const kClip = /\.(mp4|m4v|mov|mkv|webm|avi|mpe?g|ogv|ts)$/i;

const isClip = (file) => file.type.startsWith('video/') || (!file.type.startsWith('image/') && kClip.test(file.name));

// Runs what it is given, so many at a time, in the order of their coming.
class Lane {
  #atOnce;
  #onEnd;
  #waiting = [];
  #running = 0;

  constructor(atOnce, onEnd) {
    this.#atOnce = atOnce;
    this.#onEnd = onEnd;
  }

  get open() {
    return this.#waiting.length + this.#running;
  }

  add(run) {
    this.#waiting.push(run);
    this.#go();
  }

  async #go() {
    if (this.#running >= this.#atOnce || this.#waiting.length === 0) return;
    ++this.#running;
    await this.#waiting.shift()();
    --this.#running;
    this.#onEnd();
    this.#go();
  }
}

export class FilesView {
  #model;
  #pictures = new Lane(2, () => this.#tell());
  #clips = new Lane(1, () => this.#tell());

  constructor(model) {
    this.#model = model;
    byId('files-note').textContent = this.#note();
    byId('choose').onclick = () => byId('file-input').click();
    byId('file-input').onchange = (event) => {
      this.#take(event.target.files);
      event.target.value = '';
    };
    this.#listenForDrops(byId('drop'));
    document.addEventListener('paste', (event) => {
      if (!byId('files').hidden) this.#take(event.clipboardData.files);
    });
  }

  #note() {
    const {limits, video} = this.#model;
    const pictures = `JPEG, PNG, BMP or WebP up to ${sizeText(limits.image_bytes)}`;
    return video ? `Pictures: ${pictures}. Clips: up to ${sizeText(limits.video_bytes)}.`
                 : `Pictures: ${pictures}. Clips are not taken: fer-live is not installed beside this server.`;
  }

  // Upon the whole window, where this view is shown: a file dropped beside the target would open instead of the page.
  #listenForDrops(target) {
    const holdsFiles = (event) => event.dataTransfer?.types.includes('Files');
    addEventListener('dragover', (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      target.classList.add('over-it');
    });
    addEventListener('dragleave', (event) => event.relatedTarget === null && target.classList.remove('over-it'));
    addEventListener('drop', (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      target.classList.remove('over-it');
      location.hash = '#files';
      this.#take(event.dataTransfer.files);
    });
  }

  #take(list) {
    for (const file of [...list]) {
      const clip = isClip(file);
      const {card, run} = (clip ? clipCard : pictureCard)(file, this.#model, () => this.#tell());
      byId('cards').prepend(card);
      (clip ? this.#clips : this.#pictures).add(run);
    }
    this.#tell();
  }

  #tell() {
    const open = this.#pictures.open + this.#clips.open;
    const count = byId('cards').children.length;
    const files = counted(count, 'file');
    const failed = byId('cards').querySelectorAll('[data-state=failed]').length;
    const done = failed > 0 ? `${files}, ${failed} failed.` : `${files} looked at.`;
    byId('files-status').textContent = count === 0 ? '' : open > 0 ? `${open} of ${files} to go.` : done;
  }
}
