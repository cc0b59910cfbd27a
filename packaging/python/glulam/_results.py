"""What commands print with ``--json``, as immutable objects. docs/json.md describes every field.

All sizes and offsets are bytes. A field that is not known is None.
"""

from __future__ import annotations

import dataclasses
import os
import typing
from dataclasses import dataclass, field
from typing import Any, Dict, Mapping, Optional, Tuple, Type, TypeVar, Union

from glulam import _picture

T = TypeVar("T")


@dataclass(frozen=True)
class Result:
    """A document of the command. ``document`` holds all of it, also fields that this version has no name for."""

    document: Mapping[str, Any] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Progress:
    """How far a run is: bytes of a phase, files of a table, or a new file of a merge, whose ``event`` is begun or published."""

    phase: Optional[str] = None
    done_bytes: Optional[int] = None
    total_bytes: Optional[int] = None
    bytes_per_second: Optional[int] = None
    seconds_left: Optional[float] = None
    done_files: Optional[int] = None
    read_files: Optional[int] = None
    deleted_files: Optional[int] = None
    total_files: Optional[int] = None
    output: Optional[str] = None
    event: Optional[str] = None
    input_files: Optional[int] = None
    input_bytes: Optional[int] = None
    first_file: Optional[str] = None
    last_file: Optional[str] = None
    bytes: Optional[int] = None


@dataclass(frozen=True)
class SchemaField:
    name: str
    repetition: str
    type: Optional[str]
    logical_type: Optional[str]
    type_length: Optional[int] = None
    children: Tuple[SchemaField, ...] = ()


@dataclass(frozen=True)
class Column:
    column: str
    encodings: Tuple[str, ...]
    codecs: Tuple[str, ...]
    values: int
    nulls: Optional[int]
    compressed_bytes: int
    uncompressed_bytes: int
    chunks_with_bounds: int
    chunks_with_dictionary: int
    chunks_with_column_index: int
    chunks_with_offset_index: int
    chunks_with_bloom_filter: int
    damaged_aids: int


@dataclass(frozen=True)
class RowGroup:
    rows: int
    compressed_bytes: int
    uncompressed_bytes: int
    offset: int
    fragment: bool


@dataclass(frozen=True)
class Inspection(Result):
    """A file's footer. Notebooks show it as a picture of its row groups."""

    file: str
    bytes: int
    rows: int
    created_by: Optional[str]
    format_version: int
    row_group_count: int
    row_group_bytes: int
    threshold_bytes: int
    fragments: int
    fragment_bytes: int
    fragmented_share: float
    key_value_metadata: Tuple[Mapping[str, Any], ...]
    schema: Tuple[SchemaField, ...]
    columns: Tuple[Column, ...] = ()
    row_groups: Tuple[RowGroup, ...] = ()

    def _repr_svg_(self) -> str:
        return _picture.svg(self.file, [(group.compressed_bytes, group.rows, group.fragment) for group in self.row_groups])

    def _repr_html_(self) -> str:
        facts = [
            ("size", _picture.size(self.bytes)),
            ("rows", f"{self.rows:,}"),
            ("row groups", f"{self.row_group_count:,}"),
            ("fragments", f"{self.fragments:,} ({self.fragmented_share:.0%} of the bytes)"),
            ("written by", self.created_by or ""),
        ]
        return _picture.figure(self.file, self._repr_svg_(), facts)


@dataclass(frozen=True)
class Source:
    name: str
    size: int
    version: str


@dataclass(frozen=True)
class Sample:
    windows: int
    values: int
    bytes: int
    distinct: int
    cheapest: int


@dataclass(frozen=True)
class PlannedColumn:
    tier: str
    reason: str
    moved: int
    remapped: int
    coalesced: int
    recoded: int
    expected: int
    sample: Optional[Sample] = None
    values: Optional[str] = None
    indices: Optional[str] = None


@dataclass(frozen=True)
class PlannedGroup:
    """A row group of the output: one that is kept (``keep``, its position) or ranges that are merged (``merge``)."""

    rows: int
    bytes: int
    merge: Tuple[Tuple[int, ...], ...] = ()
    keep: Optional[int] = None
    reason: Optional[str] = None
    columns: Tuple[PlannedColumn, ...] = ()


@dataclass(frozen=True)
class Plan(Result):
    """What ``compact`` would do. ``compact(file, plan=...)`` carries it out, if the file is still the same."""

    version: int
    source: Source
    settings: Mapping[str, Any]
    columns: Tuple[str, ...]
    row_groups: int
    dropped: Tuple[str, ...]
    groups: Tuple[PlannedGroup, ...]
    losses: Tuple[str, ...] = ()
    #: The document as the command printed it.
    text: str = field(default="", repr=False, compare=False)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to compact."""
        return all(group.keep is not None for group in self.groups)

    def save(self, path: Union[str, os.PathLike[str]]) -> None:
        """Writes the plan as ``glulam plan --save`` does."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.text)


@dataclass(frozen=True)
class FileState:
    bytes: int
    rows: int
    row_groups: int
    fragments: int


@dataclass(frozen=True)
class TierTotal:
    tier: str
    reason: Optional[str]
    chunks: int
    source_bytes: int
    expected_bytes: int
    bytes: int


@dataclass(frozen=True)
class MergedChunk:
    row_group: int
    column: str
    tier: str
    reason: str
    source_pages: int
    pages: int
    source_bytes: int
    expected_bytes: int
    bytes: int
    encoding: Optional[str]


@dataclass(frozen=True)
class Phase:
    phase: str
    wall_seconds: float
    cpu_seconds: float


@dataclass(frozen=True)
class Traffic:
    bytes_downloaded: int
    bytes_uploaded: int
    bytes_copied: int
    requests: Mapping[str, int]


@dataclass(frozen=True)
class CompactReport(Result):
    source: str
    target: str
    published: bool
    nothing_to_do: bool
    plan_hash: str
    before: FileState
    after: FileState
    bytes_read: int
    bytes_written: int
    bytes_unpacked_for_rows: int
    bytes_kept: int
    bytes_moved: int
    bytes_remapped: int
    bytes_coalesced: int
    bytes_recoded: int
    tiers: Tuple[TierTotal, ...]
    columns: Tuple[MergedChunk, ...]
    dropped: Tuple[str, ...]
    phases: Tuple[Phase, ...]
    traffic: Optional[Traffic]
    only_looked_at: Tuple[str, ...]
    peak_memory_bytes: Optional[int]

    def _repr_html_(self) -> str:
        rows = [(name, _picture.size(state.bytes), f"{state.rows:,}", f"{state.row_groups:,}", f"{state.fragments:,}")
                for name, state in (("before", self.before), ("after", self.after))]
        return _picture.table(f"{self.source} → {self.target}", ("", "size", "rows", "row groups", "fragments"), rows)


@dataclass(frozen=True)
class MergeInputs:
    files: int
    bytes: int
    rows: int
    row_groups: int
    order: Optional[Mapping[str, Any]]


@dataclass(frozen=True)
class PassedOver:
    file: str
    reason: str


@dataclass(frozen=True)
class Replaced:
    inputs: int
    outputs: int
    only_looked_at: bool


@dataclass(frozen=True)
class MergeReport(Result):
    outcome: str
    inputs: MergeInputs
    outputs: Tuple[CompactReport, ...]
    traffic: Optional[Traffic]
    passed_over: Tuple[PassedOver, ...]
    dropped: Tuple[str, ...]
    replaced: Optional[Replaced]


@dataclass(frozen=True)
class Difference:
    column: Optional[str]
    row: Optional[int]
    left: Optional[str]
    right: Optional[str]


@dataclass(frozen=True)
class Verification(Result):
    """Whether two files hold the same. True in an ``if`` where they do."""

    equal: bool
    difference: Optional[Difference]

    def __bool__(self) -> bool:
        return self.equal


@dataclass(frozen=True)
class TablePartition:
    name: str
    files: int
    bytes: int
    rows: int
    files_with_deletes: int
    candidates: int
    candidate_bytes: int
    groups: int
    outputs: int
    requests: int
    request_dollars: float
    managed_dollars: float


@dataclass(frozen=True)
class LeftFiles:
    reason: str
    files: int
    bytes: int
    examples: Tuple[str, ...]
    remedy: Optional[str]


@dataclass(frozen=True)
class TablePlan(Result):
    table: str
    format: str
    location: str
    snapshot_id: int
    planned: str
    partitions: Tuple[TablePartition, ...]
    left: Tuple[LeftFiles, ...]
    row_groups: Optional[Mapping[str, Any]]
    deletes: Optional[Mapping[str, Any]]
    expected_traffic: Optional[Mapping[str, Any]]
    notes: Tuple[str, ...]


@dataclass(frozen=True)
class TableReport(Result):
    outcome: str
    rewritten_data_files_count: int
    added_data_files_count: int
    rewritten_bytes_count: int
    failed_data_files_count: int
    removed_delete_files_count: int
    left_data_files_count: int
    added_bytes_count: int
    moved_bytes_count: int
    remapped_bytes_count: int
    recoded_bytes_count: int
    deleted_rows_count: int
    moved_pages_count: int
    cut_pages_count: int
    dropped_pages_count: int
    traffic: Optional[Mapping[str, Any]]
    request_dollars: Optional[float]
    committed_snapshot_ids: Tuple[int, ...]
    held_bytes: int
    release: Optional[str]
    run_notes: Tuple[str, ...]
    plan: Mapping[str, Any]


@dataclass(frozen=True)
class TableVerification(Result):
    """Whether two snapshots of a table hold the same rows. True in an ``if`` where they do."""

    equal: bool
    before: int
    after: int
    rows_before: int
    rows_after: int
    differences: Tuple[str, ...]

    def __bool__(self) -> bool:
        return self.equal


_HINTS: Dict[type, Dict[str, Any]] = {}


def build(kind: Type[T], document: Mapping[str, Any]) -> T:
    """Makes an object of a document. Fields that the class does not have stay in ``document`` alone."""
    hints = _HINTS.setdefault(kind, typing.get_type_hints(kind))
    values: Dict[str, Any] = {}
    for each in dataclasses.fields(typing.cast(Any, kind)):
        if each.name in document:
            values[each.name] = _convert(hints[each.name], document[each.name])
    if issubclass(kind, Result):
        values["document"] = document
    return kind(**values)


def _convert(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if typing.get_origin(hint) is Union:
        hint = next(each for each in typing.get_args(hint) if each is not type(None))
    if typing.get_origin(hint) is tuple:
        return tuple(_convert(typing.get_args(hint)[0], each) for each in value)
    if dataclasses.is_dataclass(hint):
        return build(typing.cast(type, hint), value)
    return value
