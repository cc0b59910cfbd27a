// Elements and words of the page. Everything that comes from outside is set as text, never as markup.

export const $ = id => document.getElementById(id);

// ---- making elements

/** Foreign text without what would hide or turn around what follows: control and format characters as escapes. */
export function printable(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, c => '\\u' + c.codePointAt(0).toString(16).padStart(4, '0'));
}

const child = value => typeof value === 'string' ? printable(value) : value;

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick') element.addEventListener('click', value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter(each => each != null).map(child));
  return element;
}

export function svg(tag, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.map(child));
  return element;
}

// Only touches the page if there is something new, so that focus and selection stay.
export function fill(parent, ...children) {
  const holder = document.createElement('div');
  holder.append(...children.map(child));
  if (holder.innerHTML !== parent.innerHTML) parent.replaceChildren(...holder.childNodes);
}

// ---- words

export function size(bytes) {
  if (bytes == null) return '–';
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let value = bytes;
  while (Math.abs(value) >= 1024 && unit < units.length - 1) { value /= 1024; unit++; }
  return (unit === 0 || value >= 100 ? Math.round(value) : value.toPrecision(3)) + '\u00a0' + units[unit];
}

export const number = value => value == null ? '–' : value.toLocaleString('en');
export const time = text => text ? new Date(text).toLocaleString() : '–';
export const plural = (count, word) => number(count) + ' ' + word + (count === 1 ? '' : 's');

export function took(from, to) {
  const seconds = (new Date(to) - new Date(from)) / 1000;
  if (seconds < 1) return Math.round(seconds * 1000) + ' ms';
  return seconds < 60 ? seconds.toFixed(1) + ' s' : Math.floor(seconds / 60) + ' min ' + Math.round(seconds % 60) + ' s';
}

/** A legend of kinds, which the style sheet gives their colors. */
export function legend(kinds) {
  return make('ul', {class: 'legend'}, ...kinds.map(([kind, word]) => make('li', {},
    svg('svg', {viewBox: '0 0 10 10', 'aria-hidden': 'true'}, svg('rect', {class: kind, width: 10, height: 10})), word)));
}
