// The operator's token: asked for when the server wants one, kept for this tab alone.
import {byId} from './dom.js';

const kKey = 'fer-token';
let asking = null;

export const token = () => sessionStorage.getItem(kKey) ?? '';

function ask(text) {
  const dialog = byId('token-dialog');
  const field = byId('token');
  byId('token-text').textContent = text;
  field.value = '';
  return new Promise((resolve) => {
    const form = dialog.querySelector('form');
    const end = (value) => {
      form.onsubmit = dialog.oncancel = byId('token-cancel').onclick = null;
      dialog.close();
      resolve(value);
    };
    form.onsubmit = (event) => {
      event.preventDefault();
      end(field.value.trim());
    };
    byId('token-cancel').onclick = () => end('');
    dialog.oncancel = () => end('');
    dialog.showModal();
  });
}

// Asks once, however many requests want it; true where a token was given. `refused`: the one that did not do.
export async function askForToken(refused) {
  if (token() !== refused) return true;  // another request has asked meanwhile
  asking ??= ask(refused ? 'The server did not take that token. Try again.'
                         : 'Its operator has set one. It is kept in this tab until the tab is closed.')
                 .finally(() => asking = null);
  const given = await asking;
  if (given) sessionStorage.setItem(kKey, given);
  return given !== '';
}
