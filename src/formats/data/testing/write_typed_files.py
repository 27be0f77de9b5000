"""Writes the typed files beside it: one small table in the forms that pyarrow and pandas give it. Run: python write_typed_files.py"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq

here = Path(__file__).parent
N = 60


def every(k, values):
    """Each k-th value missing."""
    return [None if i % k == 0 else v for i, v in enumerate(values)]


rows = range(N)
moments = [datetime(2024, 1, 1) + timedelta(hours=i, microseconds=i) for i in rows]
columns = {
    "i8": pa.array(every(7, [i - 30 for i in rows]), pa.int8()),
    "u16": pa.array([i * 1000 for i in rows], pa.uint16()),
    "u32": pa.array([4294967295 - i for i in rows], pa.uint32()),
    "i64": pa.array(every(5, [i * 1000003 - 7 for i in rows]), pa.int64()),
    "id": pa.array([9007199254740993 + i for i in rows], pa.int64()),
    "u64": pa.array([18446744073709551615 - i for i in rows], pa.uint64()),
    "f32": pa.array(every(4, [i / 8 for i in rows]), pa.float32()),
    "f64": pa.array([float("nan") if i == 3 else i / 3 for i in rows], pa.float64()),
    "flag": pa.array(every(6, [i % 3 == 0 for i in rows]), pa.bool_()),
    "text": pa.array(every(9, [f"é {i}" if i % 2 else "NA" for i in rows]), pa.string()),
    "job": pa.array(every(8, [["fixed", "partime", "none"][i % 3] for i in rows])).dictionary_encode(),
    "large": pa.array([f"x{i % 4}" for i in rows], pa.large_string()),
    "money": pa.array([Decimal(i * 101 - 50) / 100 for i in rows], pa.decimal128(12, 2)),
    "bigdec": pa.array([Decimal(10**24 + i) for i in rows], pa.decimal128(30, 0)),
    "day": pa.array(every(10, [date(1969, 12, 1) + timedelta(days=i) for i in rows]), pa.date32()),
    "ms": pa.array(moments, pa.timestamp("ms")),
    "us": pa.array(moments, pa.timestamp("us", tz="UTC")),
    "clock": pa.array([time(i % 24) for i in rows], pa.time64("us")),
    "list": pa.array([[i, i] for i in rows], pa.list_(pa.int64())),
    "struct": pa.array([{"a": i, "b": "x"} for i in rows]),
    "tags": pa.array([[("k", i)] for i in rows], pa.map_(pa.string(), pa.int64())),
    "blob": pa.array([bytes([255, 254, i]) for i in rows], pa.binary()),
    "last": pa.array([i * 2 for i in rows], pa.int32()),
}
table = pa.table(columns)
nanos = table.append_column("ns", pa.array([1700000000000000000 + i * 999999 for i in rows], pa.timestamp("ns")))

for codec in ["none", "snappy", "gzip", "zstd", "brotli", "lz4"]:
    pq.write_table(nanos, here / f"{codec}.parquet", compression=codec, row_group_size=25)
pq.write_table(nanos, here / "v2.parquet", compression="zstd", data_page_version="2.0", data_page_size=64, write_page_checksum=True)
flat = ["i8", "i64", "id", "f32", "f64", "text", "large", "last"]
encodings = {"i8": "DELTA_BINARY_PACKED", "i64": "DELTA_BINARY_PACKED", "id": "PLAIN", "f32": "BYTE_STREAM_SPLIT", "f64": "BYTE_STREAM_SPLIT", "text": "DELTA_BYTE_ARRAY", "large": "DELTA_LENGTH_BYTE_ARRAY", "last": "DELTA_BINARY_PACKED"}
pq.write_table(table.select(flat), here / "encodings.parquet", use_dictionary=False, column_encoding=encodings, compression="snappy")
pq.write_table(nanos.select(["ms", "us", "ns"]), here / "int96.parquet", use_deprecated_int96_timestamps=True)
frame = pd.DataFrame({"a": [1.5, 2.5, None], "c": pd.Categorical(["x", None, "y"])}, index=[10, 20, 30])
frame.index.name = None
pq.write_table(pa.Table.from_pandas(frame.iloc[[2, 0, 1]]), here / "pandas.parquet")

for codec in ["uncompressed", "lz4", "zstd"]:
    feather.write_feather(nanos, here / f"{codec}.feather", compression=codec, chunksize=25)
feather.write_feather(table.select(["i8", "f64", "job"]), here / "version1.feather", version=1)
views = table.append_column("view", pa.array(["short" if i % 2 else f"longer than twelve {i}" for i in rows], pa.string_view()))
halves = views.append_column("half", pa.array([i / 2 for i in rows], pa.float16()))
with pa.OSFile(str(here / "views.arrows"), "wb") as sink, pa.ipc.new_stream(sink, halves.schema) as writer:
    for batch in halves.to_batches(max_chunksize=17):
        writer.write_batch(batch)
(here / "versions.txt").write_text(f"pyarrow {pa.__version__}, pandas {pd.__version__}\n")
