// The benchmark's parts that measure nothing: what the kernel tells is parsed, and a table is made of it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ofWorkerd, parseStat, taken } from '../bench/processes.mjs';
import { compactionTable, gzippedSize, markdown, median } from '../bench/table.mjs';

const LINE = '4711 (work (er) d) S 4700 4690 4690 0 -1 4194304 100 7 0 0 1234 56 78 9 20 0 12 0 999 1 2 3';
const processOf = (pid, name, user, system) => ({ pid, name, group: 1, times: { user, system } });

test('a line of /proc/PID/stat is parsed, whatever the name', () => {
  assert.deepEqual(parseStat(LINE), {
    pid: 4711, name: 'work (er) d', group: 4690, times: { user: 1234, system: 56 }, children: { user: 78, system: 9 },
  });
  assert.equal(parseStat(readFileSync('/proc/self/stat', 'utf8')).pid, process.pid);
});

test('any other line is refused', () => {
  for (const line of ['', '4711', '4711 (workerd) S 1', LINE.replace('1234', 'many')]) {
    assert.throws(() => parseStat(line), /not a line of \/proc\/PID\/stat/);
  }
});

test('the workerd with the engine is the one that has computed most since it began', () => {
  const before = [processOf(1, 'node', 500, 5), processOf(2, 'workerd', 20, 5), processOf(3, 'workerd', 60, 6)];
  const after = [processOf(1, 'node', 510, 6), processOf(2, 'workerd', 50, 6), processOf(3, 'workerd', 70, 16), processOf(4, 'esbuild', 2, 0)];
  assert.deepEqual(ofWorkerd(taken(before, after)), { pid: 3, engine: { user: 10, system: 10 }, beside: { user: 42, system: 2 } });
});

test('a process that has ended in between, or no workerd, is no measurement', () => {
  assert.throws(() => taken([processOf(2, 'workerd', 1, 1)], []), /workerd \(2\) has ended meanwhile/);
  assert.throws(() => ofWorkerd(taken([], [processOf(1, 'node', 1, 1)])), /no process of the group is a workerd/);
});

test('the table has a row for each round, and medians where there are several', () => {
  const round = {
    jvm: { user: 1.5, system: 0.5 }, workerd: { user: 4, system: 2 }, plain: { user: 2, system: 1.5 }, beside: { user: 0.25, system: 0.1 },
    load: 1.25,
  };
  const row = '| 1, a new isolate | 1.50 + 0.50 s | 4.00 + 2.00 s | 2.00 + 1.50 s | 2.00 + 0.50 s | 1.25 | 3.00 | 0.25 + 0.10 s | 1.3 |';
  const one = compactionTable([round]).split('\n');
  assert.deepEqual([one.length, one[2]], [3, row]);
  const two = compactionTable([round, { ...round, jvm: { user: 3, system: 1 } }]).split('\n');
  assert.deepEqual([two.length, two[2], two[4]], [5, row, '| median |  |  |  |  | 0.94 | 2.25 |  |  |']);
});

test('medians, tables and sizes', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  assert.equal(markdown(['a', 'b'], [[1, 2]]), '| a | b |\n| --- | --- |\n| 1 | 2 |');
  assert.equal(gzippedSize('Total Upload: 1829.21 KiB / gzip: 679.38 KiB'), 679.38);
  assert.throws(() => gzippedSize('nothing'), /does not tell the size/);
});
