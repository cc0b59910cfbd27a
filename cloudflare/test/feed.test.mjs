// The feed in workerd: R2's notifications through a queue, flagged rows by cron, Supabase's webhooks. An object that is
// written again and again, and whose compacted version is notified too, is compacted once.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startDev } from '../scripts/dev.mjs';
import { fragmented } from '../scripts/fragmented.mjs';

const SECRET = 'secret-of-the-webhooks-0001';
const folder = fileURLToPath(new URL('../target/feed', import.meta.url));
let dev;

before(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/wrangler.json`, JSON.stringify(configuration()));
  dev = await startDev(`${folder}/state`, {
    config: `${folder}/wrangler.json`,
    vars: {
      GLULAM_FEED_QUIET_SECONDS: 2, GLULAM_FEED_LONGEST_SECONDS: 8, GLULAM_FEED_ADD_DATASETS: 'true',
      GLULAM_FEED_PREFIXES: 'events/', GLULAM_BACKUP: '1d', GLULAM_HOOK_SECRET: SECRET,
    },
  });
});

after(() => dev?.stop());

/** The Worker's own configuration, with the test's door to the queue. */
function configuration() {
  const text = readFileSync(new URL('../wrangler.jsonc', import.meta.url), 'utf8').replace(/^\s*\/\/.*$/gm, '');
  const own = JSON.parse(text);
  own.queues.consumers[0].max_batch_timeout = 1;
  return {
    ...own,
    $schema: undefined,
    main: '../../test/feed-worker.ts',
    build: undefined,
    assets: { ...own.assets, directory: '../../public' },
    queues: { ...own.queues, producers: [{ queue: 'glulam-feed', binding: 'FEED_QUEUE' }] },
  };
}

async function json(path, method = 'GET', body, headers = {}) {
  const answer = await fetch(dev.url + path, {
    method, headers: { 'Content-Type': 'application/json', ...headers }, body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { httpStatus: answer.status, ...await answer.json() };
}

async function put(key, bytes) {
  const answer = await fetch(`${dev.url}/test/object?key=${encodeURIComponent(key)}`, { method: 'PUT', body: bytes });
  return (await answer.json()).etag;
}

function notification(key, etag, action = 'PutObject') {
  return { account: 'a', bucket: 'glulam', action, eventTime: new Date().toISOString(), object: { key, size: 1, eTag: etag } };
}

const notify = (...bodies) => json('/test/notifications', 'POST', bodies);

async function until(what, tell) {
  for (let left = 800; left > 0; left--) {
    if (await what()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  assert.fail(tell);
}

async function instancesOf(key) {
  return (await json('/instances?limit=500')).instances.filter((instance) => instance.bucketKey === key);
}

async function settled(count, key) {
  await until(async () => {
    const instances = await instancesOf(key);
    return instances.length >= count && instances.every(({ status }) => ['complete', 'errored'].includes(status));
  }, `${count} instances of ${key} end`);
  return instancesOf(key);
}

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

test('a thousand notifications, our own among them, end in one compaction', { timeout: 300_000 }, async () => {
  const key = 'events/day=1/a.parquet';
  await put(key, fragmented(6, 2000, 1));
  const etag = await put(key, fragmented(6, 2000, 2));
  const bodies = Array.from({ length: 700 }, (_, i) => notification(key, `${i}`));
  bodies.push(...Array.from({ length: 150 }, (_, i) => notification(`.glulam/tmp/i_1/${i}.parquet`, 'x', 'CompleteMultipartUpload')));
  bodies.push(...Array.from({ length: 50 }, () => notification('raw/other.parquet', 'x')));
  bodies.push(...Array.from({ length: 50 }, () => notification(key, etag, 'DeleteObject')), 'no notification', {});
  await notify(...bodies);
  const [instance] = await settled(1, key);
  assert.equal(instance.status, 'complete');
  assert.equal(instance.summary.published, true);
  // What we published is notified as any other object.
  const published = await (await fetch(`${dev.url}/test/object?key=${encodeURIComponent(key)}`)).json();
  assert.notEqual(published.etag, etag);
  await notify(...Array.from({ length: 48 }, () => notification(key, published.etag)));
  await pause(6);
  assert.equal((await instancesOf(key)).length, 1);
  assert.equal((await json('/instances?limit=500')).instances.length, 1);
});

test('an object that is written again is compacted again', { timeout: 300_000 }, async () => {
  const key = 'events/day=1/a.parquet';
  await put(key, fragmented(7, 2000, 3));
  await notify(notification(key, 'x'));
  const instances = await settled(2, key);
  assert.equal(instances[0].summary.published, true);
});

test('a healthy object ends after its footer and is not asked for again', { timeout: 300_000 }, async () => {
  const key = 'events/healthy.parquet';
  await put(key, fragmented(1, 2000, 4));
  await notify(notification(key, 'x'));
  const [instance] = await settled(1, key);
  assert.equal(instance.summary.published, false);
  await notify(notification(key, 'x'));
  await pause(5);
  assert.equal((await instancesOf(key)).length, 1);
});

test('an object that is no Parquet ends in one refusal', { timeout: 300_000 }, async () => {
  const key = 'events/text.parquet';
  await put(key, 'no Parquet at all');
  await notify(notification(key, 'x'));
  const [instance] = await settled(1, key);
  assert.equal(instance.status, 'errored');
  await notify(notification(key, 'x'));
  await pause(5);
  assert.equal((await instancesOf(key)).length, 1);
});

test('the switch stops the feed, and what was notified waits', { timeout: 300_000 }, async () => {
  assert.equal((await json('/feed', 'POST', { enabled: 'no' })).error.field, 'enabled');
  assert.equal((await json('/feed', 'POST', { enabled: false })).enabled, false);
  const key = 'events/waits.parquet';
  await put(key, fragmented(5, 2000, 5));
  await notify(notification(key, 'x'));
  await pause(5);
  assert.equal((await instancesOf(key)).length, 0);
  assert.equal((await json('/feed', 'POST', { enabled: true })).enabled, true);
  await notify(notification(key, 'x'));
  await settled(1, key);
  const feed = await json('/feed');
  assert.ok(feed.requests > 0 && feed.starts >= 4 && feed.underWay === 0, JSON.stringify(feed));
});

test('the cron trigger picks up flagged rows, once for each version', { timeout: 300_000 }, async () => {
  await put('flagged/a.parquet', fragmented(5, 2000, 6));
  await json('/datasets', 'POST', { id: 'flagged', bucketKey: 'flagged/a.parquet', compactionNeeded: true });
  await json('/datasets', 'POST', { id: 'absent', bucketKey: 'flagged/absent.parquet', compactionNeeded: true });
  const cron = () => fetch(`${dev.url}/cdn-cgi/handler/scheduled?cron=*+*+*+*+*`);
  await cron();
  assert.equal((await settled(1, 'flagged/a.parquet'))[0].status, 'complete');
  assert.equal((await settled(1, 'flagged/absent.parquet'))[0].status, 'errored');
  await cron();
  await pause(2);
  assert.equal((await instancesOf('flagged/a.parquet')).length, 1);
  assert.equal((await instancesOf('flagged/absent.parquet')).length, 1);
});

test("Supabase's webhook starts an instance with its secret, and takes key and flag from the catalog", { timeout: 300_000 }, async () => {
  await put('hook/a.parquet', fragmented(5, 2000, 7));
  await json('/datasets', 'POST', { id: 'hook', bucketKey: 'hook/a.parquet', compactionNeeded: true });
  const row = { id: 'hook', bucket_key: 'elsewhere/b.parquet', compaction_needed: true };
  const event = { type: 'INSERT', table: 'datasets', schema: 'public', record: row, old_record: null };
  const hook = (body, secret = SECRET) => json('/hooks/supabase', 'POST', body, { 'X-Glulam-Secret': secret });
  assert.equal((await hook(event, 'wrong')).httpStatus, 401);
  assert.equal((await json('/hooks/supabase', 'POST', event)).httpStatus, 401);
  const started = await hook(event);
  assert.deepEqual([started.httpStatus, started.action], [202, 'started']);
  assert.equal((await settled(1, 'hook/a.parquet'))[0].status, 'complete');
  assert.equal((await instancesOf('elsewhere/b.parquet')).length, 0);
  for (const nothing of [
    { ...event, type: 'DELETE', record: null, old_record: row },
    { ...event, table: 'others' },
    { ...event, record: { ...row, compaction_needed: false } },
    { ...event, type: 'UPDATE', old_record: row },
    { ...event, record: { ...row, id: 'unknown' } },
  ]) {
    const answer = await hook(nothing);
    assert.deepEqual([answer.httpStatus, answer.action], [200, 'ignored'], JSON.stringify(nothing));
  }
  assert.equal((await hook({ ...event, type: 'TRUNCATE' })).error.field, 'type');
  assert.equal((await hook({ ...event, record: { compaction_needed: true } })).error.field, 'record.id');
});
