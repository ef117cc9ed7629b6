"""A class graded as ``autograder grade`` does it, in a process of its own that is watched: run as a program.

Prints one JSON object: what became of whom, how much memory was taken, how long each was in the room, and what was
left behind.
"""

import json
import os
import resource
import sys
import tempfile
import threading
import time
from ctypes import CDLL
from pathlib import Path
from typing import Any

_BECOME_PARENT_OF_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER
_TICK = 0.2
SERVERS = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
"""Processes of Python's own that end with the one that grades."""
_LARGEST_FILE = 400 << 20


class Watch(threading.Thread):
    """Looks at all processes below this one: their memory, if they hold no student's code, and who is left."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.largest = 0
        self.computed: dict[int, float] = {}
        self.rooms: dict[str, list[float]] = {}
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(_TICK):
            for pid in below(os.getpid()):
                if size := _peak(pid):
                    self.largest = max(self.largest, size)
                    self.computed[pid] = max(self.computed.get(pid, 0), _computed(pid))
            for kit in Path(tempfile.gettempdir()).glob("*/autograder"):  # the workers' own folder is no room
                seen = self.rooms.setdefault(kit.parent.name, [time.monotonic(), 0.0])
                seen[1] = time.monotonic()

    def end(self) -> None:
        self._over.set()
        self.join()


def below(pid: int) -> list[int]:
    """All processes that descend from one."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def _status(pid: int) -> dict[str, str]:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _peak(pid: int) -> int:
    """The most memory that a process of ours has had, in bytes; 0 for one behind the walls."""
    status = _status(pid)
    walled = len(status.get("NSpid", "").split()) != 1 or status.get("Name") == "bwrap"
    return 0 if walled else int(status.get("VmHWM", "0 kB").split()[0]) << 10


def _computed(pid: int) -> float:
    """Seconds that a process has computed, with those it has waited for."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


# Each worker imports this module before it begins: what only the class needs is imported by who needs it.


def _verdicts(course: Path, chapter: str, student: str) -> dict[str, Any]:
    from autograder.beside.words import VERDICT, said_of
    from autograder.grading import course_folder

    notebook = course_folder.graded_notebook(course, chapter, student)
    found = [said_of(cell)[VERDICT] for cell in notebook.cells if VERDICT in said_of(cell)] if notebook else []
    return {one["exercise"]: [one["status"], one["points"], one["message"]] for one in found}


def _scores(course: Path, chapter: str, students: list[str]) -> dict[str, Any]:
    from nbgrader.api import Gradebook, MissingEntry

    from autograder.beside.words import check_id
    from autograder.exercises import load

    names = [one.name for one in load(chapter).exercises]
    found: dict[str, Any] = {}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "learning_to_spike") as gradebook:
        for student in students:
            try:
                grades = {name: gradebook.find_grade(check_id(name), chapter, chapter, student) for name in names}
                found[student] = {name: grade.auto_score for name, grade in grades.items()}
            except MissingEntry:
                continue
    return found


def main(chapter: str, course: Path, limits: dict[str, Any], shown: list[str]) -> dict[str, Any]:
    """Grade; pages for the students named in ``shown``, and the report."""
    from autograder.grading import report, whole_class
    from autograder.room.limits import Limits

    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))  # should anything fill the disk
    CDLL(None).prctl(_BECOME_PARENT_OF_ORPHANS, 1, 0, 0, 0)
    watch = Watch()
    watch.start()
    begun = time.monotonic()
    outcome = whole_class.grade(chapter, course, workers=2, limits=Limits(**limits))
    took = time.monotonic() - begun
    watch.end()
    left = [pid for pid in below(os.getpid()) if not _status(pid).get("State", "Z").startswith("Z")]
    lines = [Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace") for pid in left]
    found: dict[str, Any] = {
        "now": outcome.now,
        "kept": outcome.kept,
        "ungraded": outcome.ungraded,
        "took": took,
        "computed": time.process_time() + sum(watch.computed.values()),
        "rooms": {name: last - first for name, (first, last) in watch.rooms.items()},
        "left": [line for line in lines if not any(server in line for server in SERVERS)],
        "without": whole_class.give_feedback(course, chapter, [one for one in shown if one in outcome.now]),
        "report": "",
    }
    try:
        report.write(chapter, course)
    except Exception as error:
        found["report"] = f"{type(error).__name__}: {error}"
    students = [*outcome.now, *outcome.kept]
    found["verdicts"] = {student: _verdicts(course, chapter, student) for student in students}
    found["scores"] = _scores(course, chapter, students)
    # Not what getrusage says: that remembers the process that has started this one.
    return found | {"memory": {"grading": _peak(os.getpid()), "worker": watch.largest}}


if __name__ == "__main__":
    told = json.loads(sys.argv[1])
    result = main(told["chapter"], Path(told["course"]), told["limits"], told["shown"])
    Path(told["to"]).write_text(json.dumps(result))
