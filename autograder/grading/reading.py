"""A notebook read, whatever program wrote it: what grading throws away goes first, and the rest takes its form.

Editors leave out fields, add some, give two cells one id, or write another format. None of that is the student's work:
cells, in their order, with their texts, and what names them.
"""

import json
import re
from typing import Any

from nbformat import NotebookNode, from_dict

from autograder.beside.words import grade_id

_NOT_READ = re.compile(rb'"(?:outputs"\s*:\s*\[|widgets"\s*:\s*\{)')
"""A key, never within a text: there its quotes would be escaped."""
_BRACKET = re.compile(rb'(?:[^][{}"]++|"[^"\\]*+(?:\\.[^"\\]*+)*+"?)*+[][{}]', re.DOTALL)
"""The next one that stands in no text."""
_MOST = 10_000
"""Outputs that are dropped: no notebook with so many cells is read."""
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def without_outputs(data: bytes) -> bytes:
    """The JSON of a notebook with nothing in its outputs, and nothing in the state of its widgets.

    It is not parsed for that: they may be as large as a film.
    """
    kept: list[bytes] = []
    place = 0
    while len(kept) < _MOST and (key := _NOT_READ.search(data, place)):
        depth, end = 1, key.end()
        while depth and (bracket := _BRACKET.match(data, end)):
            end = bracket.end()
            depth += 1 if data[end - 1] in b"[{" else -1
        if depth:  # no JSON; who parses it says so
            break
        kept.append(data[place : key.end()])
        place = end - 1
    return b"".join([*kept, data[place:]])


def as_utf8(data: bytes) -> bytes:
    """JSON without a byte order mark, in whatever form of Unicode it was written."""
    encoding = json.detect_encoding(data)
    return data if encoding == "utf-8" else data.decode(encoding).encode()


def text_of(data: bytes) -> str:
    """JSON as text: UTF-8, or what an old editor of Windows makes of it."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252")


def notebook_of(found: Any) -> NotebookNode:
    """The notebook in some JSON, in format 4.5; a cell without an id of its own has none. ValueError if it is none."""
    version = found.get("nbformat") if isinstance(found, dict) else None
    if isinstance(version, int) and version > 4:
        raise ValueError(f"its format is {version}, and 4 is the newest that is known")
    cells = found.get("cells", _of_format_3(found)) if isinstance(found, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise ValueError("it has no list of cells")
    return from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [_cell(cell) for cell in cells]})


def _of_format_3(found: dict[str, Any]) -> Any:
    sheets = found.get("worksheets")
    cells = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)] if isinstance(sheets, list) else []
    return [cell for some in cells if isinstance(some, list) for cell in some] if cells else None


def _cell(given: dict[str, Any]) -> dict[str, Any]:
    metadata = given.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    kind = given.get("cell_type")
    cell: dict[str, Any] = {
        "cell_type": kind if kind in ("code", "markdown") else "raw",
        "metadata": {"nbgrader": {"grade_id": name}} if (name := grade_id({"metadata": metadata})) else {},
        "source": _text(given.get("source", given.get("input"))),
    }
    own = given.get("id") or metadata.get("id")  # Colab's are there
    if isinstance(own, str) and _ID.fullmatch(own):
        cell["id"] = own
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}
    attachments = given.get("attachments")
    if kind == "markdown" and isinstance(attachments, dict):
        some = {name: bundle for name, bundle in attachments.items() if isinstance(bundle, dict)}
        cell["attachments"] = {
            name: {mime: _text(data) for mime, data in bundle.items()} for name, bundle in some.items()
        }
    return cell


def _text(given: Any) -> str:
    lines = given if isinstance(given, list) else [given]
    return "".join(line for line in lines if isinstance(line, str))
