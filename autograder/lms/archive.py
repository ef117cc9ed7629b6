"""A zip of somebody else's, unpacked with care: what is in it is a student's, down to the names.

How much may come out is bounded before anything does, by what the zip says of itself, and no more is taken than that.
Nothing is written here: what is read is laid out where :mod:`autograder.grading.submissions` looks at it once more.
"""

import re
import stat
import unicodedata
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from autograder.grading.submissions import LONGEST_PLACE, MOST_BYTES, MOST_FILES, NOT_HANDED_IN, UnreadableSubmission

_UTF_8, _ENCRYPTED = 0x800, 0x1
"""Flags of an entry."""
_HEADER = b"PK\x01\x02"
_OF_A_DISK = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True)
class Packed:
    """A file in a zip that is not unpacked yet; ``place`` is its name there, with "/" between folders."""

    place: str
    info: ZipInfo

    def within(self, folder: str) -> "Packed":
        """The same file, with its place in a folder of the zip."""
        return Packed(self.place.removeprefix(folder), self.info)


def packed(archive: ZipFile) -> list[Packed]:
    """The files in a zip. What programs leave beside a notebook is not among them."""
    files = [Packed(_place(info), info) for info in archive.infolist()]
    environments = tuple(one.place.removesuffix("pyvenv.cfg") for one in files if one.place.endswith("/pyvenv.cfg"))
    return [
        one
        for one in files
        if not one.place.endswith("/")
        and not one.place.startswith(environments)
        and not any(_is_left(part) for part in one.place.split("/"))
    ]


def unpacked(archive: ZipFile, files: Iterable[Packed]) -> dict[str, bytes]:
    """What is in some files of a zip, by their places; :class:`UnreadableSubmission` if any of it cannot be taken."""
    wanted: dict[str, ZipInfo] = {}
    for one in files:
        if why := _refusal(one):
            raise UnreadableSubmission(f"{one.place[:100]} {why}")
        if one.place in wanted:
            raise UnreadableSubmission(f"{one.place[:100]} is in the zip twice")
        wanted[one.place] = one.info
    if len(wanted) > MOST_FILES:
        raise UnreadableSubmission(f"more than {MOST_FILES} files: hand in only what the notebook reads")
    if sum(info.file_size for info in wanted.values()) > MOST_BYTES:
        raise UnreadableSubmission(f"more than {MOST_BYTES >> 20} MB unpacked: hand in only what the notebook reads")
    return {place: _read(archive, info, place) for place, info in wanted.items()}


def unpacked_zip(data: bytes, name: str) -> dict[str, bytes]:
    """The same for all files of a zip that lies in another one."""
    if data.count(_HEADER) > 20 * MOST_FILES:
        raise UnreadableSubmission(f"{name} has too many files: hand in only what the notebook reads")
    try:
        with ZipFile(BytesIO(data)) as archive:
            return unpacked(archive, packed(archive))
    except UnreadableSubmission:
        raise
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableSubmission(f"{name} is no zip that can be read: {error}") from error


def _read(archive: ZipFile, info: ZipInfo, place: str) -> bytes:
    try:
        with archive.open(info) as file:
            return file.read(info.file_size)  # asked for a number it unpacks no more than that, whatever is in there
    except (BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise UnreadableSubmission(f"{place[:100]} is damaged in the zip: {error}") from error


def _refusal(one: Packed) -> str:
    parts = one.place.split("/")
    kind = stat.S_IFMT(one.info.external_attr >> 16)
    if "" in parts or ".." in parts or _OF_A_DISK.match(one.place):
        return "leads out of its folder; pack the folder with the notebook anew"
    if len(one.place) > LONGEST_PLACE or any(len(part.encode()) > 255 for part in parts):
        return "has too long a name"
    if kind == stat.S_IFLNK:
        return "is a link; hand in the file itself"
    if kind not in (0, stat.S_IFREG):
        return "is a pipe or a device, no file; hand in files only"
    if one.info.flag_bits & _ENCRYPTED:
        return "is encrypted; hand it in without a password"
    if one.info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "is compressed in an unusual way; pack it as an ordinary zip"
    return ""


def _place(info: ZipInfo) -> str:
    """An entry's name. Many programs write UTF-8 and do not say so, and Windows' own ways between folders."""
    name = info.filename
    if not info.flag_bits & _UTF_8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    name = unicodedata.normalize("NFC", name).replace("\\", "/")
    return re.sub(r"^(\./+)+", "", name)


def _is_left(part: str) -> bool:
    return (part.startswith(".") and part != "..") or part in NOT_HANDED_IN
