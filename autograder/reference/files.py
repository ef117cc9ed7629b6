"""Files that are there whole or not at all."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC, EROFS
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

LEAST_ROOM = 1 << 20
"""Bytes that have to be free where something is written."""
_AGAIN = "and run the same command again; what was there before is whole"
CURES = {
    ENOSPC: f"the disk is full: make room, {_AGAIN}",
    EDQUOT: f"your share of the disk is used up: make room, {_AGAIN}",
    EROFS: "what is there can only be read: copy it to where you may write, or mount it so that you may",
}
"""What can be done about an OSError, by its number."""


def require_room(folder: Path) -> None:
    """OSError, with the folder's name, if nothing can be written there, or hardly anything."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(LEAST_ROOM))
    except OSError as error:
        error.filename = str(folder)
        raise


def write_whole(path: Path, content: str | bytes, mode: int = 0o644) -> None:
    """Write a file by way of a temporary one beside it; leave it alone if it holds just that already.

    ``mode`` says who may read it, from its first moment on.
    """
    data = content.encode() if isinstance(content, str) else content
    if path.exists() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(data)
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException as error:
        os.unlink(name)
        if isinstance(error, OSError):
            error.filename = str(path)  # of a full disk nobody says which
        raise


@contextmanager
def made_by_one(path: Path) -> Iterator[bool]:
    """Whether ``path`` is still to be made: whoever asks meanwhile waits, and then finds it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not path.exists()


@contextmanager
def folder_made_whole(path: Path) -> Iterator[Path]:
    """A temporary folder of the same name to fill, which takes the place of ``path`` at the end.

    If anything fails nothing is left of it, and what was at ``path`` before is there still.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.", ignore_cleanup_errors=True) as name:
        new, old = Path(name, "new", path.name), Path(name, "old")
        new.mkdir(parents=True)
        yield new
        if path.exists():
            os.replace(path, old)
        try:
            os.replace(new, path)
        except BaseException:
            os.replace(old, path)
            raise


def zipped(folder: Path, top: str = "", compression: int = ZIP_STORED) -> bytes:
    """A folder's files as a zip, with ``top`` before their names: the same to the byte each time.

    On every machine too, as long as it is not compressed.
    """
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = ZipInfo(top + path.relative_to(folder).as_posix())
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes(), compression)
    return packed.getvalue()
