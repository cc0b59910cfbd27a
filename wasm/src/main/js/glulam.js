// The engine as WebAssembly, and the little JavaScript around it: what TeaVM's code imports, written by hand, because
// TeaVM's own runtime makes functions of texts, which Workers refuse.
import zlib from 'node:zlib';
import { Inputs, OWN } from './inputs.js';
import { Differs, Output } from './output.js';
import { Buffers, Source, whole } from './source.js';

const PAGE = 65536;
/** Where the scratch area begins (Scratch.java); what lies before belongs to TeaVM, which does not use it. */
const SCRATCH = PAGE;
/** The memory's bounds are those that the engine's build declares: minDirectBuffersSize and two pages, maxDirectBuffersSize. */
const MIN_PAGES = 18;
const MAX_PAGES = 8192;

const utf8 = new TextEncoder();
const text = new TextDecoder();

const GZIP = 2;
const BROTLI = 4;
const ZSTD = 6;
/** Bytes that a host may unpack more than there is room for, before it gives up. */
const SLACK = 1 << 16;
/** Bytes of the pieces in which a host unpacks; Node takes no shorter ones than the first of these. */
const LEAST_PIECE = 64;
const MAX_PIECE = 1 << 20;
/** Buffers of so many bytes are no part of a pool, of which Node gives short ones. */
const OWN_MEMORY = 256 << 10;

/** An object that is no longer the version that was asked for. A host's `read` throws it. */
export class SourceChanged extends Error {}

/** What the engine refuses or fails with: `kind` is the name of the Java class. */
export class GlulamError extends Error {
  constructor(answer) {
    super(answer.message);
    this.name = 'GlulamError';
    this.kind = answer.failure;
    this.place = answer.place;
    this.problem = answer.problem;
    this.remedy = answer.remedy;
  }
}

/**
 * The engine. Each call runs in an instance of its own, so that calls may overlap and nothing of one is left to the next.
 *
 * A host has `name`, `size` and `version` of the source, `remote` if each read is a request, `read(position, length)` and, to compact,
 * `append(bytes)` and `written(position, length)`, each of which may return a promise. The bytes given to `append` are
 * its own only until it returns or, where it returns a promise, until it has been called: it copies what it keeps.
 * A host may have `stream(position, length)`, an asynchronous iterable of the range's bytes, by one request: the engine
 * then reads long ranges so, else by `read` in windows of at most 8 MiB. `arena` is how many bytes of the source the
 * engine may hold to need fewer requests: 32 MiB with streams and 24 MiB without, unless the host says otherwise.
 * `read` and `written` get a buffer of the length as a third argument, which they may fill and return: so it is used again.
 * The engine calls `seal()`, if the host has it, once, after the last byte, and `written` never before. A host whose
 * store copies has `copy(position, length)`, which appends a range of the source; without it, that range is read and appended. With
 * `copies: false`, `copy` moves it through the host.
 */
export class Engine {
  #module;

  /** @param {WebAssembly.Module} module glulam.wasm, compiled */
  constructor(module) {
    this.#module = module;
  }

  /** Checks settings: throws a GlulamError whose problem begins with the name of the one that is wrong. */
  check(settings) {
    return new Call(this.#module, { name: '', size: 0, version: '' }).run('check', settings, 0);
  }

  /** Reads the footer: returns `{shape}`, as JSON the fields of Shape.java. */
  inspect(host, settings = {}, buffers = 16 << 20) {
    return new Call(this.#module, host).run('inspect', settings, buffers);
  }

  /** As `inspect`, with `chunks`: as JSON what ChunkMatrix.java tells of the first row groups and columns. */
  chunks(host, settings = {}, buffers = 16 << 20) {
    return new Call(this.#module, host).run('chunks', settings, buffers);
  }

  /** Lists the first pages of a column chunk: returns `{pages}`, as JSON what ChunkPages.java tells; `{}` if there is no such chunk. */
  pages(host, rowGroup, column, buffers = 16 << 20) {
    return new Call(this.#module, host).run('pages', { 'row-group': rowGroup, column }, buffers);
  }

  /** Plans: returns `{shape, plan}`, both as JSON. `settings` are those of the command, by their names. */
  plan(host, settings = {}, buffers = 16 << 20) {
    return new Call(this.#module, host).run('plan', settings, buffers);
  }

  /**
   * Carries out `settings.plan`, or a plan made newly, and verifies it: returns `{shape, plan}` where there was nothing to do,
   * else also `bytes`, `rowGroups`, `newShape` and `dropped`.
   */
  compact(host, settings = {}, buffers = 16 << 20) {
    return new Call(this.#module, host).run('compact', settings, buffers);
  }

  /**
   * Merges objects, and verifies what was made: returns `outcome`, `rowsBefore` and `rowGroupsBefore`, the numbers of inputs that are
   * `left`, what was `dropped`, and `outputs`: of each its `group`, its `slices` (`{number, from, to, last}` of inputs), `plan`, `bytes`,
   * `rowGroups` and `newShape`. There is one output, unless the settings have `target-file-size`.
   *
   * @param inputs in the order of the rows: as a host's source, each with `name`, `size`, `version`, `read`, perhaps `stream`, and
   *   `group`, which all inputs of one output have in common; `done` is how many of its row groups are left out, from the first one on
   * @param target `version`, which stands for the versions of all inputs, `remote` and `arena` as of a host, and `begin(group)`, which
   *   returns each new object when it begins, with a host's `append`, `seal` and `written`; with `copies` also `copy`, which takes an
   *   input before the position
   */
  async merge(inputs, target, settings = {}, buffers = 16 << 20) {
    const all = new Inputs(inputs, target);
    Object.assign(all, {
      name: `${inputs.length} files`,
      version: target.version,
      copies: target.copies,
      begin: (group) => writtenBy(target.begin(group), all),
    });
    const call = new Call(this.#module, all);
    return mergeOf(await call.run('merge', { ...settings, inputs: inputs.length, ...all.fields() }, buffers));
  }
}

/** How the engine writes a new object of a merge; what is copied comes from the inputs. */
function writtenBy(target, all) {
  const { append, copy, seal, written } = target;
  return {
    append: append?.bind(target),
    seal: seal?.bind(target),
    written: written?.bind(target),
    copy: copy === undefined ? undefined : async (position, length) => {
      for (const part of all.parts(position, length)) {
        await copy.call(target, part.input, part.from, part.length);
      }
    },
  };
}

function mergeOf({ outputs, left, ...answer }) {
  const numbers = (text) => (text === '' ? [] : text.split(',').map(Number));
  return {
    ...answer,
    left: numbers(left),
    outputs: Array.from({ length: Number(outputs) }, (_, i) => {
      const field = (name) => answer[`output.${i}.${name}`];
      return {
        group: field('group'),
        slices: field('slices').split(',').map((slice) => {
          const [number, from, to, last] = slice.split(':');
          return { number: Number(number), from: Number(from), to: Number(to), last: last === 'true' };
        }),
        plan: field('plan'),
        bytes: field('bytes'),
        rowGroups: field('rowGroups'),
        newShape: field('newShape'),
      };
    }),
  };
}

class Call {
  #host;
  #buffers = new Buffers();
  #source;
  #output;
  #memory = new WebAssembly.Memory({ initial: MIN_PAGES, maximum: MAX_PAGES });
  #exports;
  #request = new Uint8Array();
  #answer = {};

  constructor(module, host) {
    this.#host = host;
    this.#source = new Source(host, this.#buffers);
    this.#output = new Output(host, this.#source, this.#buffers);
    this.#exports = new WebAssembly.Instance(module, this.#imports(module)).exports;
  }

  async run(name, settings, buffers) {
    const { name: object, size, version, remote = false } = this.#host;
    const copies = this.#host.copies ?? this.#host.copy !== undefined;
    this.#request = pairs({ ...settings, name: object, size, version, remote, copies, arena: this.#source.capacity, buffers });
    if (await this.#called(name)) {
      throw new GlulamError(this.#answer);
    }
    await this.#checked(this.#output.checkRest());
    return this.#answer;
  }

  /** What is found after the engine has answered is told as it would have told it. */
  async #checked(work) {
    try {
      await work;
    } catch (failure) {
      const place = `${this.#host.name} (new)`;
      const problem = failure.message;
      throw new GlulamError({
        failure: failure instanceof Differs ? 'VerificationFailed' : 'StorageFailed',
        message: `${place}: ${problem}`,
        place,
        problem,
      });
    }
  }

  /** The new object before is complete once all of it was read back. */
  async #begin(group) {
    await this.#output.checkRest();
    this.#output = new Output(this.#host.begin(group), this.#source, this.#buffers);
  }

  #arrange(count, base) {
    const words = new BigInt64Array(this.#memory.buffer, SCRATCH, 3 * count);
    this.#source.forget(OWN);
    this.#host.arrange(Array.from({ length: count }, (_, i) => ({
      number: Number(words[3 * i]),
      start: Number(words[3 * i + 1]),
      end: Number(words[3 * i + 2]),
    })), base);
  }

  async #called(name) {
    try {
      return await WebAssembly.promising(this.#exports[name])();
    } catch (failure) {
      throw failure instanceof WebAssembly.Exception ? new Error(this.#messageOf(failure)) : failure;
    }
  }

  /** Of what no failure of the engine's own kinds is: a fault in it, or no memory. */
  #messageOf(exception) {
    const thrown = exception.getArg(this.#exports['teavm.javaException'], 0);
    const message = this.#exports['teavm.exceptionMessage'](thrown);
    return `internal error: ${message === null ? 'no message' : this.#exports['teavm.stringToJs'](message)}`;
  }

  /** Views die when the memory grows: a new one for each use. */
  #view(length) {
    return new Uint8Array(this.#memory.buffer, SCRATCH, length);
  }

  #reserve(bytes) {
    const missing = SCRATCH + bytes - this.#memory.buffer.byteLength;
    if (missing > 0) {
      this.#memory.grow(Math.ceil(missing / PAGE));
    }
  }

  #ranges(count) {
    const words = new BigInt64Array(this.#memory.buffer, SCRATCH, 3 * count);
    return Array.from({ length: count }, (_, i) => ({
      start: Number(words[3 * i]),
      end: Number(words[3 * i + 1]),
      address: Number(words[3 * i + 2]),
    }));
  }

  #put(bytes) {
    this.#reserve(bytes.length);
    this.#view(bytes.length).set(bytes);
  }

  /** What an object's failure tells the engine: its kind and a message. */
  #failed(failure) {
    const kind = failure instanceof SourceChanged ? 'C' : failure instanceof Differs ? 'V' : 'F';
    const message = utf8.encode(kind + failure.message);
    this.#put(message);
    return message.length;
  }

  async #told(work) {
    try {
      await work();
      return 0;
    } catch (failure) {
      return this.#failed(failure);
    }
  }

  async #fill(bytes, position, length) {
    return this.#told(async () => this.#put(whole(await bytes, position, length)));
  }

  /** Does not wait where the bytes are at hand. */
  #given(ask, position, length) {
    let bytes;
    try {
      bytes = ask();
    } catch (failure) {
      return this.#failed(failure);
    }
    if (bytes instanceof Promise) {
      return this.#fill(bytes, position, length);
    }
    this.#put(bytes);
    return 0;
  }

  #unpack(codec, length, room) {
    try {
      return this.#packed(unpacked(codec, this.#view(length), room), room);
    } catch {
      return -1;
    }
  }

  #packed(bytes, room) {
    const length = bytes.length <= room ? bytes.length : -1;
    if (length >= 0) {
      this.#put(bytes);
    }
    letGo(bytes);
    return length;
  }

  #imports(module) {
    const given = {
      env: { memory: this.#memory },
      teavmMemory: {
        heapOffset: new WebAssembly.Global({ value: 'i32', mutable: false }, 0),
        maxSize: new WebAssembly.Global({ value: 'i32', mutable: false }, SCRATCH),
        notifyHeapResized: () => {},
      },
      teavmMath: Math,
      teavmDate: { currentTimeMillis: () => Date.now() },
      teavm: {
        takeStackTrace: () => ({ getStack: () => [] }),
        decorateException: () => {},
        createWeakRef: (value) => new WeakRef(value),
        deref: (reference) => reference.deref() ?? null,
        createStringWeakRef: (value) => new WeakRef(value),
        stringDeref: (reference) => reference.deref(),
      },
      teavmJso: {
        stringBuiltinsSupported: () => 0,
        createClass: () => class {},
        defineFunction: (body) => body,
        defineStaticMethod: () => {},
        createFunction1: functionOf,
        callFunction1: (body, argument) => body(argument),
        // Of stack traces, which are empty.
        callMethod0: (object, name) => object[name](),
        getProperty: (object, name) => object[name],
        unwrapInt: (value) => value,
      },
      'wasm:js-string': {
        fromCharCode: (code) => String.fromCharCode(code),
        concat: (first, second) => first + second,
        charCodeAt: (string, index) => string.charCodeAt(index),
        length: (string) => string.length,
        substring: (string, start, end) => string.substring(start, end),
      },
      glulam: {
        reserve: (bytes) => this.#reserve(bytes),
        request: () => {
          this.#put(this.#request);
          return this.#request.length;
        },
        answer: (length) => {
          this.#answer = fields(text.decode(this.#view(length)));
        },
        arrange: (count, base) => this.#arrange(count, Number(base)),
        begin: new WebAssembly.Suspending((length) => {
          const group = text.decode(this.#view(length));
          return this.#told(() => this.#begin(group));
        }),
        read: new WebAssembly.Suspending((position, length) =>
          this.#given(() => this.#source.read(Number(position), length), position, length)),
        open: (start, end) => this.#source.open(Number(start), Number(end)),
        close: () => this.#source.close(),
        again: (start, end) => this.#source.again(Number(start), Number(end)),
        hold: new WebAssembly.Suspending((count) => this.#told(() => this.#source.hold(this.#ranges(count)))),
        keep: (address, length) => this.#source.keep(Number(address), this.#view(length)),
        held: (address, length) => this.#source.take(Number(address), this.#view(length)),
        append: new WebAssembly.Suspending((length) => this.#told(() => this.#output.append(this.#view(length)))),
        copy: new WebAssembly.Suspending((position, length) =>
          this.#told(() => this.#output.copy(Number(position), Number(length)))),
        seal: new WebAssembly.Suspending(() => {
          this.#source.release();
          return this.#told(() => this.#output.seal());
        }),
        written: new WebAssembly.Suspending((position, length) =>
          this.#given(() => this.#output.written(Number(position), length), position, length)),
        unpack: (codec, length, room) => this.#unpack(codec, length, room),
        pack: (codec, level, length, room) => this.#packed(packed(codec, level, this.#view(length), room), room),
      },
    };
    return complete(module, given);
  }
}

/** Everything else that TeaVM's code declares is for what the engine does not do; to call it is a fault of the build. */
function complete(module, given) {
  const imports = {};
  for (const { module: group, name } of WebAssembly.Module.imports(module)) {
    imports[group] ??= {};
    imports[group][name] = given[group]?.[name] ?? (() => {
      throw new Error(`the engine called ${group}.${name}, which it should not need`);
    });
  }
  return imports;
}

/** TeaVM makes functions of texts; this is the only one that the engine's start needs. */
function functionOf(parameter, body) {
  if (body.trim() !== `return ${parameter};`) {
    return () => {
      throw new Error(`the engine called a function that it should not need: ${body}`);
    };
  }
  return (value) => value;
}

function pairs(values) {
  return utf8.encode(Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}\0${value}\0`)
    .join(''));
}

function fields(answer) {
  const parts = answer.split('\0');
  const values = {};
  for (let i = 0; i + 1 < parts.length; i += 2) {
    values[parts[i]] = parts[i + 1];
  }
  return values;
}

/** Frees what a codec made, once it is copied: V8 would collect it late. Short ones may share their memory with others. */
function letGo({ buffer }) {
  if (buffer.byteLength >= OWN_MEMORY) {
    buffer.transfer(0);
  }
}

/** The host's codecs; what comes out may be longer than the room. */
function unpacked(codec, bytes, room) {
  // workerd holds its doubled buffer against the limit, not what is in it: one that is exact refuses what fits.
  // One piece takes the whole page: pieces of 16 KB, which Node takes otherwise, are garbage beside short pages.
  const options = { maxOutputLength: 2 * room + SLACK, chunkSize: Math.min(room + LEAST_PIECE, MAX_PIECE) };
  switch (codec) {
    case GZIP:
      return zlib.gunzipSync(bytes, options);
    case BROTLI:
      return zlib.brotliDecompressSync(bytes, options);
    case ZSTD:
      return zlib.zstdDecompressSync(bytes, options);
    default:
      throw new Error(`codec ${codec} is not the host's`);
  }
}

function packed(codec, level, bytes, room) {
  switch (codec) {
    case GZIP:
      return zlib.gzipSync(bytes, level === 0 ? {} : { level });
    case BROTLI:
      return zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
    case ZSTD:
      return zlib.zstdCompressSync(bytes, {
        // Into one piece: what is packed piece by piece becomes other bytes than those of zstd-jni.
        chunkSize: Math.max(64, room),
        params: { [zlib.constants.ZSTD_c_compressionLevel]: level || 3 },
      });
    default:
      throw new Error(`codec ${codec} is not the host's`);
  }
}
