// The page's start: what the server offers, then the view that the address names.
import {showModel} from './about.js';
import {getJson} from './api.js';
import {CameraView} from './camera_view.js';
import {setClasses} from './colours.js';
import {byId} from './dom.js';
import {FilesView} from './files_view.js';
import {StreamsView} from './streams_view.js';

const kViews = ['camera', 'files', 'streams'];
const kRetry = 2000;  // ms until a server that does not answer is asked again

const kTokenWanted = 'This server asks for a token. Load the page again to give it.';

let camera = null;
let streams = null;

function showView() {
  const named = location.hash.slice(1);
  const view = kViews.includes(named) && (named !== 'streams' || streams) ? named : 'camera';
  for (const name of kViews) byId(name).hidden = name !== view;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash === `#${view}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.title = `${byId(`${view}-title`).textContent} · fer`;
  if (view !== 'camera') camera.hide();
  if (streams) view === 'streams' ? streams.show() : streams.hide();
}

async function modelOfServer() {
  for (;;) {
    try {
      const model = await getJson('v1/model');
      byId('alert').hidden = true;
      return model;
    } catch (error) {
      const asks = error.status === 401;
      byId('alert').textContent = asks ? kTokenWanted : error.message;
      byId('alert').hidden = false;
      await new Promise((resolve) => asks || setTimeout(resolve, kRetry));
    }
  }
}

const model = await modelOfServer();
setClasses(model.classes);
showModel(model);
if (model.streams) {
  streams = new StreamsView();
  byId('streams-link').hidden = false;
}
camera = new CameraView(model);
new FilesView(model);
addEventListener('hashchange', showView);
showView();
document.documentElement.dataset.ready = '';
