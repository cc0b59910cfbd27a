import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claim, release, UNUSED } from '../src/feed/allowance.ts';
import { answered, dueAt, ended, instanceId, noticed, started, turn, UNKNOWN_KEY } from '../src/feed/debounce.ts';
import { readNotification } from '../src/feed/notification.ts';
import { feedSettings } from '../src/feed/settings.ts';

const scope = { bucket: 'lake', prefixes: ['events/'], suffix: '.parquet', reservedPrefix: '.glulam/' };
const settings = { quietMillis: 60_000, longestMillis: 900_000, perHour: 2 };
const anyKey = () => true;

function notification(key, action = 'PutObject', bucket = 'lake') {
  return { account: 'a', bucket, action, object: { key, size: 1, eTag: 'x' }, eventTime: '2026-11-29T00:00:00Z' };
}

test('a written object in scope is noticed by its key alone', () => {
  for (const action of ['PutObject', 'CopyObject', 'CompleteMultipartUpload']) {
    assert.deepEqual(readNotification(notification('events/a.parquet', action), scope, anyKey), { key: 'events/a.parquet' });
  }
});

test('unfinished objects of our own, deletions, other buckets, prefixes and suffixes are dropped', () => {
  const dropped = [
    notification('.glulam/i-1/events/a.parquet'),
    notification('events/a.parquet', 'DeleteObject'),
    notification('events/a.parquet', 'LifecycleDeletion'),
    notification('events/a.parquet', 'PutObject', 'other'),
    notification('raw/a.parquet'),
    notification('events/a.csv'),
    null,
    'text',
    { object: { key: 7 }, action: 'PutObject' },
    { object: null, action: 'PutObject' },
  ];
  for (const body of dropped) {
    assert.ok('dropped' in readNotification(body, scope, anyKey), JSON.stringify(body));
  }
  assert.ok('dropped' in readNotification(notification('events/../a.parquet'), scope, () => false));
});

test('a key is due when it was quiet, or when its first notification is old', () => {
  const first = noticed(UNKNOWN_KEY, 1000);
  assert.equal(dueAt(UNKNOWN_KEY, settings), null);
  assert.equal(dueAt(first, settings), 61_000);
  assert.equal(dueAt(noticed(first, 50_000), settings), 110_000);
  let busy = first;
  for (let now = 1000; now < 2_000_000; now += 30_000) {
    busy = noticed(busy, now);
  }
  assert.equal(dueAt(busy, settings), 901_000);
});

test('a due key starts one instance for the version that is there', () => {
  const state = noticed(UNKNOWN_KEY, 0);
  assert.deepEqual(turn(state, 'v1', 59_999, settings), { act: 'wait', until: 60_000 });
  assert.deepEqual(turn(state, 'v1', 60_000, settings), { act: 'start' });
  assert.equal(turn(state, null, 60_000, settings).act, 'nothing');
  assert.equal(turn(answered(state), 'v1', 60_000, settings).act, 'nothing');
});

test('what was published is settled and starts nothing', () => {
  const running = started(noticed(UNKNOWN_KEY, 0), 'i', 60_000);
  const published = noticed(running, 61_000);
  assert.equal(turn(published, 'v2', 200_000, settings).act, 'wait');
  const after = ended(published, 'i', 'v2');
  assert.equal(turn(after, 'v2', 200_000, settings).act, 'nothing');
  assert.deepEqual(turn(after, 'v3', 200_000, settings), { act: 'start' });
});

test('an instance of which nothing is heard holds its key for an hour at most', () => {
  const lost = noticed(started(noticed(UNKNOWN_KEY, 0), 'i', 0), 1);
  assert.equal(turn(lost, 'v', 3_599_999, settings).act, 'wait');
  assert.equal(turn(lost, 'v', 3_600_000, settings).act, 'start');
});

test('another instance that has ended does not free the key', () => {
  const running = started(noticed(UNKNOWN_KEY, 0), 'i', 0);
  assert.deepEqual(ended(running, 'other', null), running);
});

test('a key has so many instances an hour and no more', () => {
  let state = UNKNOWN_KEY;
  for (const now of [0, 100_000]) {
    state = ended(started(noticed(state, now), `i${now}`, now), `i${now}`, null);
  }
  state = noticed(state, 200_000);
  assert.deepEqual(turn(state, 'v', 300_000, settings), { act: 'wait', until: 3_600_000 });
  assert.deepEqual(turn(state, 'v', 3_600_001, settings), { act: 'start' });
});

test('an instance is named by key and version', async () => {
  assert.equal(await instanceId('a', 'v'), await instanceId('a', 'v'));
  assert.notEqual(await instanceId('a', 'v'), await instanceId('a', 'w'));
  assert.notEqual(await instanceId('av', ''), await instanceId('a', 'v'));
  assert.match(await instanceId('ä/ö', 'v'), /^[a-zA-Z0-9_][a-zA-Z0-9_-]{0,99}$/);
});

const allowed = { isOn: true, atOnce: 2, monthlyRequests: 100 };
const november = Date.UTC(2026, 10, 29);

function granted(answer) {
  assert.ok(answer.granted);
  return answer.state;
}

test('so many instances are under way at once and no more', () => {
  const one = granted(claim(UNUSED, 'a', november, allowed));
  const two = granted(claim(one, 'b', november, allowed));
  assert.equal(claim(two, 'c', november, allowed).granted, false);
  assert.equal(granted(claim(two, 'a', november, allowed)).starts, 2);
  granted(claim(release(two, 'a', 1, november), 'c', november, allowed));
});

test('a lost instance frees its place after an hour', () => {
  const full = granted(claim(granted(claim(UNUSED, 'a', november, allowed)), 'b', november, allowed));
  granted(claim(full, 'c', november + 3_600_000, allowed));
});

test('a month has so many requests, and the next month begins anew', () => {
  const spent = release(granted(claim(UNUSED, 'a', november, allowed)), 'a', 100, november);
  assert.equal(claim(spent, 'b', november, allowed).granted, false);
  const december = granted(claim(spent, 'b', Date.UTC(2026, 11, 1), allowed));
  assert.equal(december.requests, 0);
});

test('both switches stop the feed', () => {
  assert.equal(claim({ ...UNUSED, isOn: false }, 'a', november, allowed).granted, false);
  assert.equal(claim(UNUSED, 'a', november, { ...allowed, isOn: false }).granted, false);
});

test('settings have defaults, and a number that is none is named', () => {
  const usual = feedSettings({});
  assert.deepEqual(
    [usual.isOn, usual.quietMillis, usual.perHour, usual.atOnce, usual.scope.suffix, usual.scope.prefixes],
    [true, 60_000, 4, 4, '.parquet', []],
  );
  assert.deepEqual(feedSettings({ GLULAM_FEED_PREFIXES: 'a/, b/' }).scope.prefixes, ['a/', 'b/']);
  assert.throws(() => feedSettings({ GLULAM_FEED_AT_ONCE: 'many' }), /GLULAM_FEED_AT_ONCE/);
});
