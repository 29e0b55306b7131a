// Elements, made and found.

export const byId = (id) => document.getElementById(id);

// make("p", {class: "note", text: "Hello"}, child, ...): attributes by name; "text" is the content, "on..." a listener.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'text') element.textContent = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const kSvg = 'http://www.w3.org/2000/svg';

export function makeSvg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(kSvg, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Offers bytes as a file to save.
export function save(blob, name) {
  const link = make('a', {href: URL.createObjectURL(blob), download: name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

export const percent = (share) => `${Math.round(share * 100)} %`;

export const counted = (number, one, many = `${one}s`) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

// 83 -> "1:23"
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export function sizeText(bytes) {
  const mega = bytes / 1048576;
  return mega >= 1 ? `${mega.toFixed(mega < 10 ? 1 : 0)} MB` : `${Math.max(1, Math.round(bytes / 1024))} kB`;
}
