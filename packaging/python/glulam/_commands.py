"""The functions of the package."""

from __future__ import annotations

import dataclasses
import json
import os
import tempfile
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional, Sequence, TypedDict, Union

from glulam import _command
from glulam._results import (
    CompactReport,
    Inspection,
    MergeReport,
    Plan,
    Progress,
    TablePlan,
    TableReport,
    TableVerification,
    Verification,
    build,
)

if TYPE_CHECKING:
    from typing_extensions import Unpack

File = Union[str, "os.PathLike[str]"]


class Store(TypedDict, total=False):
    """Where objects lie, as the command's options of the same names. Secrets come from the environment only."""

    endpoint: str
    region: str
    profile: str
    account: str
    without: str


class Process(Store, total=False):
    """What a run may use."""

    memory: str
    threads: int
    tmp_dir: str


class Settings(Process, total=False):
    """What decides the bytes of the output, as the command's options of the same names."""

    threshold: Union[int, str]
    target_size: Union[int, str]
    max_rows: int
    page_size: Union[int, str]
    order: str
    effort: str
    rewrite: str
    codec: str
    writer_compat: str
    readers: Union[str, Sequence[str]]
    verify: str
    strict: bool


class Looking(Store, total=False):
    memory: str
    threshold: Union[int, str]


class Reading(Store, total=False):
    memory: str


class Comparing(Store, total=False):
    memory: str
    threads: int


#: Called at the beginning of each phase, and at most four times a second; an exception of its own ends the run.
Listener = Callable[[Progress], None]

#: More options of the command, as it takes them: ``["--where", "day = '2026-11-01'"]``.
Options = Sequence[str]


def inspect(file: File, *, columns: bool = False, options: Options = (), **more: Unpack[Looking]) -> Union[Inspection, TablePlan]:
    """Returns what a file's footer or a table's metadata tells, with every row group; ``columns`` adds the columns' totals."""
    if _is_table(file):
        return build(TablePlan, _document(["inspect", *_flags(more), *options, "--json", "--", os.fspath(file)]))
    flags = ["--row-groups", *(["--columns"] if columns else [])]
    return build(Inspection, _document(["inspect", *flags, *_flags(more), *options, "--json", "--", os.fspath(file)]))


def plan(file: File, *, options: Options = (), **settings: Unpack[Settings]) -> Union[Plan, TablePlan]:
    """Returns what ``compact`` would do, without writing anything."""
    text = _command.run(["plan", *_flags(settings), *options, "--json", "--", os.fspath(file)])
    if _is_table(file):
        return build(TablePlan, json.loads(text))
    return dataclasses.replace(build(Plan, json.loads(text)), text=text)


def compact(
    file: File,
    output: Optional[File] = None,
    *,
    in_place: bool = False,
    backup: Optional[str] = None,
    force: bool = False,
    plan: Optional[Plan] = None,
    progress: Optional[Listener] = None,
    options: Options = (),
    **settings: Unpack[Settings],
) -> Union[CompactReport, TableReport]:
    """Merges the fragments of a file into ``output``, or in place; of a table, by a commit.

    ``backup`` keeps what is replaced under its name with this suffix. ``plan`` carries out what ``plan()`` has returned.
    """
    arguments: List[str] = ["compact", *_flags(settings), *options, "--json"]
    if _is_table(file):
        if output is not None or in_place or backup is not None or force or plan is not None:
            raise ValueError("a table is compacted by a commit: output, in_place, backup, force and plan are for files")
        return build(TableReport, _document([*arguments, "--", os.fspath(file)], progress))
    arguments += ["--in-place"] if in_place else []
    arguments += ["--force"] if force else []
    arguments += [f"--backup={backup}"] if backup is not None else []
    arguments += [f"--output={os.fspath(output)}"] if output is not None else []
    if plan is None:
        return build(CompactReport, _document([*arguments, "--", os.fspath(file)], progress))
    with tempfile.TemporaryDirectory() as folder:
        saved = os.path.join(folder, "plan.json")
        plan.save(saved)
        return build(CompactReport, _document([*arguments, f"--plan={saved}", "--", os.fspath(file)], progress))


def merge(
    files: Union[File, Sequence[File]],
    output: File,
    *,
    force: bool = False,
    target_file_size: Union[int, str, None] = None,
    widen: bool = False,
    progress: Optional[Listener] = None,
    options: Options = (),
    **settings: Unpack[Settings],
) -> MergeReport:
    """Merges files, or the files of folders, into ``output``: a file, or a folder if it ends with ``/`` or is one."""
    inputs = [files] if isinstance(files, (str, os.PathLike)) else files
    arguments = ["merge", *_flags(settings), *options, "--json", f"--output={os.fspath(output)}"]
    arguments += ["--force"] if force else []
    arguments += ["--widen"] if widen else []
    arguments += [f"--target-file-size={target_file_size}"] if target_file_size is not None else []
    return build(MergeReport, _document([*arguments, "--", *[os.fspath(each) for each in inputs]], progress))


def verify(left: File, right: Optional[File] = None, *, options: Options = (), **more: Unpack[Comparing]) -> Union[Verification, TableVerification]:
    """Compares two files bit by bit, null by null, level by level; of a table, two snapshots."""
    files = [os.fspath(left)] if right is None else [os.fspath(left), os.fspath(right)]
    text = _command.run(["verify", *_flags(more), *options, "--json", "--", *files], accept=(0, 1))
    if _is_table(left):
        return build(TableVerification, json.loads(text))
    return build(Verification, json.loads(text))


def head(file: File, n: int = 10, *, columns: Sequence[str] = (), options: Options = (), **more: Unpack[Reading]) -> List[Dict[str, Any]]:
    """Returns the first rows; docs/rows.md tells how each type becomes JSON."""
    chosen = [f"--columns={','.join(columns)}"] if columns else []
    text = _command.run(["head", "-n", str(n), *chosen, *_flags(more), *options, "--format=json", "--", os.fspath(file)])
    return [json.loads(line) for line in text.split("\n") if line]


def _is_table(file: File) -> bool:
    return os.fspath(file).startswith(("iceberg:", "delta:"))


def _document(arguments: Sequence[str], progress: Optional[Listener] = None) -> Dict[str, Any]:
    document: Dict[str, Any] = json.loads(_command.run(arguments, progress=progress))
    return document


_KNOWN = frozenset(Settings.__annotations__) | frozenset(Looking.__annotations__)


def _flags(options: Any) -> List[str]:
    """Makes the command's options of keyword arguments: ``page_size=n`` becomes ``--page-size=n``."""
    flags: List[str] = []
    for name, value in options.items():
        if name not in _KNOWN:
            raise TypeError(f"there is no option {name!r}")
        flag = "--" + name.replace("_", "-")
        if value is True:
            flags.append(flag)
        elif value is not False and value is not None:
            joined = value if isinstance(value, (str, int)) else ",".join(value)
            flags.append(f"{flag}={joined}")
    return flags
