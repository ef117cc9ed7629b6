"""A file of a corpus is a submission, and what cannot be read as one is named."""

import pytest

from autograder.exercises import load
from autograder.proving.corpus import BadCorpus, written

CHAPTER = load("leaky_integrator")
WRONG = "# slip: nothing is left of it\ndef leaky_integrator(input_data, tau):\n    return 0\n"


@pytest.fixture
def corpus(tmp_path):
    def with_files(**files):
        for place, text in files.items():
            path = tmp_path / "leaky_integrator" / f"{place.replace('__', '/')}.py"
            path.parent.mkdir(parents=True)
            path.write_text(text)
        return written(CHAPTER, tmp_path)

    return with_files


def test_a_dropped_file_is_a_submission(corpus):
    said = "# slip: no voltage\n# named: only_last\n# earns: 2\nleaky_integrator = 0\n# slip: not this\n"
    right, wrong = corpus(right__mine__leaky_integrator="leaky_integrator = max", wrong__mine__leaky_integrator=said)
    assert (right.right, right.exercise, right.name, right.head) == (True, "leaky_integrator", "mine", {})
    assert (wrong.right, wrong.named, wrong.head["slip"], wrong.head["earns"]) == (
        False,
        "only_last",
        "no voltage",
        "2",
    )


@pytest.mark.parametrize(
    ("place", "text", "says"),
    [
        ("wrong__mine__leaky_integrator", "leaky_integrator = 0", "the first line should say what is wrong"),
        ("wrong__mine__leaky", WRONG, "has no exercise 'leaky'; there is input_data, leaky_integrator"),
        ("wrong__leaky_integrator", WRONG, "is not where a submission lies"),
        ("wrong__mine__leaky_integrator", "# slip: x\n# named: y\n", "has no misconception 'y'; there is .*double_tau"),
        ("wrong__mine__leaky_integrator", "# slip: x\n# earns: all\n", "earns is 'all', expected a number of points"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(corpus, place, text, says):
    with pytest.raises(BadCorpus, match=says):
        corpus(**{place: text})


def test_a_corpus_that_is_not_there_is_missed(tmp_path):
    with pytest.raises(BadCorpus, match=r"nothing is no folder: .* --corpus"):
        written(CHAPTER, tmp_path / "nothing")
