// Charts: the objects under a prefix as a treemap, and runs over time.

import {make, svg, size, number, plural, time, legend} from './dom.js';

// ---- objects as a treemap: areas are row groups, colors how many of them a compaction would save

const MAX_TILES = 150;
const LEVELS = [['t0', 'nothing to gain'], ['t1', 'a quarter of the row groups goes'], ['t2', 'half'], ['t3', 'three quarters or more']];

/** How many row groups a compaction would save. */
export const gain = object => object.rowGroups - object.rowGroupsAfter;

function level(object) {
  const share = gain(object) / Math.max(1, object.rowGroups);
  return share <= 0 ? 't0' : share < .375 ? 't1' : share < .625 ? 't2' : 't3';
}

/**
 * Places rectangles of the given areas, in their order, so that they fill a rectangle and are as square as can be (Bruls, Huizing
 * and van Wijk, Squarified Treemaps, 2000): a row takes further ones as long as its least square one gets better.
 */
function squarified(areas, width, height) {
  const scale = width * height / areas.reduce((sum, area) => sum + area, 0);
  const places = [];
  let [x, y, w, h] = [0, 0, width, height];
  for (let i = 0; i < areas.length;) {
    const side = Math.min(w, h);
    const row = [];
    let sum = 0;
    let worst = Infinity;
    for (let j = i; j < areas.length; j++) {
      const area = areas[j] * scale;
      const all = sum + area;
      const ratio = Math.max(side * side * Math.max(area, ...row) / (all * all), all * all / (side * side * Math.min(area, ...row)));
      if (row.length && ratio > worst) break;
      row.push(area);
      [sum, worst] = [all, ratio];
    }
    const depth = sum / side;
    let at = 0;
    for (const area of row) {
      const length = area / depth;
      places.push(w >= h ? {x, y: y + at, width: depth, height: length} : {x: x + at, y, width: length, height: depth});
      at += length;
    }
    if (w >= h) { x += depth; w -= depth; } else { y += depth; h -= depth; }
    i += row.length;
  }
  return places;
}

const percent = (part, whole) => (part / whole * 100).toFixed(3) + '%';
const lastPart = key => key.slice(key.lastIndexOf('/') + 1);

/** Labels of a tile, the name where it fits, then numbers; sizes of letters are about these. */
function labels(object, {width, height}) {
  const isRest = object.bucketKey === null;
  const fitting = [[isRest ? plural(object.objects, 'other') : lastPart(object.bucketKey), 8, ''],
    [isRest ? plural(object.rowGroups, 'row group') : `${number(object.rowGroups)} → ${number(object.rowGroupsAfter)}`, 7, 'small']]
    .filter(([text, letter]) => text.length * letter + 12 <= width);
  return fitting.filter((_, i) => height >= 22 + 16 * i).map(([text, , kind], i) => svg('text', {x: 6, y: 17 + 16 * i, class: kind}, text));
}

function tile(object, place, width) {
  const text = object.bucketKey === null ? plural(object.objects, 'further object')
    : `${object.bucketKey}: ${number(object.rowGroups)} → ${plural(object.rowGroupsAfter, 'row group')}, ${size(object.bytes)}`;
  return svg('svg', {
    x: percent(place.x, width), y: place.y.toFixed(2), width: percent(place.width, width), height: place.height.toFixed(2),
    ...(object.bucketKey === null ? {} : {'data-key': object.bucketKey})},
    svg('title', {}, text), svg('rect', {class: object.bucketKey === null ? 'rest' : level(object), width: '100%', height: '100%'}),
    ...labels(object, place));
}

/** Objects that POST /scan has told, those with most to gain first; of many, the rest together. */
export function treemap(objects, width) {
  const height = width < 500 ? 320 : 380;
  const tiles = objects.slice(0, MAX_TILES);
  const rest = objects.slice(MAX_TILES);
  if (rest.length) {
    tiles.push({bucketKey: null, objects: rest.length, rowGroups: rest.reduce((sum, object) => sum + object.rowGroups, 0)});
  }
  const places = squarified(tiles.map(object => Math.max(1, object.rowGroups)), width, height);
  const saved = objects.reduce((sum, object) => sum + gain(object), 0);
  const all = objects.reduce((sum, object) => sum + object.rowGroups, 0);
  return make('figure', {class: 'treemap'},
    svg('svg', {height, role: 'img', 'aria-label': `${plural(objects.length, 'object')} as areas: ${number(saved)} of ${plural(all, 'row group')} would go`},
      ...tiles.map((object, i) => tile(object, places[i], width))),
    legend([...LEVELS, ...(rest.length ? [['rest', 'further objects']] : [])]));
}

// ---- runs over time

const PLOT = {height: 160, top: 10, bottom: 10};
const MARGIN = 1.15;
const MAX_TICKS = 5;
const SERIES = {
  counts: [powers(10, 1).flatMap(power => [power, 2 * power, 5 * power]), powers(10, 1), powers(10, 2), powers(10, 4)],
  bytes: [1, 2, 5, 10].map(every => powers(2, every)),
};

/** The powers of a base that a number of bytes can have, or every second or so of them. */
function powers(base, every) {
  const found = [];
  for (let exponent = 0; base ** exponent < 2 ** 60; exponent += every) found.push(base ** exponent);
  return found;
}

/** Round numbers within a range: the most of a series that are few enough; undefined where no number is round. */
function ticks(least, most, series) {
  return series.map(values => values.filter(value => value >= least && value <= most))
    .find(values => values.length > 0 && values.length <= MAX_TICKS);
}

/** One quantity of all runs, before and after, on a logarithmic scale: amounts differ by powers from run to run. */
function plot(title, runs, series, words) {
  const values = runs.flatMap(run => [run.before, run.after]).map(value => Math.max(1, value));
  const [least, most] = [Math.min(...values) / MARGIN, Math.max(...values) * MARGIN];
  const lines = ticks(least, most, SERIES[series]) || [...new Set([Math.min(...values), Math.max(...values)])];
  const [low, high] = [Math.log(least), Math.log(most)];
  const y = value => PLOT.top + (high - Math.log(Math.max(1, value))) / (high - low) * (PLOT.height - PLOT.top - PLOT.bottom);
  const x = i => ((i + .5) / runs.length * 100).toFixed(2) + '%';
  const labels = svg('svg', {class: 'labels', height: PLOT.height, 'aria-hidden': 'true'},
    ...lines.map(line => svg('text', {x: '100%', y: (y(line) + 4).toFixed(1), dx: -6}, words(line))));
  const drawing = svg('svg', {height: PLOT.height, 'aria-hidden': 'true'},
    ...lines.map(line => svg('line', {class: 'grid', x1: 0, x2: '100%', y1: y(line).toFixed(1), y2: y(line).toFixed(1)})));
  const radius = runs.length > 60 ? 2.5 : 4;
  runs.forEach((run, i) => drawing.append(svg('g', {},
    svg('title', {}, `${run.name}, ${time(run.at)}: ${words(run.before)} → ${words(run.after)}`),
    svg('line', {class: 'change', x1: x(i), x2: x(i), y1: y(run.before).toFixed(1), y2: y(run.after).toFixed(1)}),
    svg('circle', {class: 'f', cx: x(i), cy: y(run.before).toFixed(1), r: radius}),
    svg('circle', {class: 'm', cx: x(i), cy: y(run.after).toFixed(1), r: radius}))));
  const sum = key => runs.reduce((total, run) => total + run[key], 0);
  const text = `${words(sum('before'))} → ${words(sum('after'))}`;
  return make('div', {role: 'img', 'aria-label': `${title}: ${text} in ${plural(runs.length, 'run')}`},
    make('h3', {}, title), make('p', {class: 'quiet'}, text), make('div', {class: 'plot'}, labels, drawing));
}

const day = run => new Date(run.createdAt).toLocaleDateString();

function runsOf(instances, field) {
  return instances.map(({id, bucketKey, datasetId, createdAt, summary: {before, after}}) =>
    ({id, name: bucketKey || datasetId, at: createdAt, before: field(before), after: field(after)}))
    .filter(run => Number.isFinite(run.before) && Number.isFinite(run.after));
}

function runsTable(instances) {
  const count = facts => facts.rowGroups == null ? plural(facts.files, 'file') : plural(facts.rowGroups, 'row group');
  return make('details', {}, make('summary', {}, 'The runs as a table'),
    make('ul', {class: 'rows'}, ...[...instances].reverse().map(({id, bucketKey, datasetId, createdAt, summary: {before, after}}) =>
      make('li', {}, make('div', {},
        make('a', {class: 'name', href: '#instance/' + encodeURIComponent(id)}, bucketKey || datasetId),
        make('div', {class: 'quiet'}, `${time(createdAt)} · ${count(before)} → ${count(after)}, ${size(before.bytes)} → ${size(after.bytes)}`))))));
}

/** Runs that have published something, as GET /instances lists them, the newest first; null if there is none. */
export function history(instances) {
  const runs = instances.filter(({summary}) => summary && summary.published && summary.before && summary.after).reverse();
  if (!runs.length) return null;
  const plots = [
    ['Row groups', runsOf(runs, facts => facts.rowGroups), 'counts', number],
    ['Files of tables', runsOf(runs, facts => facts.rowGroups == null ? facts.files : NaN), 'counts', number],
    ['Bytes', runsOf(runs, facts => facts.bytes), 'bytes', size]].filter(([, points]) => points.length);
  return make('figure', {class: 'history'}, ...plots.map(plotted => plot(...plotted)),
    make('p', {class: 'quiet span'}, make('span', {}, day(runs[0])), make('span', {}, day(runs.at(-1)))),
    legend([['f', 'before'], ['m', 'after']]), runsTable(runs));
}
