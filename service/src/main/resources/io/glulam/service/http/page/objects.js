// The section of objects under a prefix: a treemap of what POST /scan tells, and a list of those with most to gain.

import {$, make, printable, size, number, plural} from './dom.js';
import {gain, treemap} from './charts.js';

const MAX_OBJECTS = 2000;
const LISTED = 10;
const PASSED = [['table', 'of tables'], ['unreadable', 'unreadable']];

let found = {prefix: '', objects: [], passed: {}, after: null};

function sentence(gaining) {
  const {objects, passed, after} = found;
  return [`${plural(objects.length, 'object')}, ${number(gaining.length)} with something to gain`,
    ...PASSED.filter(([verdict]) => passed[verdict]).map(([verdict, word]) => `${plural(passed[verdict], 'object')} ${word}`),
    after ? 'more follow' : objects.length === MAX_OBJECTS ? 'more are not shown' : null].filter(Boolean).join(' · ');
}

function row(object) {
  return make('li', {},
    make('div', {}, make('span', {class: 'name'}, object.bucketKey),
      make('div', {class: 'quiet'}, `${number(object.rowGroups)} → ${plural(object.rowGroupsAfter, 'row group')}, ${size(object.bytes)}`)),
    make('div', {class: 'actions'},
      make('button', {class: 'plain', 'data-key': object.bucketKey, 'aria-label': 'Plan ' + object.bucketKey}, 'Plan')));
}

function draw() {
  found.objects.sort((a, b) => gain(b) - gain(a) || b.rowGroups - a.rowGroups);
  const gaining = found.objects.filter(object => gain(object) > 0);
  $('scan-state').textContent = sentence(gaining);
  $('scan-result').replaceChildren(
    found.objects.length ? treemap(found.objects, $('scan-result').clientWidth || 900) : '',
    gaining.length ? make('ul', {class: 'rows'}, ...gaining.slice(0, LISTED).map(row)) : '',
    gaining.length > LISTED ? make('p', {class: 'quiet'}, `and ${plural(gaining.length - LISTED, 'further object')}`) : '');
  $('scan-more').hidden = !found.after;
}

/** Sets up the section; calls `plan` with the key of the object that a person chooses. */
export function objectsUnderPrefix({post, failure, plan}) {
  const scan = async (prefix, after) => {
    $('scan-more').hidden = true;
    if (!after) found = {prefix, objects: [], passed: {}, after: null};
    $('scan-state').textContent = 'Looking through ' + (prefix ? printable(prefix) : 'the bucket') + ' …';
    try {
      const answer = await post('/scan', {...(prefix ? {prefix} : {}), ...(after ? {after} : {}), flag: false});
      for (const object of answer.objects) {
        if (object.rowGroups == null) found.passed[object.verdict] = (found.passed[object.verdict] || 0) + 1;
        else if (found.objects.length < MAX_OBJECTS) found.objects.push(object);
      }
      found.after = found.objects.length < MAX_OBJECTS ? answer.after : null;
      draw();
    } catch (error) {
      $('scan-state').replaceChildren(failure(error));
    }
  };
  $('scan').addEventListener('submit', event => {
    event.preventDefault();
    scan($('scan-prefix').value.trim(), null);
  });
  $('scan-more').addEventListener('click', () => scan(found.prefix, found.after));
  $('scan-result').addEventListener('click', event => {
    const holder = event.target.closest('[data-key]');
    if (holder) plan(holder.dataset.key);
  });
}
