// The view "Pictures and clips": files by button, drop or paste, each a card.
import {clipCard} from './clip_card.js';
import {byId, counted, sizeText} from './dom.js';
import {pictureCard} from './picture_card.js';

const kAtOnce = 2;  // pictures on their way at a time
const kClip = /\.(mp4|m4v|mov|mkv|webm|avi|mpe?g|ogv|ts)$/i;

const isClip = (file) => file.type.startsWith('video/') || (!file.type.startsWith('image/') && kClip.test(file.name));

export class FilesView {
  #model;
  #waiting = [];
  #running = 0;

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
      const {card, run} = (isClip(file) ? clipCard : pictureCard)(file, this.#model, () => this.#tell());
      byId('cards').prepend(card);
      this.#waiting.push(run);
    }
    this.#tell();
    this.#go();
  }

  #go() {
    while (this.#running < kAtOnce && this.#waiting.length > 0) {
      ++this.#running;
      this.#waiting.shift()().finally(() => {
        --this.#running;
        this.#tell();
        this.#go();
      });
    }
  }

  #tell() {
    const open = this.#waiting.length + this.#running;
    const cards = byId('cards').children.length;
    byId('files-status').textContent = cards === 0 ? '' : open > 0 ? `${open} of ${counted(cards, 'file')} to go.` : `${counted(cards, 'file')} looked at.`;
  }
}
