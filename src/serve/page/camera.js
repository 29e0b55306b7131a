// The camera: asked for, chosen, given back; and why there is none, in a sentence.

const kReasons = {
  NotAllowedError: 'The browser was told not to use the camera. ' +
      'Allow it by the camera or lock symbol in the address bar, then start again.',
  NotFoundError: 'No camera was found. Plug one in, then start again.',
  OverconstrainedError: 'The chosen camera is gone. Start again to use another.',
  NotReadableError: 'The camera is busy: another program may be using it. Close that, then start again.',
  AbortError: 'The camera did not start. Try again.',
};

// Why this page can have no camera at all; empty where it can.
export function whyNoCamera() {
  if (!window.isSecureContext)
    return 'Browsers give a camera only to pages that come over https, or from localhost. ' +
        'This one came over plain http, so the camera stays off. Pictures and clips work.';
  if (!navigator.mediaDevices?.getUserMedia) return 'This browser has no cameras to offer. Pictures and clips work.';
  return '';
}

export class Camera {
  #video;
  #stream = null;

  constructor(video) {
    this.#video = video;
    this.onended = () => {};  // called when the camera went without being told to
  }

  get on() {
    return this.#stream !== null;
  }

  get settings() {
    return this.#stream?.getVideoTracks()[0]?.getSettings() ?? {};
  }

  // Throws an Error whose message is a sentence for a person.
  async start(deviceId) {
    this.stop();
    const wanted = deviceId ? {deviceId: {exact: deviceId}} : {facingMode: 'user'};
    const video = {...wanted, width: {ideal: 1280}, height: {ideal: 720}, frameRate: {ideal: 30}};
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({video, audio: false});
    } catch (error) {
      throw new Error(kReasons[error.name] ?? 'The camera did not start. Try again.');
    }
    const stream = this.#stream;
    stream.getVideoTracks()[0].addEventListener('ended', () => {
      if (stream !== this.#stream) return;
      this.stop();
      this.onended();
    });
    this.#video.srcObject = stream;
    await this.#video.play().catch(() => {});  // interrupted where the camera is stopped at once
  }

  stop() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.#video.srcObject = null;
  }

  // What one sees as in a mirror: every camera but one that looks away from its user.
  facesUser() {
    return this.settings.facingMode !== 'environment';
  }

  static async devices() {
    const all = await navigator.mediaDevices.enumerateDevices();
    return all.filter((device) => device.kind === 'videoinput' && device.deviceId);
  }
}
