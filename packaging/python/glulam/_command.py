"""Runs the command that lies in this package."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from typing import Any, Callable, Dict, List, NoReturn, Optional, Sequence, Tuple

from glulam._results import Progress, build
from glulam.errors import GlulamError, error_class


_TOLD = frozenset(("phase", "done_files", "read_files", "deleted_files", "event"))
_PACKAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "package")


def launcher() -> str:
    """Returns the path of the command."""
    _settle()
    return os.path.join(_PACKAGE, "glulam")


def _settle() -> None:
    """Gives the libraries back the age that installers forget: Java takes its class-data archive only with that."""
    try:
        with open(os.path.join(_PACKAGE, "cds", "package.time"), encoding="ascii") as file:
            age = int(file.read())
        folder = os.path.join(_PACKAGE, "lib")
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            if name.endswith(".jar") and int(os.stat(path).st_mtime) != age:
                os.utime(path, (age, age))
    except (OSError, ValueError):
        pass  # Where others own the files, starts take a little longer.


def main() -> NoReturn:
    """The console command ``glulam``: becomes the command."""
    os.execv(launcher(), ["glulam", *sys.argv[1:]])


def run(
    arguments: Sequence[str], accept: Tuple[int, ...] = (0,), progress: Optional[Callable[[Progress], None]] = None
) -> str:
    """Runs the command and returns its standard output; raises an exception if it ends with another code than those."""
    # In a session of its own, so that Ctrl-C reaches it once: by the signal below.
    process = subprocess.Popen(
        [launcher(), arguments[0], *([] if progress is None else ["--progress=json"]), *arguments[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        encoding="utf-8",
        errors="replace",
    )
    results: List[str] = []
    messages: List[str] = []
    assert process.stdout is not None and process.stderr is not None
    reader = threading.Thread(target=lambda stream: results.append(stream.read()), args=(process.stdout,), daemon=True)
    reader.start()
    try:
        for line in process.stderr:
            told = None if progress is None else _told(line)
            if told is None:
                messages.append(line)
            elif progress is not None:
                progress(told)
        process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    finally:
        reader.join()
        process.stdout.close()
        process.stderr.close()
    if process.returncode in accept:
        return results[0]
    raise _failure(process.returncode, results[0], "".join(messages))


def _told(line: str) -> Optional[Progress]:
    try:
        document = json.loads(line)
    except ValueError:
        return None
    if isinstance(document, dict) and _TOLD.intersection(document):
        return build(Progress, document)
    return None


def _failure(exit_code: int, out: str, err: str) -> GlulamError:
    kind = error_class(exit_code)
    lines = [line[8:] for line in err.splitlines() if line.startswith("glulam: ")]
    message = lines[-1] if lines else f"glulam ended with exit code {exit_code}"
    for line in reversed(out.splitlines()):
        try:
            document = json.loads(line)
        except ValueError:
            continue
        if isinstance(document, dict) and isinstance(document.get("error"), dict):
            error: Dict[str, Any] = document["error"]
            return kind(
                f"{document.get('file')}: {error.get('message')}",
                exit_code,
                remedy=error.get("remedy"),
                row_group=error.get("row_group"),
                column=error.get("column"),
                offset=error.get("offset"),
            )
    return kind(message, exit_code)
