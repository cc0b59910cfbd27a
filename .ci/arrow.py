"""Compares rows that glulam streams as Arrow with what PyArrow reads of the same Parquet files: types, nulls, values.

    python3 .ci/arrow.py GLULAM FOLDER

FOLDER takes the files. Needs pyarrow.
"""

import datetime
import decimal
import os
import random
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq

GLULAM, FOLDER = sys.argv[1:]
RANDOM = random.Random(20261130)
decimal.getcontext().prec = 100
wrong = 0


def check(name, found, wanted):
    global wrong
    same = found.schema.equals(wanted.schema) and equal(found, wanted)
    print(f"{'ok' if same else 'not ok'} {name}: {found.num_rows} rows, {found.num_columns} columns")
    if not same:
        wrong += 1
        if not found.schema.equals(wanted.schema):
            print(f"streamed:\n{found.schema}\nPyArrow:\n{wanted.schema}")
            return
        for field, left, right in zip(found.schema, found.columns, wanted.columns):
            if left.to_pylist() != right.to_pylist():
                print(field.name, left.to_pylist()[:5], right.to_pylist()[:5])


def equal(found, wanted):
    # NaN is equal to none: its text is.
    return found.equals(wanted) or str(found.to_pylist()) == str(wanted.to_pylist())


def stream(file, *options):
    out = subprocess.run([GLULAM, "cat", file, "--format", "arrow", *options], stdout=subprocess.PIPE, check=True).stdout
    return pa.ipc.open_stream(out).read_all()


def compare(name, table, **options):
    file = os.path.join(FOLDER, name.replace(" ", "-") + ".parquet")
    # Without Arrow's own schema in it, the file says what Parquet says.
    pq.write_table(table, file, store_schema=False, **options)
    wanted = pq.read_table(file, use_threads=False).replace_schema_metadata(None)
    found = stream(file)
    found.validate(full=True)
    check(name, found.replace_schema_metadata(None), wanted)
    return file


def some(values, rows=1000, nulls=0.2):
    return [None if RANDOM.random() < nulls else RANDOM.choice(values) for _ in range(rows)]


def scalars(rows, nulls):
    day = datetime.date(2026, 11, 30)
    times = [datetime.datetime(1969, 12, 31, 23, 59, 59, 999000), datetime.datetime(2026, 11, 30, 1, 2, 3, 4000), datetime.datetime(1, 1, 1)]
    late = [datetime.datetime(1700, 1, 1, 1, 2, 3, 456789), datetime.datetime(2262, 1, 1), datetime.datetime(1970, 1, 1)]
    columns = {"bool": pa.array(some([True, False], rows, nulls))}
    for bits in (8, 16, 32, 64):
        columns[f"int{bits}"] = pa.array(some([-(1 << bits - 1), 0, (1 << bits - 1) - 1], rows, nulls), getattr(pa, f"int{bits}")())
        columns[f"uint{bits}"] = pa.array(some([0, (1 << bits) - 1], rows, nulls), getattr(pa, f"uint{bits}")())
    columns["half"] = pa.array(some([0.5, -65504.0, float("inf"), 0.0], rows, nulls), pa.float32()).cast(pa.float16())
    columns["float"] = pa.array(some([0.1, -0.0, float("nan"), float("-inf")], rows, nulls), pa.float32())
    columns["double"] = pa.array(some([0.1, -0.0, float("nan"), 5e-324], rows, nulls), pa.float64())
    for digits, scale in ((1, 0), (9, 9), (18, 2), (38, 10), (76, 30)):
        kind = pa.decimal128(digits, scale) if digits <= 38 else pa.decimal256(digits, scale)
        most = decimal.Decimal("9" * digits).scaleb(-scale)
        columns[f"decimal{digits}"] = pa.array(some([most, -most, decimal.Decimal(0)], rows, nulls), kind)
    columns["date"] = pa.array(some([day, datetime.date(1, 1, 1), datetime.date(9999, 12, 31)], rows, nulls), pa.date32())
    clock = [datetime.time(0, 0), datetime.time(23, 59, 59, 999000)]
    columns["time_ms"] = pa.array(some(clock, rows, nulls), pa.time32("ms"))
    columns["time_us"] = pa.array(some(clock, rows, nulls), pa.time64("us"))
    columns["time_ns"] = pa.array(some(clock, rows, nulls), pa.time64("ns"))
    for unit, values in (("ms", times), ("us", times), ("ns", late)):
        columns[f"time_{unit}_local"] = pa.array(some(values, rows, nulls), pa.timestamp(unit))
        columns[f"time_{unit}_utc"] = pa.array(some(values, rows, nulls), pa.timestamp(unit, "UTC"))
    columns["text"] = pa.array(some(["", "ä", "\U0001f600", "a" * 300], rows, nulls))
    columns["bytes"] = pa.array(some([b"", b"\x00\xff", b"x" * 70], rows, nulls))
    columns["fixed"] = pa.array(some([b"abc", b"\x00\x01\x02"], rows, nulls), pa.binary(3))
    columns["nulls"] = pa.nulls(rows)
    return pa.table(columns)


def nested(rows):
    items = pa.list_(pa.int32())
    return pa.table({
        "list": pa.array(some([[], [1], [1, None, 3]], rows), items),
        "lists": pa.array(some([[], [None], [[], [1]], [[2, None], None]], rows), pa.list_(items)),
        "struct": pa.array(some([{"a": 1, "b": None}, {"a": None, "b": "x"}], rows), pa.struct({"a": pa.int64(), "b": pa.string()})),
        "structs": pa.array(some([[], [{"a": [1]}, None, {"a": None}], [{"a": []}]], rows), pa.list_(pa.struct({"a": items}))),
        "map": pa.array(some([[], [("k", 1)], [("k", None), ("l", 2)]], rows), pa.map_(pa.string(), pa.int32())),
        "map_of_lists": pa.array(some([[], [(1, [])], [(2, None), (3, ["x", None])]], rows), pa.map_(pa.int64(), pa.list_(pa.string()))),
        "deep": pa.array(some([{"s": {"l": [{"m": [("k", [1.5])]}]}}, {"s": None}, {"s": {"l": []}}], rows),
                         pa.struct({"s": pa.struct({"l": pa.list_(pa.struct({"m": pa.map_(pa.string(), pa.list_(pa.float64()))}))})})),
    })


for version in ("1.0", "2.0"):
    for dictionary in (True, False):
        how = dict(data_page_version=version, use_dictionary=dictionary, row_group_size=300, data_page_size=500)
        compare(f"types {version} {dictionary}", scalars(1000, 0.2), **how)
        compare(f"nested {version} {dictionary}", nested(1000), **how)
required = scalars(500, 0).drop_columns(["nulls"])
compare("required", required.cast(pa.schema([field.with_nullable(False) for field in required.schema])))
compare("only nulls", scalars(100, 1.1))
compare("no rows", scalars(0, 0))
compare("no rows nested", nested(0))
compare("many rows", pa.table({"i": pa.array(range(200_000)), "text": [str(i) for i in range(200_000)]}), row_group_size=70_000)
compare("wide", pa.table({f"c{i}": [i, None, -i] for i in range(1000)}))
compare("huge", pa.table({"text": ["ä" * 3_000_000, None, "b" * 5_000_000, ""], "bytes": [b"", b"\xff" * 6_000_000, None, b"c"]}))
compare("int96", pa.table({"t": pa.array([datetime.datetime(1900, 1, 1), None, datetime.datetime(2261, 1, 1, 1, 2, 3, 4)], pa.timestamp("us"))}),
        use_deprecated_int96_timestamps=True)

file = os.path.join(FOLDER, "required.parquet")
check("chosen columns", stream(file, "--columns", "text,bool").replace_schema_metadata(None), required.select(["text", "bool"]).cast(
    pa.schema([pa.field("text", pa.string(), False), pa.field("bool", pa.bool_(), False)])))
sys.exit(wrong > 0)
