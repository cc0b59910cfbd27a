"""The exceptions: one class for each exit code of the command."""

from __future__ import annotations

from typing import ClassVar, Dict, Optional, Type


class GlulamError(Exception):
    """A command that failed. ``str()`` is its message; nothing unfinished was published."""

    #: What the command's process ended with.
    exit_code: int
    #: What to do about it, where the command knows.
    remedy: Optional[str]
    #: Where in the file the fault lies, where the command knows.
    row_group: Optional[int]
    column: Optional[str]
    offset: Optional[int]

    code: ClassVar[Optional[int]] = None

    def __init__(
        self,
        message: str,
        exit_code: int,
        remedy: Optional[str] = None,
        row_group: Optional[int] = None,
        column: Optional[str] = None,
        offset: Optional[int] = None,
    ) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.remedy = remedy
        self.row_group = row_group
        self.column = column
        self.offset = offset


class UsageError(GlulamError):
    """Wrong arguments, or the output exists and ``force`` was not given."""

    code = 2


class CorruptFile(GlulamError):
    """A file that is not Parquet, truncated or corrupt."""

    code = 3


class Unsupported(GlulamError):
    """A file or table that Glulam refuses."""

    code = 4


class SourceChanged(GlulamError):
    """The source changed during the run."""

    code = 5


class StorageFailed(GlulamError):
    """No such file, no permission, no space, or a store that does not answer."""

    code = 6


class VerificationFailed(GlulamError):
    """The output was wrong and was not published."""

    code = 7


class StateUnknown(GlulamError):
    """A table's commit got no answer: look at the table before the next run."""

    code = 8


class NoUsableJava(GlulamError):
    """The launcher found no usable Java, which this package should bring along."""

    code = 69


class InternalError(GlulamError):
    """A fault of Glulam."""

    code = 70


class Interrupted(GlulamError):
    """A signal ended the command."""

    code = 130


def _by_code() -> Dict[int, Type[GlulamError]]:
    known = {kind.code: kind for kind in GlulamError.__subclasses__() if kind.code is not None}
    # SIGTERM, and a terminal that was closed.
    known.update({143: Interrupted, 129: Interrupted})
    return known


def error_class(exit_code: int) -> Type[GlulamError]:
    """Returns the class of an exit code."""
    if exit_code < 0:
        return Interrupted
    return _by_code().get(exit_code, InternalError)
