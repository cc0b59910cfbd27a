// Writes a fragmented Parquet file: many small row groups of four columns, ZSTD, one of them with dictionaries that differ
// from row group to row group. The same numbers give the same bytes.
import zlib from 'node:zlib';

const MAGIC = Buffer.from('PAR1');
/** Node before 22.15 has no ZSTD. */
const CODEC = zlib.zstdCompressSync === undefined ? 2 : 6;
const pack = zlib.zstdCompressSync ?? zlib.gzipSync;
const TYPES = { INT64: 2, DOUBLE: 5, BYTE_ARRAY: 6 };
const PLAIN = 0;
const RLE = 3;
const RLE_DICTIONARY = 8;
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;
const UTF8 = 0;
const CITIES = ['Aarhus', 'Bergen', 'Cork', 'Dijon', 'Espoo', 'Faro', 'Ghent', 'Haifa', 'Izmir', 'Jaén', 'Košice', 'Lund'];

/** The compact protocol of Thrift, as far as a footer needs it. */
class Thrift {
  /** What comes before `#bytes`. */
  #parts = [];
  #bytes = [];

  static varint(value) {
    const bytes = [];
    for (let left = BigInt(value); ; left >>= 7n) {
      if (left < 128n) {
        bytes.push(Number(left));
        return bytes;
      }
      bytes.push(Number(left & 127n) | 128);
    }
  }

  static #zigzag(value) {
    const number = BigInt(value);
    return Thrift.varint(number >= 0n ? number << 1n : (-number << 1n) - 1n);
  }

  /** Fields in order: `[id, type, value]`. */
  static struct(...fields) {
    const thrift = new Thrift();
    let last = 0;
    for (const [id, type, value] of fields) {
      thrift.#bytes.push(((id - last) << 4) | { i32: 5, i64: 6, binary: 8, list: 9, struct: 12 }[type]);
      thrift.#value(type, value);
      last = id;
    }
    thrift.#bytes.push(0);
    return Buffer.concat([...thrift.#parts, Buffer.from(thrift.#bytes)]);
  }

  #value(type, value) {
    switch (type) {
      case 'binary':
        this.#add(Thrift.varint(Buffer.byteLength(value)));
        return this.#append(Buffer.from(value));
      case 'struct':
        return this.#append(value);
      case 'list':
        return this.#list(value);
      default:
        return this.#add(Thrift.#zigzag(value));
    }
  }

  #list([type, values]) {
    const code = { i32: 5, binary: 8, struct: 12 }[type];
    this.#add(values.length < 15 ? [(values.length << 4) | code] : [0xf0 | code, ...Thrift.varint(values.length)]);
    values.forEach((value) => this.#value(type, value));
  }

  #append(part) {
    if (this.#bytes.length > 0) {
      this.#parts.push(Buffer.from(this.#bytes));
      this.#bytes = [];
    }
    this.#parts.push(part);
  }

  #add(bytes) {
    for (const byte of bytes) {
      this.#bytes.push(byte);
    }
  }
}

/** Numbers that look random and are the same every time (mulberry32). */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function page(type, values, count, encoding) {
  const packed = pack(values);
  const details = type === DATA_PAGE
    ? [5, 'struct', Thrift.struct([1, 'i32', count], [2, 'i32', encoding], [3, 'i32', RLE], [4, 'i32', RLE])]
    : [7, 'struct', Thrift.struct([1, 'i32', count], [2, 'i32', encoding])];
  const header = Thrift.struct([1, 'i32', type], [2, 'i32', values.length], [3, 'i32', packed.length], details);
  return { bytes: Buffer.concat([header, packed]), unpacked: header.length + values.length };
}

function numbers(rows, write) {
  const bytes = Buffer.alloc(rows * 8);
  for (let row = 0; row < rows; row++) {
    write(bytes, row);
  }
  return bytes;
}

function texts(values) {
  return Buffer.concat(values.flatMap((value) => {
    const bytes = Buffer.from(value);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return [length, bytes];
  }));
}

/** Indices of four bits each, in one bit-packed run. */
function indices(values) {
  const groups = Math.ceil(values.length / 8);
  const packed = Buffer.alloc(groups * 4);
  values.forEach((value, i) => {
    packed[i >> 1] |= value << (4 * (i & 1));
  });
  return Buffer.concat([Buffer.from([4, ...Thrift.varint((groups << 1) | 1)]), packed]);
}

function pagesOf(group, rows) {
  const random = randomOf(group + 1);
  const start = 1_780_000_000_000 + group * rows * 250;
  // Each row group has the cities in an order of its own.
  const cities = CITIES.map((_, i) => CITIES[(i * 5 + group) % CITIES.length]);
  return {
    id: [page(DATA_PAGE, numbers(rows, (bytes, row) => bytes.writeBigInt64LE(BigInt(group * rows + row), row * 8)), rows, PLAIN)],
    at: [page(DATA_PAGE, numbers(rows, (bytes, row) =>
      bytes.writeBigInt64LE(BigInt(start + row * 250 + Math.floor(random() * 250)), row * 8)), rows, PLAIN)],
    city: [
      page(DICTIONARY_PAGE, texts(cities), cities.length, PLAIN),
      page(DATA_PAGE, indices(Array.from({ length: rows }, () => Math.floor(random() * CITIES.length))), rows, RLE_DICTIONARY),
    ],
    amount: [page(DATA_PAGE, numbers(rows, (bytes, row) => bytes.writeDoubleLE(random() * 1000, row * 8)), rows, PLAIN)],
  };
}

const COLUMNS = [['id', 'INT64'], ['at', 'INT64'], ['city', 'BYTE_ARRAY'], ['amount', 'DOUBLE']];

function chunk([name, type], pages, rows, offset) {
  const bytes = pages.reduce((sum, one) => sum + one.bytes.length, 0);
  const encodings = pages.length > 1 ? [PLAIN, RLE, RLE_DICTIONARY] : [PLAIN, RLE];
  const data = offset + (pages.length > 1 ? pages[0].bytes.length : 0);
  const metadata = Thrift.struct(
    [1, 'i32', TYPES[type]], [2, 'list', ['i32', encodings]], [3, 'list', ['binary', [name]]], [4, 'i32', CODEC],
    [5, 'i64', rows], [6, 'i64', pages.reduce((sum, one) => sum + one.unpacked, 0)], [7, 'i64', bytes], [9, 'i64', data],
    ...(pages.length > 1 ? [[11, 'i64', offset]] : []));
  return { bytes, unpacked: pages.reduce((sum, one) => sum + one.unpacked, 0),
    thrift: Thrift.struct([2, 'i64', offset], [3, 'struct', metadata]) };
}

/** A file as a Buffer, by the parameters of `fragmentedPieces`. */
export function fragmented(...form) {
  return Buffer.concat(fragmentedPieces(...form));
}

/**
 * A file as Buffers, in order: of row groups that repeat the same ones, so that files of a gigabyte take little memory.
 *
 * @param rowGroups how many; each has about 10 bytes a row
 * @param rows of each row group, or a list of each one's
 * @param seed makes files of the same form differ
 * @param different how many row groups of one length differ, until they repeat: large files are made sooner
 * @param names of columns that are called otherwise
 * @param times how often a row group has these columns; from the second time on, a number follows their names
 */
export function fragmentedPieces(rowGroups, rows = 60_000, seed = 0, different = Infinity, names = {}, times = 1) {
  const parts = [MAGIC];
  const groups = [];
  const made = new Map();
  const columns = Array.from({ length: times }, (_, time) =>
    COLUMNS.map(([name, type]) => ({ name, type, called: `${names[name] ?? name}${time === 0 ? '' : time}` }))).flat();
  const counts = Array.isArray(rows) ? rows : Array(rowGroups).fill(rows);
  let offset = MAGIC.length;
  for (let group = 0; group < rowGroups; group++) {
    const count = counts[group];
    const number = (different === Infinity ? group : group % different) + seed * 1000;
    const known = `${number} ${count}`;
    const pages = made.get(known) ?? pagesOf(number, count);
    if (different !== Infinity) {
      made.set(known, pages);
    }
    const start = offset;
    const chunks = columns.map(({ name, type, called }) => {
      const written = chunk([called, type], pages[name], count, offset);
      pages[name].forEach((one) => parts.push(one.bytes));
      offset += written.bytes;
      return written;
    });
    groups.push(Thrift.struct(
      [1, 'list', ['struct', chunks.map((one) => one.thrift)]],
      [2, 'i64', chunks.reduce((sum, one) => sum + one.unpacked, 0)], [3, 'i64', count], [5, 'i64', start],
      [6, 'i64', offset - start]));
  }
  const schema = [
    Thrift.struct([4, 'binary', 'events'], [5, 'i32', columns.length]),
    ...columns.map(({ type, called }) => Thrift.struct([1, 'i32', TYPES[type]], [3, 'i32', 0], [4, 'binary', called],
      ...(type === 'BYTE_ARRAY' ? [[6, 'i32', UTF8]] : []))),
  ];
  const footer = Thrift.struct(
    [1, 'i32', 1], [2, 'list', ['struct', schema]], [3, 'i64', counts.reduce((sum, count) => sum + count, 0)], [4, 'list', ['struct', groups]],
    [6, 'binary', 'glulam-demo version 1']);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return [...parts, footer, length, MAGIC];
}
