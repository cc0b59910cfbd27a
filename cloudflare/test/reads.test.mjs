// What a compaction asks of the bucket, counted in Node: the Worker's source and target, and its engine, on a bucket in memory.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { compacted as compactedIn } from './compacted.mjs';
import { CountedBucket } from './counted.mjs';
import { arranged, RUNS, sketched } from './sketched.mjs';

const PART = 5 << 20;
/** Of an object's end, in which a footer is looked for: some of it may have been copied. */
const TAIL = 64 << 10;
const MOST_READS = 15;
/** Bytes of the source that the engine holds. */
const ARENA = 32 << 20;

async function compacted(bucket, copies) {
  const { requests, answer } = await compactedIn(bucket, copies);
  assert.equal(Number(answer.bytes), bucket.size);
  return requests;
}

function total(ranges) {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** How often that byte was read that was read most often. */
function mostTimes(ranges) {
  const edges = ranges.flatMap(({ start, end }) => [[start, 1], [end, -1]]).sort(([a, x], [b, y]) => a - b || x - y);
  let times = 0;
  return Math.max(...edges.map(([, change]) => times += change));
}

it('a gigabyte takes few reads, and copies all but the seams', async () => {
  const { pieces, fragments, healthy } = sketched();
  const bucket = new CountedBucket(pieces);
  const requests = await compacted(bucket, bucket);

  const isSeam = ({ start, end }) => healthy.some((run) => start >= run.start && end <= run.end);
  const seams = bucket.reads.filter(isSeam);
  const reads = bucket.reads.filter((read) => !isSeam(read));
  console.log(JSON.stringify({
    size: bucket.object.size, fragments: total(fragments), reads: reads.length, readBytes: total(reads), seams: seams.length,
    seamBytes: total(seams), copies: bucket.copied.length, copied: total(bucket.copied), readBack: requests.readBack,
    counts: requests.counts,
  }));
  assert.ok(reads.length <= MOST_READS, JSON.stringify(reads));
  // Once to plan, and once to move.
  assert.equal(mostTimes(reads), 2, JSON.stringify(reads));
  assert.ok(total(reads) <= 2 * total(fragments) - 0.6 * ARENA, String(total(reads)));
  assert.ok(seams.length <= 2 * RUNS, JSON.stringify(seams));
  assert.ok(seams.every(({ start, end }) => end - start <= PART));
  assert.equal(total(seams), requests.passed);
  assert.equal(total(bucket.copied) + total(seams), total(healthy));
  assert.ok(requests.readBack <= bucket.size - total(healthy) + TAIL, `${requests.readBack} of ${bucket.size}`);
});

it('row groups that lie together are copied together, and the bytes are those without copies', async () => {
  const { pieces, healthy } = arranged([20_000, 20_000, 20_000, 1_200_000, 1_200_000, 1_200_000, 20_000, 20_000]);
  const copying = new CountedBucket(pieces);
  const passing = new CountedBucket(pieces);
  const { passed } = await compacted(copying, copying);
  await compacted(passing, null);

  assert.ok(Buffer.from(copying.bytes()).equals(passing.bytes()));
  assert.equal(total(copying.copied) + passed, total(healthy));
  assert.ok(passed < 2 * PART, String(passed));
});
