"""The corpora: what students might hand in, one file a submission.

``CORPUS/CHAPTER/right/STYLE/EXERCISE.py`` holds what is right, and ``CORPUS/CHAPTER/wrong/SLIP/EXERCISE.py`` what is
wrong, each as one would write it into the exercise's cell. Whoever wants to try an answer drops a file there. A wrong
one begins with comments, of which the first says what is wrong; :data:`HEAD` has them all.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from autograder.beside.errors import UserError
from autograder.exercises import Chapter
from autograder.reference.places import PROJECT

CORPUS = PROJECT / "tests" / "corpus"
"""Where the corpora of this project lie; they are in a checkout only."""
HEAD = {
    "slip": "what is wrong, in plain words",
    "cheat": "in the place of slip: how it tries to earn what it has not done",
    "named": "the misconception that it should be told",
    "not named": "nothing has to stand here: it may be told no misconception",
    "never said": "a sentence, or a part of one, that would be wrong to say to it",
    "said": "a sentence, or a part of one, that is said to it",
    "earns": "the points that it earns, whatever the seed",
    "at most": "the most points that it earns with any seed",
    "accepted": "why it earns every point, and may",
    "chance": "it draws its answers with a rate or share that is off, so luck may help it",
}
"""What the comments at the top of a wrong answer may say, one a line, as in ``# slip: the leak is missing``."""
_LINE = re.compile(rf"# ({'|'.join(HEAD)}):[ \t]*(.*)")


class BadCorpus(UserError, ValueError):
    """A file of a corpus is not where one should be, or does not say what it should."""


@dataclass(frozen=True)
class Written:
    """One submission of a corpus: the text of an exercise's cell, and what its comments say."""

    path: Path
    exercise: str
    text: str
    head: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The style of a right one, the slip of a wrong one: the name of its folder."""
        return self.path.parent.name

    @property
    def right(self) -> bool:
        """Whether it should earn every point."""
        return self.path.parents[1].name == "right"

    @property
    def named(self) -> str | None:
        """The misconception that it should be told, "" if none, and None where nobody says."""
        return "" if "not named" in self.head else self.head.get("named")


def written(chapter: Chapter, corpus: Path = CORPUS) -> list[Written]:
    """All submissions for a chapter in ``corpus``, right ones first.

    Raises :class:`BadCorpus` if there is no such folder, and for a file that cannot be read as one of these.
    """
    if not corpus.is_dir():
        raise BadCorpus(f"{corpus} is no folder: say where the corpora lie with --corpus; a checkout has tests/corpus")
    folder = corpus / chapter.name
    found = [_read(path, chapter) for kind in ("right", "wrong") for path in sorted(folder.glob(f"{kind}/*/*.py"))]
    read = {one.path for one in found}
    for path in sorted(folder.rglob("*.py")):
        if path not in read:
            raise BadCorpus(f"{path} is not where a submission lies: expected right/STYLE/ or wrong/SLIP/ before it")
    return found


def _read(path: Path, chapter: Chapter) -> Written:
    names = [exercise.name for exercise in chapter.exercises]
    if path.stem not in names:
        raise BadCorpus(f"{path}: {chapter.name} has no exercise {path.stem!r}; there is {', '.join(names)}")
    text = path.read_text(encoding="utf-8")
    head: dict[str, str] = {}
    for line in text.splitlines():
        if not (said := _LINE.fullmatch(line)):
            break
        head[said[1]] = said[2].strip()
    one = Written(path, path.stem, text, head)
    if not one.right and not {"slip", "cheat"} & set(head):
        raise BadCorpus(f"{path}: the first line should say what is wrong, as in '# slip: the leak is missing'")
    known = [slip.name for slip in chapter.exercise(path.stem).misconceptions]
    if one.named and one.named not in known:
        raise BadCorpus(f"{path}: {path.stem} has no misconception {one.named!r}; there is {', '.join(known)}")
    for points in ("earns", "at most"):
        if points in head and not re.fullmatch(r"\d+(\.\d+)?", head[points]):
            raise BadCorpus(f"{path}: {points} is {head[points]!r}, expected a number of points")
    return one
