// A compaction counted in Node, in this process: the Worker's source and target, and its engine, on a bucket in memory.
import { readFileSync } from 'node:fs';
import { Engine } from 'glulam-engine';
import { BUFFERS, compactingHost } from '../src/engine/host.ts';
import { Requests } from '../src/engine/requests.ts';
import { Source } from '../src/engine/source.ts';
import { Upload } from '../src/engine/upload.ts';

const engine = new Engine(new WebAssembly.Module(readFileSync(new URL(import.meta.resolve('glulam-engine/glulam.wasm')))));

/**
 * @param copies of healthy row groups; null for none
 * @returns the requests, and the engine's answer
 */
export async function compacted(bucket, copies) {
  const requests = new Requests();
  const { object } = bucket;
  const upload = new Upload(bucket, requests, 'made', object.size, async () => {});
  const source = new Source(bucket, requests, object.key, object.etag);
  const answer = await engine.compact(compactingHost(source, object, upload, copies, () => {}), {}, BUFFERS);
  return { requests, answer };
}
