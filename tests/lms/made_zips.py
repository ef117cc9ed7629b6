"""Zips as Moodle, Canvas and Gradescope pack them, made by the tests."""

import io
import stat
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

CHAPTER = "leaky_integrator"


def notebook(text: str = "v = 1") -> bytes:
    return nbformat.writes(new_notebook(cells=[new_code_cell(text, id="one")])).encode()


def zipped(files: dict[str, bytes | str] | list[tuple[str, bytes | str]]) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for place, content in files.items() if isinstance(files, dict) else files:
            archive.writestr(place, content)
    return packed.getvalue()


def made(folder: Path, files, name: str = "all submissions.zip") -> Path:
    """A zip in a folder, of files or of what is one already."""
    path = folder / name
    path.write_bytes(files if isinstance(files, bytes) else zipped(files))
    return path


def moodle(name: str, participant: int, place: str = f"{CHAPTER}.ipynb", *, end: str = "") -> str:
    return f"{name}_{participant}_assignsubmission_file{end}/{place}"


def link_to(place: str, target: str) -> tuple[ZipInfo, str]:
    entry = ZipInfo(place)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry, target


def metadata(submissions: dict[str, tuple[list[tuple[str, str, str]], str]]) -> str:
    """Gradescope's file: for each submission who made it, as name, number and address, and when."""
    lines = ["---"]
    for called, (submitters, when) in submissions.items():
        lines += [f"{called}:", "  :submitters:"]
        for name, sid, email in submitters:
            lines += [f"  - :name: {name}", f"    :sid: '{sid}'", f"    :email: {email}"]
        lines += [f"  :created_at: {when}", "  :score: 0.0", "  :status: processed", "  :history: []"]
    return "\n".join(lines) + "\n"
