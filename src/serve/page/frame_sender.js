// The video's newest frame as a JPEG, whenever the link has a credit; frames in between are left out.

const kWidest = 640;
const kQuality = 0.8;

export class FrameSender {
  #video;
  #link;
  #canvas = document.createElement('canvas');
  #running = 0;  // number of the run; 0: none
  #runs = 0;
  #encoding = false;

  constructor(video, link) {
    this.#video = video;
    this.#link = link;
  }

  start() {
    this.#running = ++this.#runs;
    this.#encoding = false;
    this.#next(this.#running);
  }

  stop() {
    this.#running = 0;
  }

  #next(run) {
    const onFrame = () => {
      if (run !== this.#running) return;
      if (this.#link.ready && !this.#encoding) this.#send(run);
      this.#next(run);
    };
    // Browsers without frame callbacks: once a repaint.
    if (this.#video.requestVideoFrameCallback) this.#video.requestVideoFrameCallback(onFrame);
    else requestAnimationFrame(onFrame);
  }

  #send(run) {
    const {videoWidth, videoHeight} = this.#video;
    if (!videoWidth) return;
    const takenAt = performance.now();
    const scale = Math.min(1, kWidest / videoWidth);
    this.#canvas.width = Math.round(videoWidth * scale);
    this.#canvas.height = Math.round(videoHeight * scale);
    this.#canvas.getContext('2d', {alpha: false}).drawImage(this.#video, 0, 0, this.#canvas.width, this.#canvas.height);
    this.#encoding = true;
    this.#canvas.toBlob((jpeg) => {
      if (run !== this.#running) return;
      this.#encoding = false;
      if (jpeg && this.#link.ready) this.#link.send(jpeg, takenAt);
    }, 'image/jpeg', kQuality);
  }
}
