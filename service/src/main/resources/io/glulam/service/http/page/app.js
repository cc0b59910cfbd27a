// The page of Glulam's server: plain DOM, no library. Everything that comes from outside is set as text.

import {$, make, svg, fill, legend, printable, size, number, time, plural, took} from './dom.js';
import {chunkMap} from './chunks.js';
import {history} from './charts.js';
import {objectsUnderPrefix} from './objects.js';

const PAGE = 50;
const RUNS = 100;
const STEPS = ['validate-dataset', 'get-file-metadata', 'analyze-and-compact', 'update-metadata'];
const TABLE_STEPS = [...STEPS.slice(0, 3), 'commit', STEPS[3]];
const isTable = key => /^(iceberg|delta):/.test(key || '');
let stream = null;
let shown = PAGE;
let datasetsAfter = null;
let runsDrawn = -1;
let looks = 0;

// ---- asking

async function ask(path, options = {}) {
  const headers = {};
  const token = sessionStorage.getItem('token');
  if (token) headers.Authorization = 'Bearer ' + token;
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  let response;
  try {
    response = await fetch(path, {...options, headers});
  } catch {
    throw {name: 'Unreachable', message: 'the server does not answer', remedy: 'check that it runs'};
  }
  if (response.status === 401) {
    $('login').hidden = false;
    $('lists').hidden = true;
    $('detail').hidden = true;
    throw {name: 'Unauthorized', message: 'a token is needed'};
  }
  if (!response.ok) {
    const body = await response.json().catch(() => ({}));
    throw body.error || {name: 'Failed', message: 'the server answered ' + response.status};
  }
  return response;
}

const get = path => ask(path).then(response => response.json());
const post = (path, body = {}) => ask(path, {method: 'POST', body: JSON.stringify(body)}).then(r => r.json());

// ---- small pieces

const tag = status => make('span', {class: 'tag ' + status}, status === 'waitingForPause' ? 'pausing' : status);

function failure(error) {
  return make('div', {class: 'error', role: 'alert'},
    make('strong', {}, error.name || 'Error'), ' ' + (error.field ? error.field + ' ' : '') + error.message,
    error.remedy ? make('p', {}, 'What helps: ' + error.remedy) : null);
}

// ---- the picture: row groups before and after, to scale

const WIDTH = 1000;
const HEIGHT = 40;

function bar(pieces, scale) {
  const drawing = svg('svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true'});
  let bytes = 0;
  for (const [length, , kind] of pieces) {
    const x = bytes / scale * WIDTH;
    const width = length / scale * WIDTH;
    drawing.append(svg('rect', {
      class: kind, x: x.toFixed(2), y: 0, height: HEIGHT, width: Math.max(.4, width - Math.min(2, width * .25)).toFixed(2)}));
    bytes += length;
  }
  return drawing;
}

function line(facts) {
  if (!facts) return '';
  return plural(facts.rowGroups, 'row group') + (facts.fragments ? `, ${facts.fragments === facts.rowGroups && facts.rowGroups > 1 ? 'all' : number(facts.fragments)} of them fragments` : '')
    + (facts.bytes ? ', ' + size(facts.bytes) : '');
}

function picture(output, expected) {
  const {before, after} = output.picture || {};
  if (!before) return null;
  const total = pieces => (pieces || []).reduce((sum, piece) => sum + piece[0], 0);
  const scale = Math.max(total(before), total(after), 1);
  const kinds = new Set([...before, ...(after || [])].map(piece => piece[2]));
  const one = (title, text, pieces) => make('div', {class: 'bar', role: 'img', 'aria-label': title + ': ' + text},
    make('h3', {}, title), make('p', {class: 'quiet'}, text), bar(pieces, scale));
  const afterText = output.after ? line(output.after)
    : output.plan ? plural(output.plan.rowGroups, 'row group') + ', about ' + size(output.plan.expectedBytes) : '';
  return make('figure', {},
    one(output.nothingToDo ? 'As it is' : 'Before', line(output.before), before),
    after && !output.nothingToDo ? one(expected ? 'After, as planned' : 'After', afterText, after) : null,
    legend([['f', 'fragment'], ['m', 'merged'], ['h', 'healthy, its bytes kept']].filter(([kind]) => kinds.has(kind))));
}

function facts(pairs) {
  return make('dl', {}, ...pairs.filter(pair => pair && pair[1] != null)
    .map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value))));
}

function reads(output) {
  const {before, after} = output.reads || {};
  if (!before || !after) return null;
  const measured = output.measured && output.measured.before && output.measured.after ? output.measured : null;
  const seconds = (moment, field) => measured[moment][field + 'Seconds'].toPrecision(2);
  const rows = [['fullScan', 'Full scan'], ['oneColumn', 'One column'], ['pointLookup', 'Point look-up']];
  return make('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Typical reads'},
    make('h3', {}, 'What readers ask for'),
    make('table', {},
      make('thead', {}, make('tr', {}, ...['Read', 'requests', 'bytes', ...(measured ? ['seconds'] : [])].map(text => make('th', {scope: 'col'}, text)))),
      make('tbody', {}, ...rows.map(([field, name]) => make('tr', {}, make('th', {scope: 'row'}, name),
        make('td', {}, number(before[field].requests) + ' → ' + number(after[field].requests)),
        make('td', {}, size(before[field].bytes) + ' → ' + size(after[field].bytes)),
        measured ? make('td', {}, seconds('before', field) + ' → ' + seconds('after', field)) : null)))),
    make('p', {class: 'quiet'}, 'Before → after, computed from the layout: the footer once, then per row group in requests of at most 8 MiB.'
      + (measured ? ` Seconds measured with ${measured.after.reader}.` : '')));
}

function worth(output, wall) {
  const saved = output.saved;
  const change = output.after && output.before.bytes ? (output.after.bytes - output.before.bytes) / output.before.bytes * 100 : null;
  return facts([
    change == null ? null : ['Size', (change <= 0 ? '−' : '+') + Math.abs(change).toFixed(1) + ' %'],
    ['Bytes read', output.bytesRead == null ? null : size(output.bytesRead)],
    ['Bytes written', output.bytesWritten == null ? null : size(output.bytesWritten)],
    output.traffic ? ['Requests', number(Object.values(output.traffic.requests).reduce((sum, count) => sum + count, 0))] : null,
    output.traffic ? ['Copied in the store', size(output.traffic.bytesCopied)] : null,
    ['Moved as they are', output.plan ? size(output.plan.bytesMoved) : null],
    ['Renumbered', output.plan ? size(output.plan.bytesRemapped) : null],
    ['Decoded', output.plan ? size(output.plan.bytesCoalesced + output.plan.bytesRecoded) : null],
    saved ? ['Saved a month', '$' + saved.dollarsPerMonth.toFixed(2) + ' at ' + number(saved.readsPerMonth) + ' scans'] : null,
    wall ? ['Time', wall] : null,
    output.phases ? ['Processor', output.phases.reduce((sum, phase) => sum + phase.cpuSeconds, 0).toFixed(1) + ' s'] : null,
    ['Flag', output.flagKept == null ? null : output.flagKept ? 'kept: ' + output.reason : 'cleared'],
  ]);
}

// ---- one instance

function steps(instance) {
  const known = new Map(instance.steps.map(step => [step.name, step]));
  const ended = ['complete', 'errored', 'terminated'].includes(instance.status);
  // A Worker has further steps between these and after them.
  const names = instance.steps.map(step => step.name).concat(ended ? [] : (instance.request.table ? TABLE_STEPS : STEPS).filter(name => !known.has(name)));
  return names.map(name => {
    const step = known.get(name);
    if (!step) return make('li', {}, make('span', {class: 'mark', 'aria-hidden': 'true'}, '○'), make('span', {}, name),
      make('span', {class: 'quiet'}, 'to come'));
    const last = step.attempts[step.attempts.length - 1] || {};
    const state = step.success ? 'done' : last.error ? 'failed' : 'running';
    const progress = instance.progress && instance.progress.step === name && state === 'running' ? instance.progress : null;
    const known_ = progress && progress.total > 0;
    return make('li', {class: state},
      make('span', {class: 'mark', 'aria-hidden': 'true'}, {done: '✓', failed: '✗', running: '●'}[state]),
      make('span', {}, name + (step.attempts.length > 1 ? ` (attempt ${step.attempts.length})` : '')),
      make('span', {class: 'quiet'}, step.end ? took(step.start, step.end) : {failed: 'failed', running: 'running'}[state]),
      // Without a value it only says that something is under way.
      state === 'running' ? make('progress', {max: 1, value: known_ ? Math.min(1, progress.done / progress.total) : null,
        'aria-label': name}) : null,
      progress && progress.phase ? make('p', {class: 'note quiet'}, progress.phase
        + (known_ ? `: ${size(progress.done)} of ${size(progress.total)}` : '')) : null,
      !step.success && last.error ? make('p', {class: 'note quiet'}, last.error.message) : null);
  });
}

// Buttons that are replaced or disabled would leave the keyboard nowhere.
function focusActions() {
  ($('detail-actions').querySelector('button') || $('main')).focus();
}

function actions(instance) {
  const path = '/instances/' + encodeURIComponent(instance.id) + '/';
  const button = (name, word, plain) => make('button', {class: plain ? 'plain' : '', onclick: async event => {
    event.target.disabled = true;
    try {
      const now = await post(path + name);
      delete $('detail-actions').dataset.state;
      show(now);
      focusActions();
      follow(instance.id);
    } catch (error) {
      fill($('detail-error'), failure(error));
      event.target.disabled = false;
      event.target.focus();
    }
  }}, word);
  const buttons = {
    queued: [['pause', 'Pause'], ['terminate', 'Terminate']],
    running: [['pause', 'Pause'], ['terminate', 'Terminate']],
    waiting: [['pause', 'Pause'], ['terminate', 'Terminate']],
    waitingForPause: [['resume', 'Go on'], ['terminate', 'Terminate']],
    paused: [['resume', 'Resume'], ['terminate', 'Terminate']],
    errored: [['restart', 'Restart']],
    terminated: [['restart', 'Restart']],
    complete: [['restart', 'Run again']],
  }[instance.status] || [];
  return buttons.map(([name, word], i) => button(name, word, i > 0));
}

function merged(request) {
  return request.prefix || plural((request.bucketKeys || []).length, 'object');
}

function outputs(output) {
  if (!output.outputs || !output.outputs.length) return null;
  return make('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'New objects'},
    make('h3', {}, 'New objects'),
    make('table', {},
      make('thead', {}, make('tr', {}, ...['Key', 'size', 'row groups'].map(text => make('th', {scope: 'col'}, text)))),
      make('tbody', {}, ...output.outputs.map(each => make('tr', {}, make('th', {scope: 'row'}, each.bucketKey),
        make('td', {}, size(each.size)), make('td', {}, each.rowGroups == null ? '' : number(each.rowGroups)))))));
}

// A table's partitions, those with most files to merge first: to scale, what would be merged and what stays.
function partitions(plan) {
  if (!plan || !plan.partitions || !plan.partitions.length) return null;
  const scale = Math.max(1, ...plan.partitions.map(partition => partition.bytes));
  const more = plan.partitionCount - plan.partitions.length;
  return make('figure', {},
    make('h3', {}, 'Partitions by fragmentation'),
    ...plan.partitions.map(partition => {
      const text = `${plural(partition.files, 'file')}, ${size(partition.bytes)}; ` + (partition.candidates
        ? `${number(partition.candidates)} to merge into ${number(partition.outputs)}` : 'nothing to merge')
        + (partition.filesWithDeletes ? `; ${number(partition.filesWithDeletes)} with deletes` : '');
      const name = partition.name || 'the whole table';
      return make('div', {class: 'bar', role: 'img', 'aria-label': name + ': ' + text},
        make('p', {}, make('strong', {}, name), ' ', make('span', {class: 'quiet'}, text)),
        bar([[partition.candidateBytes, 0, 'f'], [partition.bytes - partition.candidateBytes, 0, 'h']]
          .filter(piece => piece[0] > 0), scale));
    }),
    legend([['f', 'small files, to be merged'], ['h', 'stays']]),
    more > 0 ? make('p', {class: 'quiet'}, 'and ' + plural(more, 'further partition')) : null,
    ...(plan.left || []).map(left => make('p', {class: 'quiet'},
      `${plural(left.files, 'file')} left: ${left.sentence}.` + (left.remedy ? ' ' + left.remedy : ''))));
}

function show(instance) {
  $('detail-title').textContent = printable(instance.bucketKey || instance.datasetId);
  const of = instance.datasetId ? 'dataset ' + instance.datasetId
    : instance.request.table ? 'table' : 'merge of ' + merged(instance.request);
  fill($('detail-sub'), tag(instance.status), ` ${of} · instance ${instance.id} · ${time(instance.createdAt)}`);
  const state = instance.status;
  if ($('detail-actions').dataset.state !== state) {
    $('detail-actions').dataset.state = state;
    const focused = $('detail-actions').contains(document.activeElement);
    $('detail-actions').replaceChildren(...actions(instance));
    if (focused) focusActions();
  }
  fill($('detail-error'), ...(instance.error ? [failure(instance.error)] : []));
  fill($('steps'), ...steps(instance));
  const output = instance.output || {};
  const wall = instance.endedAt ? took(instance.createdAt, instance.endedAt) : null;
  const planned = instance.request.table ? instance.steps.find(step => step.name === 'get-file-metadata') : null;
  const drawn = planned ? partitions(planned.output) : picture(output, false);
  fill($('detail-picture'), ...(output.skipped || output.nothingToDo
    ? [make('p', {}, (output.skipped ? 'Skipped: ' : 'Nothing to do: ') + output.reason)] : []), ...(drawn ? [drawn] : []));
  const table = reads(output) || outputs(output);
  fill($('detail-facts'), ...(output.before ? [worth(output, wall)] : []), ...(table ? [table] : []));
}

async function follow(id) {
  if (stream) stream.abort();
  const mine = stream = new AbortController();
  while (!mine.signal.aborted) {
    try {
      const response = await ask('/instances/' + encodeURIComponent(id) + '/events', {signal: mine.signal});
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      let last = null;
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        text += part.value;
        const events = text.split('\n\n');
        text = events.pop();
        for (const event of events) {
          const data = event.split('\n').find(row => row.startsWith('data: '));
          if (data) show(last = JSON.parse(data.slice(6)));
        }
      }
      if (last && ['complete', 'errored', 'terminated'].includes(last.status)) return;
    } catch (error) {
      if (mine.signal.aborted) return;
      if (error.name !== 'TypeError') fill($('detail-error'), failure(error));
      if (error.name === 'NotFound') return;
    }
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
}

// ---- lists

async function compact(dataset, event, more = {}) {
  event.target.disabled = true;
  try {
    const answer = await post('/compact', dataset == null ? more : {datasetId: dataset, ...more});
    location.hash = 'instance/' + encodeURIComponent(answer.id);
  } catch (error) {
    fill($('plan-result'), failure(error));
  } finally {
    event.target.disabled = false;
  }
}

function datasetRow(dataset) {
  return make('li', {},
    make('div', {}, make('span', {class: 'name'}, dataset.id), ' ', dataset.compactionNeeded ? tag('flagged') : null,
      make('div', {class: 'quiet'}, [dataset.bucketKey, dataset.fileSizeBytes == null ? null : size(dataset.fileSizeBytes),
        dataset.lastCompactedAt ? 'compacted ' + time(dataset.lastCompactedAt) : 'never compacted']
        .filter(Boolean).join(' · '))),
    make('div', {class: 'actions'},
      dataset.bucketKey ? make('button', {class: 'plain', 'data-key': dataset.bucketKey, 'data-dataset': dataset.id,
        'aria-label': 'Plan ' + dataset.id, 'data-do': 'plan'}, 'Plan') : null,
      make('button', {'data-dataset': dataset.id, 'data-do': 'compact', 'aria-label': 'Compact ' + dataset.id}, 'Compact')));
}

// The first page is kept up to date; what was asked for behind it stays as it was.
async function datasets() {
  const answer = await get('/datasets?limit=' + PAGE);
  fill($('datasets'), ...(answer.datasets.length
    ? answer.datasets.map(datasetRow) : [make('li', {class: 'empty'}, 'None yet.')]));
  if (!$('datasets-further').children.length) {
    datasetsAfter = answer.after;
    $('datasets-more').hidden = !answer.after;
  }
}

async function furtherDatasets() {
  const answer = await get('/datasets?limit=' + PAGE + '&after=' + encodeURIComponent(datasetsAfter));
  $('datasets-further').append(...answer.datasets.map(datasetRow));
  datasetsAfter = answer.after;
  $('datasets-more').hidden = !answer.after;
}

function instanceRow(instance) {
  const {before, after, skipped, reason, published} = instance.summary || {};
  const result = instance.error ? instance.error.message
    : skipped ? 'skipped: ' + reason
    : published && before && after
      ? (before.rowGroups == null ? `${number(before.files)} → ${plural(after.files, 'file')}`
        : `${number(before.rowGroups)} → ${plural(after.rowGroups, 'row group')}`) + `, ${size(before.bytes)} → ${size(after.bytes)}`
    : published === false ? 'nothing to do'
    : instance.progress ? instance.progress.step : '';
  return make('li', {},
    make('div', {},
      make('a', {class: 'name', href: '#instance/' + encodeURIComponent(instance.id)}, instance.bucketKey || instance.datasetId),
      make('div', {class: 'quiet'}, [time(instance.createdAt), result].filter(Boolean).join(' · '))),
    tag(instance.status));
}

async function instances() {
  const answer = await get('/instances?limit=' + shown);
  fill($('instances'), ...(answer.instances.length
    ? answer.instances.map(instanceRow) : [make('li', {class: 'empty'}, 'None yet.')]));
  $('counts').textContent = Object.entries(answer.counts).map(([status, count]) => `${number(count)} ${status}`).join(' · ');
  $('instances-more').hidden = answer.instances.length < shown || shown >= 500;
  await drawHistory(answer.counts.complete ?? answer.instances.filter(each => each.status === 'complete').length);
}

// Asked for again only when another run is complete.
async function drawHistory(complete) {
  if (complete === runsDrawn) return;
  const answer = await get('/instances?status=complete&limit=' + RUNS);
  runsDrawn = complete;
  const drawn = history(answer.instances);
  fill($('history'), drawn || make('p', {class: 'empty'}, 'No run has changed anything yet.'));
}

async function refresh() {
  if (document.hidden || !$('login').hidden) return;
  try {
    if (!$('lists').hidden) {
      await instances();
      await datasets();
    } else {
      await get('/healthz');
    }
    $('state').textContent = 'connected';
  } catch (error) {
    $('state').textContent = error.message;
  }
}

// ---- planning

async function planTable(table, dataset) {
  fill($('plan-result'), make('p', {class: 'quiet'}, 'Looking at ' + table + ' …'));
  try {
    const answer = await post('/plan', {table});
    const wanted = dataset || answer.datasetId;
    $('plan-result').replaceChildren(
      make('h3', {}, table), make('p', {class: 'quiet'}, `${answer.format}, ${plural(answer.before.files, 'file')}, ${size(answer.before.bytes)}`),
      answer.nothingToDo ? make('p', {}, 'Nothing to do: ' + answer.reason + '.') : '', partitions(answer) || '',
      answer.nothingToDo ? '' : make('button', {onclick: event => compact(wanted, event, {table, force: true})}, 'Compact it'));
  } catch (error) {
    fill($('plan-result'), failure(error));
  }
}

// Outside of the region that is read aloud: the map has thousands of cells.
async function drawChunks(key, options) {
  const look = ++looks;
  $('plan-chunks').replaceChildren();
  if (isTable(key)) return;
  try {
    const answer = await post('/inspect', {bucketKey: key, options});
    const askPages = (rowGroup, column) => post('/inspect/pages', {bucketKey: key, rowGroup, column})
      .catch(error => { throw {shown: failure(error)}; });
    if (look === looks) $('plan-chunks').replaceChildren(chunkMap(answer, askPages));
  } catch (error) {
    if (look === looks) $('plan-chunks').replaceChildren(failure(error));
  }
}

async function plan(key, dataset) {
  $('plan-chunks').replaceChildren();
  if (isTable(key)) return planTable(key, dataset);
  const options = {order: $('plan-order').value};
  if ($('plan-threshold').value.trim()) options.threshold = $('plan-threshold').value.trim();
  fill($('plan-result'), make('p', {class: 'quiet'}, 'Looking at ' + key + ' …'));
  try {
    const answer = await post('/plan', {bucketKey: key, options});
    const wanted = dataset || answer.datasetId;
    const start = wanted && !answer.nothingToDo
      ? make('button', {onclick: event => compact(wanted, event, {bucketKey: key, force: true, options})}, 'Compact it so') : null;
    const why = !wanted && !answer.nothingToDo
      ? make('p', {class: 'quiet'}, 'No dataset has this object: add one to have it compacted.') : null;
    $('plan-result').replaceChildren(
      make('h3', {}, key), answer.nothingToDo ? make('p', {}, 'Nothing would be gained: it stays as it is.') : '',
      picture(answer, true), answer.nothingToDo ? '' : worth(answer), start || why || '');
    await drawChunks(key, options);
  } catch (error) {
    fill($('plan-result'), failure(error));
  }
}

function planFrom(key, dataset) {
  $('plan-key').value = key;
  plan(key, dataset);
  $('plan-result').scrollIntoView({block: 'nearest'});
}

// ---- where we are

function route() {
  const match = location.hash.match(/^#instance\/(.+)$/);
  $('detail').hidden = !match;
  $('lists').hidden = Boolean(match);
  if (stream) stream.abort();
  if (match) {
    delete $('detail-actions').dataset.state;
    for (const id of ['detail-error', 'steps', 'detail-picture', 'detail-facts', 'detail-sub']) $(id).replaceChildren();
    $('detail-title').textContent = '…';
    follow(decodeURIComponent(match[1]));
    $('main').focus();
  } else {
    refresh();
  }
}

$('login').addEventListener('submit', event => {
  event.preventDefault();
  sessionStorage.setItem('token', $('token').value);
  $('token').value = '';
  $('login').hidden = true;
  route();
});
$('plan').addEventListener('submit', event => {
  event.preventDefault();
  plan($('plan-key').value.trim(), null);
});
for (const list of ['datasets', 'datasets-further']) $(list).addEventListener('click', event => {
  const {do: what, dataset, key} = event.target.dataset;
  if (what === 'compact') compact(dataset, event, {force: true});
  if (what === 'plan') planFrom(key, dataset);
});
objectsUnderPrefix({post, failure, plan: key => planFrom(key, null)});
$('instances-more').addEventListener('click', () => { shown = Math.min(500, shown + PAGE); refresh(); });
$('datasets-more').addEventListener('click', furtherDatasets);
addEventListener('hashchange', route);
setInterval(refresh, 2000);
route();
