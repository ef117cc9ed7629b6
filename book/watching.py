"""Watch a long computation: a bar that fills, and if you like a picture that is drawn anew now and then."""

import html
import os
from collections.abc import Callable, Iterable, Iterator

from figures import frame
from IPython.display import HTML, display

PAGE = "LEARNING_TO_SPIKE_PAGE"


def watched(
    steps: Iterable,
    total: int,
    say: Callable[[object], str],
    draw: Callable[[object], None] | None = None,
    describe: Callable[[object], str] | None = None,
    every: int = 1,
) -> Iterator:
    """Hand on ``steps`` one by one, and show how far it is.

    Parameters
    ----------
    total : how many steps there will be.
    say : one line about a step, written beside the bar.
    draw, describe : draws a step with pyplot, and says in words what is drawn; after ``every`` so many steps. In the
        published page, where nobody waits, only the bar is shown.
    """
    place, picture = display(HTML(_bar(0, total, "")), display_id=True), ""
    for number, step in enumerate(steps, start=1):
        if draw and not os.environ.get(PAGE) and (number % every == 0 or number in (1, total)):
            picture = "<br>" + frame(draw, step, describe or say)
        place.update(HTML(_bar(number, total, say(step)) + picture))
        yield step


def _bar(number: int, total: int, words: str) -> str:
    label = f"{number} of {total}"
    return f'<progress max="{total}" value="{number}" aria-label="{label}"></progress> {label} {html.escape(words)}'
