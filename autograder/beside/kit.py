"""What ships, packed: this folder, the probes, and the door that students import ``check`` through."""

import shutil
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
SHIPS = ("__init__.py", "check.py", "beside", "probes")


def pack_kit(folder: Path, *more: Path) -> None:
    """Copy into ``folder/autograder`` what stands beside a student's code, and ``more`` of the package's folders."""
    for source in (*(PACKAGE / name for name in SHIPS), *more):
        copy(source, folder / "autograder" / source.relative_to(PACKAGE))


def copy(source: Path, target: Path) -> None:
    """Copy a file or a folder, without following links or taking compiled Python along."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"), symlinks=True, dirs_exist_ok=True)
    else:
        shutil.copyfile(source, target)
