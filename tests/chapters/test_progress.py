"""The progress bar: every step is handed on, and something is shown only where somebody looks."""

import IPython
import IPython.display
import pytest

from solutions.models import progress
from solutions.models.progress import watched


@pytest.fixture
def shown(monkeypatch):
    """What a notebook shows."""
    updates = []
    place = type("Place", (), {"update": lambda self, output: updates.append(output.data)})()
    monkeypatch.setattr(IPython.display, "display", lambda *_, **__: place)
    monkeypatch.setattr(IPython, "get_ipython", lambda: object())
    monkeypatch.delenv(progress.PAGE, raising=False)
    return updates


def test_the_bar_hands_on_all_steps_and_draws_when_it_is_asked_to(shown, monkeypatch):
    drawn = []
    picture = lambda step: drawn.append(step.upper()) or f"<img {step}>"  # noqa: E731
    steps = watched(iter("abcd"), 4, lambda step: f"<{step}>", picture, every=3)
    assert list(steps) == list("abcd")
    assert drawn == ["A", "C", "D"]
    assert 'value="4"' in shown[-1]
    assert "&lt;d&gt;" in shown[-1]
    monkeypatch.setenv(progress.PAGE, "1")
    drawn.clear()
    assert list(watched("ab", 2, str, picture)) == ["a", "b"]
    assert not drawn, "nobody waits in front of a page"


def test_in_a_terminal_it_writes_to_the_error_stream_and_a_library_call_writes_nothing(capfd):
    assert list(watched("abc", 3, lambda step: f"step {step}")) == ["a", "b", "c"]
    out, err = capfd.readouterr()
    assert not out and "3/3" in err and "step c" in err
    assert list(watched("abc", 3, show=False)) == ["a", "b", "c"]
    assert capfd.readouterr() == ("", "")
