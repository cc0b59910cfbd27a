// Reads rows that glulam streams as Arrow by Arrow's JavaScript library and by Polars, and compares them with its JSON.
//
//   node .ci/arrow.mjs GLULAM FOLDER
//
// FOLDER has apache-arrow and nodejs-polars in its node_modules, and fragmented.parquet of the demo.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { isDeepStrictEqual } from "node:util";
import { join } from "node:path";

const [glulam, folder] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const arrow = require("apache-arrow");
const polars = require("nodejs-polars").default ?? require("nodejs-polars");
let wrong = 0;

function check(name, found, wanted) {
    const row = wanted.findIndex((each, i) => !isDeepStrictEqual(found[i], each));
    const same = row < 0 && found.length === wanted.length;
    console.log(`${same ? "ok" : "not ok"} ${name}: ${found.length} rows`);
    if (!same) console.log(found[Math.max(0, row)], wanted[Math.max(0, row)]);
    wrong += same ? 0 : 1;
}

const rows = (file, format) => execFileSync(glulam, ["cat", file, "--format", format], { maxBuffer: 1 << 30 });
const json = file => rows(file, "json").toString().trim().split("\n").map(line => JSON.parse(line));
const plain = value => typeof value === "bigint" ? Number(value) : value;

// ---- The demo's file: decimals, timestamps in UTC, texts, lists

/** A row as JSON has it. Arrow's library gives decimals as four words, timestamps as milliseconds. */
function demoRow(row) {
    const price = row.price;
    return {
        id: plain(row.id), timestamp: Math.floor(row.timestamp), user: row.user, country: row.country, path: row.path,
        amount: row.amount, price: Number(BigInt.asIntN(64, BigInt(price[0]) + (BigInt(price[1]) << 32n))) / 100,
        session: row.session, tags: row.tags && [...row.tags],
    };
}

const demo = join(folder, "fragmented.parquet");
const expected = json(demo).map(row => ({ ...row, timestamp: Date.parse(row.timestamp) }));
const stream = rows(demo, "arrow");
const table = arrow.tableFromIPC(stream);
console.log(String(table.schema));
check("the demo's file, by apache-arrow", [...table].map(demoRow), expected);

const frame = polars.readIPCStream(stream);
console.log(String(frame.dtypes));
check("the demo's file, by Polars",
    frame.select("id", "user", "country", "path", "amount", "session", "tags").toRecords().map(row => ({ ...row, id: plain(row.id) })),
    expected.map(({ id, user, country, path, amount, session, tags }) => ({ id, user, country, path, amount, session, tags })));

// ---- A file of Polars': nulls, small integers, structs, lists of lists

const nested = join(folder, "nested.parquet");
polars.DataFrame({
    small: polars.Series("small", [1, null, -3], polars.Int8),
    big: polars.Series("big", [4, 5, null], polars.UInt64),
    single: polars.Series("single", [0.5, null, -0.25], polars.Float32),
    truth: [true, null, false],
    text: ["ä", "", null],
    list: [[1, 2], [], [3]],
    lists: [[["a"], []], [["b", "c"]], [[]]],
    group: polars.Series("group", [{ a: 1, b: "x" }, { a: 2, b: null }, { a: null, b: "y" }]),
}).writeParquet(nested);
const nestedStream = rows(nested, "arrow");
/** Structs and lists as JSON has them. */
const deep = value => value === null || typeof value !== "object" ? plain(value)
    : typeof value.toJSON === "function" && !Array.isArray(value) && !(Symbol.iterator in value && value.length !== undefined)
        ? Object.fromEntries(Object.entries(value.toJSON()).map(([key, each]) => [key, deep(each)]))
        : value.length !== undefined ? Array.from(value, deep)
            : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, deep(each)]));
check("nested values, by apache-arrow", [...arrow.tableFromIPC(nestedStream)].map(deep), json(nested));
check("nested values, by Polars", polars.readIPCStream(nestedStream).toRecords().map(deep), json(nested));
process.exit(wrong === 0 ? 0 : 1);
