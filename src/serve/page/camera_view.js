// The view "Camera": video, boxes over it, faces in words, timeline.
import {Announcer} from './announcer.js';
import {ApiError, request} from './api.js';
import {Camera, whyNoCamera} from './camera.js';
import {classes} from './colours.js';
import {byId, make, save} from './dom.js';
import {faceList} from './face_list.js';
import {FrameSender} from './frame_sender.js';
import {LiveLink} from './live_link.js';
import {clearOverlay, drawFaces} from './overlay.js';
import {Timeline} from './timeline.js';
import {drawTimeline, fillLegend} from './timeline_view.js';
import {askForToken, token} from './token.js';

const kStale = 2000;         // ms after which boxes without news go
const kListEvery = 200;      // ms between two readings of the list
const kTimelineEvery = 500;  // ms
const kRateOver = 2000;      // ms over which frames a second are counted

const kEmptyList = 'Faces appear here, each with how much it looks like each class.';
const kWent = 'The camera went: it was unplugged, or taken by the system. Start again when it is back.';
const kNeedsToken = 'This server shows faces only to who has its token.';
const nameOf = (face) => `Face ${face.number}`;

// For measuring, in the browser's tools and in tests.
function markOnce(name) {
  if (performance.getEntriesByName(name).length === 0) performance.mark(name);
}

export class CameraView {
  #stage = byId('stage');
  #video = byId('video');
  #overlay = byId('overlay');
  #camera = new Camera(this.#video);
  #link = new LiveLink();
  #sender = new FrameSender(this.#video, this.#link);
  #timeline = new Timeline();
  #announcer = new Announcer(byId('live-region'));
  #fillList = faceList(byId('faces'), nameOf, kEmptyList);
  #model;
  #numbersBefore = 0;  // a new connection counts its tracks from 1 again
  #highest = 0;
  #answers = [];       // [{at, delay}] of the last seconds
  #firstAnswerAt = 0;  // after none for a while
  #last = null;        // the last result
  #listedAt = 0;
  #clock = 0;

  constructor(model) {
    this.#model = model;
    fillLegend(byId('legend'));
    this.#link.onready = () => this.#numbersBefore = this.#highest;
    this.#link.onresult = (result, delay) => this.#show(result, delay);
    this.#link.onstate = (state, sentence) => this.#showLink(state, sentence);
    this.#link.onunanswered = () => this.#model.token && this.#checkToken();
    this.#camera.onended = () => this.#off(kWent);
    byId('start').onclick = () => this.#start();
    byId('stop').onclick = () => this.#off('The camera is off.');
    byId('device').onchange = (event) => this.#start(event.target.value);
    byId('mirror').onchange = () => this.#mirror();
    byId('save-timeline').onclick = () => this.#save();
    byId('clear-timeline').onclick = () => this.#clear();
    new ResizeObserver(() => this.#draw()).observe(this.#stage);
    this.#video.onresize = () => this.#fit();
    addEventListener('online', () => this.#link.hurry());
    const reason = whyNoCamera();
    if (reason) this.#off(reason);
    byId('start').hidden = reason !== '';
    drawTimeline(byId('lanes'), this.#timeline, Date.now());
  }

  // A camera runs only while its picture is seen.
  hide() {
    if (this.#camera.on) this.#off('The camera was stopped when you left this view.');
  }

  async #start(deviceId = '') {
    markOnce('fer-start');
    byId('start').disabled = true;
    try {
      if (this.#model.token && !token() && !await askForToken('')) throw new ApiError(401, kNeedsToken);
      this.#link.open();  // while the camera wakes up
      await this.#camera.start(deviceId);
      this.#on();
    } catch (error) {
      this.#off(error.message);
    } finally {
      byId('start').disabled = false;
    }
  }

  #on() {
    this.#stage.dataset.state = 'on';
    byId('stop').hidden = byId('mirror-label').hidden = false;
    byId('mirror').checked = this.#camera.facesUser();
    this.#mirror();
    this.#sender.start();
    clearInterval(this.#clock);
    this.#clock = setInterval(() => this.#tick(), kTimelineEvery);
    this.#announcer.reset('The camera is on.');
    byId('stop').focus();
    this.#listDevices();
  }

  #off(message) {
    const stopHadFocus = document.activeElement === byId('stop');
    this.#stage.dataset.state = 'off';
    clearInterval(this.#clock);
    this.#sender.stop();
    this.#camera.stop();
    this.#link.close();
    this.#last = null;
    this.#draw();
    this.#fillList([]);
    byId('camera-message').textContent = message;
    byId('stop').hidden = byId('mirror-label').hidden = byId('device-label').hidden = true;
    this.#announcer.reset(message);
    this.#tick();
    if (stopHadFocus) byId('start').focus();
  }

  async #listDevices() {
    const devices = await Camera.devices();
    const select = byId('device');
    const nameOfDevice = ({label}, index) => label || `Camera ${index + 1}`;
    select.replaceChildren(...devices.map(
        (device, index) => make('option', {value: device.deviceId, text: nameOfDevice(device, index)})));
    select.value = this.#camera.settings.deviceId ?? '';
    byId('device-label').hidden = devices.length < 2;
    navigator.mediaDevices.ondevicechange = () => this.#camera.on && this.#listDevices();
  }

  #fit() {
    if (!this.#video.videoWidth) return;
    this.#stage.style.setProperty('--ratio', (this.#video.videoWidth / this.#video.videoHeight).toFixed(4));
    this.#draw();
  }

  #mirror() {
    this.#stage.classList.toggle('mirrored', byId('mirror').checked);
    this.#draw();
  }

  #show(result, delay) {
    if (!this.#camera.on) return;
    const now = performance.now();
    for (const face of result.faces) {
      face.number = this.#numbersBefore + face.track;
      this.#highest = Math.max(this.#highest, face.number);
    }
    this.#last = {...result, at: now};
    if (this.#answers.length === 0) this.#firstAnswerAt = now;
    this.#answers.push({at: now, delay});
    this.#draw();
    this.#timeline.add(result.faces, (face) => face.number, Date.now());
    this.#announcer.see(result.faces, (face) => face.number, now);
    if (now - this.#listedAt >= kListEvery) this.#fillList(result.faces), this.#listedAt = now;
    if (result.faces.length > 0) markOnce('fer-first-box');
  }

  #draw() {
    const fresh = this.#last && performance.now() - this.#last.at < kStale;
    this.#stage.dataset.faces = fresh ? this.#last.faces.length : 0;
    if (!fresh) return clearOverlay(this.#overlay);
    const options = {mirrored: byId('mirror').checked, number: (face) => String(face.number)};
    drawFaces(this.#overlay, this.#last, this.#last.faces, options);
  }

  // Twice a second: what goes out of date, the line of figures, the timeline.
  #tick() {
    const now = performance.now();
    this.#answers = this.#answers.filter(({at}) => now - at < kRateOver);
    if (this.#last && now - this.#last.at >= kStale) this.#last = null, this.#draw(), this.#fillList([]);
    if (this.#stage.dataset.link === 'live') byId('link-status').textContent = this.#figures();
    byId('save-timeline').disabled = byId('clear-timeline').disabled = this.#timeline.empty;
    if (!this.#timeline.empty) drawTimeline(byId('lanes'), this.#timeline, Date.now());
  }

  #figures() {
    const now = performance.now();
    const over = Math.min(kRateOver, now - this.#firstAnswerAt);
    if (this.#answers.length === 0 || over < kTimelineEvery) return 'Connected.';
    const delays = this.#answers.map(({delay}) => delay).sort((a, b) => a - b);
    const rate = this.#answers.length / (over / 1000);
    const median = Math.round(delays[Math.floor(delays.length / 2)]);
    return `${rate.toFixed(rate < 10 ? 1 : 0)} frames a second, ${median} ms`;
  }

  #showLink(state, sentence) {
    this.#stage.dataset.link = state;
    byId('link-status').textContent = {connecting: 'Connecting.', live: 'Connected.'}[state] ?? sentence;
    if (state === 'waiting') this.#announcer.reset(sentence);
    if (state !== 'refused') return;
    this.#off(sentence);
    if (this.#model.token) askForToken(token()).then((given) => given && this.#start());
  }

  // A browser does not tell why a WebSocket was refused; a plain request there does, and asks for the token.
  async #checkToken() {
    try {
      await request('v1/live');
    } catch (error) {
      if (error.status === 401) this.#off(kNeedsToken);
    }
  }

  #save() {
    const name = `faces-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.csv`;
    save(new Blob([this.#timeline.csv(classes())], {type: 'text/csv'}), name);
  }

  #clear() {
    this.#timeline.clear();
    byId('save-timeline').disabled = byId('clear-timeline').disabled = true;
    drawTimeline(byId('lanes'), this.#timeline, Date.now());
  }
}
