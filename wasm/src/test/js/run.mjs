// Runs the engine on files of this machine: node run.mjs ENGINE.wasm JOBS. Each line of JOBS is a JSON object
// {source, output, version, settings, buffers, plan, remote, streams, arena, copies, holes, damage}, of a merge with inputs, a list of
// paths, instead of source, and perhaps a list of their groups. With holes, what is copied is counted and not written. Each line of the standard output tells what became of
// it, in the same order.
import fs from 'node:fs';
import { Engine, GlulamError } from '../../main/js/glulam.js';

/** A host as a store of objects is one: nothing can be read back before the new object is sealed, nor appended after. */
class FileHost {
  #source;
  #target;
  #end = 0;
  #sealed = false;
  #damage;
  #holes;
  counts = { reads: 0, readBytes: 0, appends: 0, copies: 0, copiedBytes: 0, seals: 0, readsBack: 0, readBackBytes: 0,
    largestRead: 0, arrayBuffers: 0 };

  constructor({ source, output, version, remote, streams, arena, copies, holes, damage }) {
    this.#source = fs.openSync(source, 'r');
    this.#target = fs.openSync(output, 'w+');
    this.#damage = damage;
    this.#holes = holes;
    this.name = source;
    this.size = fs.fstatSync(this.#source).size;
    this.version = version;
    this.remote = remote;
    this.arena = arena;
    if (streams) {
      this.stream = (position, length) => this.#stream(position, length);
    }
    if (copies) {
      this.copy = (position, length) => this.#copy(position, length);
    }
  }

  #read(file, position, length, bytes = new Uint8Array(length)) {
    this.#weigh();
    const count = fs.readSync(file, bytes, 0, length, position);
    this.counts.largestRead = Math.max(this.counts.largestRead, length);
    return bytes.subarray(0, count);
  }

  read(position, length, buffer) {
    this.counts.reads++;
    this.counts.readBytes += length;
    return this.#read(this.#source, position, length, buffer);
  }

  async * #stream(position, length) {
    this.counts.reads++;
    const piece = new Uint8Array(64 << 10);
    for (let at = position; at < position + length; at += piece.length) {
      const count = fs.readSync(this.#source, piece, 0, Math.min(piece.length, position + length - at), at);
      this.counts.readBytes += count;
      this.#weigh();
      yield piece.subarray(0, count);
    }
  }

  written(position, length, buffer) {
    if (!this.#sealed) {
      throw new Error('read back before it is sealed');
    }
    this.counts.readsBack++;
    this.counts.readBackBytes += length;
    return this.#read(this.#target, position, length, buffer);
  }

  append(bytes) {
    if (this.#sealed) {
      throw new Error('appended after it was sealed');
    }
    this.counts.appends++;
    this.#write(bytes);
  }

  /** Garbage counts, too. */
  #weigh() {
    this.counts.arrayBuffers = Math.max(this.counts.arrayBuffers, process.memoryUsage().arrayBuffers);
  }

  #write(bytes) {
    this.#weigh();
    this.#end += fs.writeSync(this.#target, bytes, 0, bytes.length, this.#end);
  }

  copyFrom(input, position, length) {
    this.counts.copies++;
    this.counts.copiedBytes += length;
    this.#write(input.#read(input.#source, position, length));
  }

  #copy(position, length) {
    this.counts.copies++;
    this.counts.copiedBytes += length;
    if (this.#holes) {
      this.#end += length;
      return;
    }
    const piece = new Uint8Array(1 << 20);
    for (let at = position; at < position + length; at += piece.length) {
      const count = Math.min(piece.length, position + length - at);
      this.#write(this.#read(this.#source, at, count, piece.subarray(0, count)));
    }
  }

  seal() {
    this.#sealed = true;
    this.counts.seals++;
    if (this.#damage !== undefined) {
      const bytes = this.#read(this.#target, this.#damage, 1);
      bytes[0] ^= 1;
      fs.writeSync(this.#target, bytes, 0, 1, this.#damage);
    }
  }

  close() {
    fs.closeSync(this.#source);
    fs.closeSync(this.#target);
  }
}

async function mergeOf(engine, job) {
  const hosts = job.inputs.map((source, i) => Object.assign(
    new FileHost({ ...job, source, copies: false, output: `${job.output}.${i}` }), { group: job.groups?.[i] }));
  const targets = [];
  const begin = (group) => {
    // Of several outputs, each one's name ends with its number and its group.
    const name = job.settings['target-file-size'] === undefined ? '' : `-${targets.length}-${group.replaceAll('/', '+')}`;
    const target = new FileHost({ ...job, source: job.inputs[0], output: job.output + name });
    if (job.copies) {
      target.copy = (input, position, length) => target.copyFrom(input, position, length);
    }
    targets.push(target);
    return target;
  };
  const { version, remote, arena, copies } = job;
  const { outputs, ...made } = await merged(engine, hosts, { version, remote, arena, copies, begin }, job);
  [...hosts, ...targets].forEach((host) => host.close());
  job.inputs.forEach((_, i) => fs.rmSync(`${job.output}.${i}`));
  const sum = (field) => hosts.reduce((total, { counts }) => total + counts[field], 0);
  return { ...made, ...targets[0]?.counts, reads: sum('reads'), readBytes: sum('readBytes'), outputs: targets.length };
}

async function merged(engine, hosts, target, job) {
  try {
    return await engine.merge(hosts, target, job.settings, job.buffers);
  } catch (failure) {
    return told(failure);
  }
}

async function outcome(engine, job) {
  if (job.inputs !== undefined) {
    return mergeOf(engine, job);
  }
  const host = new FileHost(job);
  const made = await madeOf(engine, host, job);
  host.close();
  return { ...made, ...host.counts };
}

async function madeOf(engine, host, job) {
  try {
    if (job.plan === undefined) {
      return await engine.compact(host, job.settings, job.buffers);
    }
    const { plan } = await engine.plan(host, job.settings, job.buffers);
    return { ownPlan: plan, ...await engine.compact(host, { plan: job.plan }, job.buffers) };
  } catch (failure) {
    return told(failure);
  }
}

function told(failure) {
  return failure instanceof GlulamError
    ? { failure: failure.kind, message: failure.message } : { crash: String(failure.stack ?? failure) };
}

const [wasm, jobs] = process.argv.slice(2);
const engine = new Engine(new WebAssembly.Module(fs.readFileSync(wasm)));
for (const line of fs.readFileSync(jobs, 'utf8').split('\n').filter(Boolean)) {
  console.log(JSON.stringify(await outcome(engine, JSON.parse(line))));
  // Weak references keep what they name until a task ends, and files are read without leaving it.
  await new Promise(setImmediate);
}
