// Runs the engine on files of this machine: node run.mjs ENGINE.wasm JOBS. Each line of JOBS is a JSON object
// {source, output, version, settings, buffers, plan}; each line of the standard output tells what became of it, in the same order.
import fs from 'node:fs';
import { Engine, GlulamError } from '../../main/js/glulam.js';

class FileHost {
  #source;
  #target;
  #end = 0;

  constructor({ source, output, version }) {
    this.#source = fs.openSync(source, 'r');
    this.#target = fs.openSync(output, 'w+');
    this.name = source;
    this.size = fs.fstatSync(this.#source).size;
    this.version = version;
  }

  #read(file, position, length) {
    const bytes = new Uint8Array(length);
    const count = fs.readSync(file, bytes, 0, length, position);
    return bytes.subarray(0, count);
  }

  read(position, length) {
    return this.#read(this.#source, position, length);
  }

  written(position, length) {
    return this.#read(this.#target, position, length);
  }

  append(bytes) {
    this.#end += fs.writeSync(this.#target, bytes, 0, bytes.length, this.#end);
  }

  close() {
    fs.closeSync(this.#source);
    fs.closeSync(this.#target);
  }
}

async function outcome(engine, job) {
  const host = new FileHost(job);
  try {
    if (job.plan === undefined) {
      return await engine.compact(host, job.settings, job.buffers);
    }
    const { plan } = await engine.plan(host, job.settings, job.buffers);
    return { ownPlan: plan, ...await engine.compact(host, { plan: job.plan }, job.buffers) };
  } catch (failure) {
    if (failure instanceof GlulamError) {
      return { failure: failure.kind, message: failure.message };
    }
    return { crash: String(failure.stack ?? failure) };
  } finally {
    host.close();
  }
}

const [wasm, jobs] = process.argv.slice(2);
const engine = new Engine(new WebAssembly.Module(fs.readFileSync(wasm)));
for (const line of fs.readFileSync(jobs, 'utf8').split('\n').filter(Boolean)) {
  console.log(JSON.stringify(await outcome(engine, JSON.parse(line))));
  // Weak references keep what they name until a task ends, and files are read without leaving it.
  await new Promise(setImmediate);
}
