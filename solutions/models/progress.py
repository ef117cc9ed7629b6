"""The project's one progress bar: how far a long computation is, and if you like a picture of it now and then.

In a notebook it is a bar of HTML, in a terminal one by rich. Library calls show none unless they are asked to.
"""

import html
import os
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Step = TypeVar("Step")

PAGE = "LEARNING_TO_SPIKE_PAGE"
"""Environment variable: set where cells run for the published page, in which nobody waits for a picture."""


def watched(
    steps: Iterable[Step],
    total: int,
    say: Callable[[Step], str] = lambda _: "",
    picture: Callable[[Step], str] | None = None,
    every: int = 1,
    show: bool = True,
) -> Iterator[Step]:
    """Hand on ``steps`` one by one, and show how far it is.

    Parameters
    ----------
    total : how many steps there will be.
    say : one line about a step, written beside the bar.
    picture : a step as HTML, shown under the bar after ``every`` so many steps; in a notebook only.
    show : False hands on the steps and shows nothing.
    """
    if not show:
        yield from steps
    elif _in_notebook():
        yield from _in_html(steps, total, say, picture, every)
    else:
        yield from _in_terminal(steps, total, say)


def _in_notebook() -> bool:
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    return get_ipython() is not None


def _in_html(
    steps: Iterable[Step],
    total: int,
    say: Callable[[Step], str],
    picture: Callable[[Step], str] | None,
    every: int,
) -> Iterator[Step]:
    from IPython.display import HTML, display

    place, drawn = display(HTML(_bar(0, total, "")), display_id=True), ""
    for number, step in enumerate(steps, start=1):
        if picture and not os.environ.get(PAGE) and (number % every == 0 or number in (1, total)):
            drawn = "<br>" + picture(step)
        place.update(HTML(_bar(number, total, say(step)) + drawn))
        yield step


def _in_terminal(steps: Iterable[Step], total: int, say: Callable[[Step], str]) -> Iterator[Step]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        for number, step in enumerate(steps, start=1):
            bar.update(task, completed=number, description=say(step))
            yield step


def _bar(number: int, total: int, words: str) -> str:
    label = f"{number} of {total}"
    return f'<progress max="{total}" value="{number}" aria-label="{label}"></progress> {label} {html.escape(words)}'
