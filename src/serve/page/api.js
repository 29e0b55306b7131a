// Requests to the server that this page came from, and what their failures mean in a sentence.
import {sizeText} from './dom.js';
import {askForToken, token} from './token.js';

const kBusyTries = 4;

export class ApiError extends Error {
  constructor(status, sentence, retryAfter = 0) {
    super(sentence);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

const kSentences = {
  401: 'The server asks for a token.',
  403: 'The server refuses requests from this page.',
  404: 'The server does not know this.',
  413: 'The file is larger than the server takes.',
  415: 'This is not a picture that the server can read (JPEG, PNG, BMP or WebP).',
  422: 'The file is damaged.',
  429: 'Too many requests. Try again in a moment.',
  501: 'This server takes no clips.',
  503: 'The server is full. Try again in a moment.',
};

// `body`: the response's text. Servers in between may answer with something else than our JSON.
export function errorOf(status, body, retryAfter) {
  let detail = '';
  try {
    const problem = JSON.parse(body);
    detail = problem.detail || problem.title || '';
  } catch {
    // not JSON: the status says it
  }
  return new ApiError(status, detail || kSentences[status] || `The server answered with an error (${status}).`,
                      Number(retryAfter) || 0);
}

// Throws where the file is larger than the server's limit.
export function checkSize(file, limit) {
  if (file.size > limit)
    throw new ApiError(413, `Too large: ${sizeText(file.size)}, and the server takes ${sizeText(limit)}.`);
}

export const noAnswer = () => new ApiError(0, 'The server does not answer.');

export const authorization = () => (token() ? {Authorization: `Bearer ${token()}`} : {});

const wait = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function once(path, options) {
  let response;
  try {
    response = await fetch(path, {...options, headers: {...options.headers, ...authorization()}, cache: 'no-store'});
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw noAnswer();
  }
  if (response.ok) return response;
  throw errorOf(response.status, await response.text(), response.headers.get('Retry-After'));
}

// A response, or an ApiError. Asks for the token where one is wanted; waits where the server says that it is busy.
export async function request(path, options = {}) {
  for (let tries = 1;; ++tries) {
    const used = token();
    try {
      return await once(path, options);
    } catch (error) {
      if (error.status === 401 && await askForToken(used)) continue;
      const busy = error.status === 429 || error.status === 503;
      if (!busy || !error.retryAfter || tries >= kBusyTries) throw error;
      await wait(Math.min(error.retryAfter, 10));
    }
  }
}

export const getJson = async (path, options) => (await request(path, options)).json();

// Sends a file with its progress, 0 to 1, which fetch does not tell. `signal` cancels.
export async function upload(path, file, progress, signal) {
  for (;;) {
    const used = token();
    try {
      return await uploadOnce(path, file, progress, signal);
    } catch (error) {
      if (error.status !== 401 || !await askForToken(used)) throw error;
    }
  }
}

async function uploadOnce(path, file, progress, signal) {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', path);
    sending.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    for (const [name, value] of Object.entries(authorization())) sending.setRequestHeader(name, value);
    sending.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    sending.onload = () => sending.status < 300 ? resolve(JSON.parse(sending.responseText))
        : reject(errorOf(sending.status, sending.responseText, sending.getResponseHeader('Retry-After')));
    sending.onerror = () => reject(noAnswer());
    sending.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    signal.addEventListener('abort', () => sending.abort());
    sending.send(file);
  });
}
