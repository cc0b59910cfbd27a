// The column chunks of an object as a map, columns by row groups, with a switch for what it shows, and the pages of one chunk.

import {make, svg, size, number, plural, legend} from './dom.js';

const SHADES = 5;
const UNKNOWN = 9;
const VIEWS = [['bytes', 'bytes'], ['encodings', 'encodings'], ['ratio', 'unpacked to packed'], ['nulls', 'nulls']];
const LEGENDS = {
  bytes: [['s0', 'few bytes'], ['s3', 'more'], ['s5', 'most; each shade has four times as many']],
  encodings: [['k1', 'plain'], ['k2', 'dictionary'], ['k3', 'delta or split'], ['k0', 'other']],
  ratio: [['s0', 'under 1.5 times'], ['s3', 'some 8 times'], ['s5', '32 times and more']],
  nulls: [['s0', 'none'], ['s3', 'half'], ['s5', 'all'], ['k9', 'not told']],
};

function bytesShade(bytes, largest) {
  let shade = SHADES;
  for (let at = bytes; shade > 0 && at < largest; at *= 4) {
    shade--;
    if (at === 0) return 0;
  }
  return shade;
}

function kind(encodings) {
  const names = encodings.join();
  if (/DICTIONARY/.test(names)) return 2;
  if (/DELTA|SPLIT/.test(names)) return 3;
  return /PLAIN/.test(names) ? 1 : 0;
}

function ratioShade(ratio) {
  let shade = 0;
  for (let left = ratio; left > 1.5 && shade < SHADES; left /= 2) shade++;
  return shade;
}

function nullsShade(nulls, values) {
  if (nulls === null) return UNKNOWN;
  return nulls === 0 ? 0 : Math.min(SHADES, 1 + Math.floor(nulls * 4 / Math.max(1, values)));
}

function cell([bytes, unpacked, form, values, nulls], {forms}, rowGroup, largest) {
  const {codec, encodings} = forms[form];
  const ratio = unpacked / Math.max(1, bytes);
  return make('td', {
    class: `b${bytesShade(bytes, largest)} e${kind(encodings)} r${ratioShade(ratio)} n${nullsShade(nulls, values)}`,
    title: `row group ${rowGroup}: ${size(bytes)}, ${codec}, ${encodings.join(', ')}, ratio ${ratio.toFixed(1)}, `
      + (nulls === null ? 'nulls unknown' : number(nulls) + ' nulls')});
}

function table(chunks, threshold) {
  const largest = Math.max(1, ...chunks.chunks.map(row => Math.max(0, ...row.map(chunk => chunk[0]))));
  return make('table', {},
    make('thead', {}, make('tr', {}, make('th', {scope: 'col'}, 'column'),
      ...chunks.rowGroups.map(([bytes], i) => make('th', {scope: 'col', class: bytes < threshold ? 'fragment' : 'healthy'}, String(i))))),
    make('tbody', {}, ...chunks.columns.map((name, j) => make('tr', {}, make('th', {scope: 'row', title: name}, name),
      ...chunks.chunks.map((row, i) => cell(row[j], chunks, i, largest))))));
}

const isDictionary = page => page.type === 'DICTIONARY_PAGE';
const pageKind = page => isDictionary(page) ? 'd' : 'k' + kind([page.encoding]);

/** What POST /inspect/pages tells of a chunk, drawn to scale and as a table. */
function pagesOf({pages, isComplete}, name, rowGroup, chunkBytes) {
  const shown = pages.reduce((sum, page) => sum + page.bytes, 0);
  const scale = 1000 / Math.max(1, chunkBytes, shown);
  let at = 0;
  const drawing = svg('svg', {viewBox: '0 0 1000 40', preserveAspectRatio: 'none', 'aria-hidden': 'true'});
  for (const page of pages) {
    const width = page.bytes * scale;
    drawing.append(svg('rect', {class: pageKind(page), x: at.toFixed(2), y: 0, height: 40,
      width: Math.max(.4, width - Math.min(2, width * .25)).toFixed(2)}));
    at += width;
  }
  const title = `${name} in row group ${rowGroup}: ${isComplete ? '' : 'the first '}${plural(pages.length, 'page')}, ${size(shown)}`
    + (isComplete ? '' : ' of ' + size(chunkBytes));
  const heads = ['page', 'encoding', 'values', 'rows', 'nulls', 'bytes', 'unpacked'];
  return [make('div', {class: 'bar', role: 'img', 'aria-label': title}, make('p', {class: 'quiet'}, title), drawing),
    legend([['d', 'dictionary page'], ...LEGENDS.encodings].filter(([key]) => pages.some(page => pageKind(page) === key))),
    make('div', {class: 'map', tabindex: 0, role: 'region', 'aria-label': 'Pages'}, make('table', {class: 'numbers'},
      make('thead', {}, make('tr', {}, ...heads.map(head => make('th', {scope: 'col'}, head)))),
      make('tbody', {}, ...pages.map((page, i) => make('tr', {}, make('th', {scope: 'row'}, String(i)),
        make('td', {}, page.encoding + (isDictionary(page) ? ' (dictionary)' : '')),
        ...[number(page.values), number(page.rows), number(page.nulls), size(page.bytes), size(page.unpacked)]
          .map(text => make('td', {}, text)))))))];
}

/** Asks for the pages of a chunk: by a form, or by a click into the map. */
function pagesForm(map, chunks, askPages) {
  const column = make('select', {}, ...chunks.columns.map((name, i) => make('option', {value: i}, name)));
  const rowGroup = make('input', {type: 'number', min: 0, max: chunks.rowGroups.length - 1, value: 0, required: true});
  const result = make('div', {});
  const show = async () => {
    const [i, j] = [Number(rowGroup.value), Number(column.value)];
    try {
      const answer = await askPages(i, j);
      result.replaceChildren(...pagesOf(answer, chunks.columns[j], i, chunks.chunks[i][j][0]));
    } catch (error) {
      result.replaceChildren(error.shown);
    }
  };
  const form = make('form', {}, make('label', {class: 'wide'}, 'Pages of column', column), make('label', {}, 'in row group', rowGroup),
    make('button', {class: 'plain'}, 'Show pages'));
  form.addEventListener('submit', event => { event.preventDefault(); show(); });
  map.addEventListener('click', event => {
    const chosen = event.target.closest('td');
    if (!chosen) return;
    rowGroup.value = chosen.cellIndex - 1;
    column.value = chosen.parentElement.rowIndex - 1;
    show();
  });
  return [form, result];
}

/**
 * What POST /inspect tells of an object's chunks, drawn.
 *
 * @param askPages gives what POST /inspect/pages tells of a row group and a column; its errors have `shown`, an element
 */
export function chunkMap({chunks, threshold}, askPages) {
  const map = make('div', {class: 'map', tabindex: 0, role: 'region', 'aria-label': 'Columns by row groups', 'data-show': 'bytes'},
    table(chunks, threshold));
  const key = make('div', {}, legend(LEGENDS.bytes));
  const choice = make('fieldset', {class: 'choice'}, make('legend', {}, 'Each cell is a column chunk. It shows'),
    ...VIEWS.map(([view, word]) => make('label', {},
      make('input', {type: 'radio', name: 'chunks-show', value: view, checked: view === 'bytes'}), word)));
  choice.addEventListener('change', event => {
    map.dataset.show = event.target.value;
    key.replaceChildren(legend(LEGENDS[event.target.value]));
  });
  const isCut = chunks.columns.length < chunks.columnCount || chunks.rowGroups.length < chunks.rowGroupCount;
  return make('figure', {class: 'chunks'}, make('h3', {}, 'Columns by row groups'), choice, map, key,
    isCut ? make('p', {class: 'quiet'}, `Shown are the first ${number(chunks.columns.length)} of ${number(chunks.columnCount)} columns`
      + ` and the first ${number(chunks.rowGroups.length)} of ${number(chunks.rowGroupCount)} row groups.`) : null,
    ...(chunks.columns.length && chunks.rowGroups.length ? pagesForm(map, chunks, askPages) : []));
}
