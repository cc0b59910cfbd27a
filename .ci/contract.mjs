// The contract of the API, for every kind of server: node contract.mjs URL KEY. KEY is a fragmented object that is in its
// bucket. With CONTRACT_TOKEN the server must want that token; with CONTRACT_RECEIVER (host:port) and CONTRACT_SECRET it must
// tell that receiver, signed so. What a server lacks, by /capabilities, must answer 501.
import { failures } from './contract/server.mjs';

// One after the other: a part rests on what those before it have left in the server.
for (const part of ['answers', 'fields', 'datasets', 'plans', 'looks', 'merges', 'instances', 'callbacks', 'capabilities', 'tables', 'kept-plans',
  'metrics', 'new-keys']) {
  await import(`./contract/${part}.mjs`);
}

const failed = failures();
console.log(failed === 0 ? 'the contract holds' : `${failed} sentences of the contract do not hold`);
process.exitCode = failed === 0 ? 0 : 1;
