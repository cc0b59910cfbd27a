// Compacts an object with a long footer in this process, and prints what that took as JSON.
//
//   node --max-heap-size=64 test/long-footer.mjs ROW-GROUPS COLUMNS NAME-LENGTH ROWS
import { shapeOf } from '../src/report/shape.ts';
import { compacted } from './compacted.mjs';
import { CountedBucket } from './counted.mjs';
import { longFooter } from './long-footers.mjs';

const [rowGroups, columns, nameLength, rows] = process.argv.slice(2).map(Number);
const bytes = longFooter(rowGroups, columns, nameLength, rows);
const bucket = new CountedBucket([bytes]);
const before = process.cpuUsage();
const { requests, answer } = await compacted(bucket, null);
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({
  footer: bytes.readUInt32LE(bytes.length - 8),
  requests: requests.counts,
  downloaded: requests.downloaded,
  seconds: (user + system) / 1e6,
  rowGroups: shapeOf(answer.newShape).rowGroupSizes.length,
}));
