"""Pictures for notebooks. Names come from foreign files: every text is escaped."""

from __future__ import annotations

import html
from typing import Iterable, List, Sequence, Tuple

_WIDTH = 720
_HEIGHT = 34
_HEALTHY = "#2f6fb8"
_FRAGMENT = "#d9722e"
#: Neighbours that are narrower than this are drawn as one.
_NARROWEST = 0.75


def text(value: str) -> str:
    """Returns text that is safe in HTML and SVG, without characters that XML forbids."""
    printable = "".join(
        "\ufffd" if ord(each) < 32 or 127 <= ord(each) < 160 or 0xD800 <= ord(each) < 0xE000 or ord(each) in _INVISIBLE else each
        for each in value)
    return html.escape(printable)


# Characters that turn the direction of a line, or that XML forbids.
_INVISIBLE = {0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFFFE, 0xFFFF}


def size(count: int) -> str:
    """Returns a number of bytes for people: 1.5 MiB."""
    if count < 1024:
        return f"{count} B"
    value = float(count)
    for unit in ("KiB", "MiB", "GiB", "TiB"):
        value /= 1024
        if value < 1024 or unit == "TiB":
            break
    return f"{value:.1f} {unit}" if value < 100 else f"{value:.0f} {unit}"


def _bars(groups: Sequence[Tuple[int, int, bool]]) -> Iterable[Tuple[float, float, bool, str]]:
    """Gives place, width, kind and tooltip of each bar; row groups too narrow to see become one bar with their neighbours."""
    whole = sum(group[0] for group in groups) or 1
    place = 0.0
    first = 0
    while first < len(groups):
        end = first
        length = 0
        rows = 0
        while end < len(groups) and groups[end][2] == groups[first][2]:
            length += groups[end][0]
            rows += groups[end][1]
            end += 1
            if length * _WIDTH / whole >= _NARROWEST:
                break
        width = length * _WIDTH / whole
        name = f"row group {first}" if end == first + 1 else f"row groups {first} to {end - 1}"
        kind = "fragment" if groups[first][2] else "healthy"
        yield place, width, groups[first][2], f"{name}: {size(length)}, {rows:,} rows, {kind}"
        place += width
        first = end


def svg(name: str, groups: Sequence[Tuple[int, int, bool]]) -> str:
    """Draws row groups to scale, each of its compressed bytes, its rows and whether it is a fragment."""
    parts: List[str] = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
        f"<title>Row groups of {text(name)}</title>",
    ]
    for place, width, fragment, tip in _bars(groups):
        gap = 1 if width > 3 else 0
        parts.append(
            f'<rect x="{place:.2f}" y="2" width="{max(width - gap, 0.2):.2f}" height="{_HEIGHT - 4}"'
            f' fill="{_FRAGMENT if fragment else _HEALTHY}"><title>{text(tip)}</title></rect>')
    parts.append("</svg>")
    return "".join(parts)


def figure(title: str, picture: str, facts: Sequence[Tuple[str, str]]) -> str:
    """Returns a picture with its title and facts."""
    listed = " · ".join(f"{text(name)}: {text(value)}" for name, value in facts if value)
    key = f'<span style="color:{_FRAGMENT}">■</span> fragment <span style="color:{_HEALTHY}">■</span> healthy'
    return f"<div><div><b>{text(title)}</b></div>{picture}<div>{listed}</div><div>{key}</div></div>"


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Returns a table."""
    header = "".join(f"<th>{text(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{text(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{text(title)}</caption><thead><tr>{header}</tr></thead><tbody>{body}</tbody></table>"
