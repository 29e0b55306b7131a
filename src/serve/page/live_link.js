// The WebSocket to /v1/live: frames out while the server gives credits, results in, and again after a loss.
import {token} from './token.js';

const kFirstDelay = 0.5;
const kLongestDelay = 10;
const kSilence = 20;  // seconds without an answer to a frame, after which the line counts as dead
const kFrameTooLarge = 1009;
const kRefused = 1008;
const kFull = 1013;

export class LiveLink {
  #socket = null;
  #credits = 0;
  #sent = 0;
  #sentAt = new Map();  // frame -> when its picture was taken
  #delay = kFirstDelay;
  #retry = 0;
  #silence = 0;
  #wanted = false;
  #lastError = '';
  #answered = false;

  constructor() {
    this.onready = () => {};
    this.onresult = () => {};  // (result, milliseconds from picture to answer)
    this.onstate = () => {};   // ("connecting" | "live" | "waiting" | "refused" | "off", sentence)
    this.onunanswered = () => {};  // a connection ended before the server had said anything
  }

  open() {
    this.#wanted = true;
    this.#delay = kFirstDelay;
    this.#connect();
  }

  close() {
    this.#wanted = false;
    this.#drop();
    this.onstate('off', '');
  }

  // A frame may be sent: there is a credit, and the last one has left.
  get ready() {
    return this.#credits > 0 && this.#socket?.readyState === WebSocket.OPEN && this.#socket.bufferedAmount === 0;
  }

  send(jpeg, takenAt) {
    this.#credits -= 1;
    this.#sentAt.set(this.#sent++, takenAt);
    this.#socket.send(jpeg);
    if (!this.#silence) this.#listenForSilence();
  }

  // A new connection at once, where one is waited for: the network is back.
  hurry() {
    if (this.#retry) this.#connect();
  }

  #drop() {
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    this.#retry = this.#silence = 0;
    this.#credits = this.#sent = 0;
    this.#sentAt.clear();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #connect() {
    this.#drop();
    this.#lastError = '';
    this.#answered = false;
    this.onstate('connecting', '');
    const address = new URL('v1/live', document.baseURI);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    if (token()) address.searchParams.set('access_token', token());
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.onmessage = (event) => socket === this.#socket && this.#take(JSON.parse(event.data));
    socket.onclose = (event) => socket === this.#socket && this.#lost(event.code);
  }

  #take(message) {
    this.#answered = true;
    clearTimeout(this.#silence);
    this.#silence = 0;
    this.#credits += message.credits ?? 0;
    if (message.type === 'ready') {
      this.#delay = kFirstDelay;
      this.onready();
      this.onstate('live', '');
    } else if (message.type === 'error') {
      this.#lastError = message.title ?? '';
    } else {
      const takenAt = this.#sentAt.get(message.frame);
      this.#sentAt.delete(message.frame);
      if (message.type === 'result') this.onresult(message, performance.now() - takenAt);
    }
    if (this.#sentAt.size > 0) this.#listenForSilence();
  }

  #listenForSilence() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lost(0), kSilence * 1000);
  }

  #lost(code) {
    this.#drop();
    if (!this.#wanted) return;
    if (code === kRefused || code === kFrameTooLarge) {
      this.#wanted = false;
      this.onstate('refused', this.#lastError || 'The server refused the connection.');
      return;
    }
    const delay = this.#delay * (0.8 + 0.4 * Math.random());  // not all pages at once
    this.#delay = Math.min(2 * this.#delay, kLongestDelay);
    this.onstate('waiting', code === kFull ? 'The server is full; trying again.' : 'Connection lost; trying again.');
    this.#retry = setTimeout(() => this.#connect(), delay * 1000);
    if (!this.#answered) this.onunanswered();
  }
}
