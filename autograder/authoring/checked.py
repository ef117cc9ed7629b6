"""An answer with what the check says to it, put to the real questions as the book is built: a Sphinx extension.

    ```{checked} chapter exercise misconception
    :telling: 5
    def exercise(...):
    ```

It shows the line ``telling`` of the answer and the misconception that the check names; the whole code and all that the
check says stand in a fold. Should the check no longer name that misconception, the build says so.
"""

from functools import partial
from typing import Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from autograder.beside.display import as_html
from autograder.beside.verdict import Verdict
from autograder.exercises import load
from autograder.proving.trying import defined, verdict_on
from autograder.reference.record import PUBLIC_SEED

FOLDED = "The whole answer, and all that the check says"


def setup(app: Any) -> dict[str, bool]:
    """Where Sphinx takes the extension in."""
    app.add_directive("checked", Checked)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def said_at_home(chapter: str, exercise: str, answer: str) -> Verdict:
    """What the check says to the text of an answer, where it is written."""
    given = verdict_on(load(chapter).exercise(exercise), partial(defined, chapter, exercise, answer), PUBLIC_SEED)
    return given._replace(seed="")


class Checked(SphinxDirective):
    """The directive."""

    required_arguments = 3
    has_content = True
    option_spec: ClassVar = {"telling": int}

    def run(self) -> list[nodes.Node]:
        """The telling line and the name of the mistake, and the rest in a fold."""
        chapter, exercise, misconception = self.arguments
        given = said_at_home(chapter, exercise, "\n".join(self.content))
        if given.misconception != misconception:
            raise self.error(f"the check names {given.misconception or 'nothing'!r} here, not {misconception!r}")
        card = nodes.container("", classes=["checked"])
        card += _code(self.content[self.options["telling"] - 1].strip())
        card += _html(as_html(given._replace(criteria=(), case="")))
        card += _html(f"<details><summary>{FOLDED}</summary>")
        card += _code("\n".join(self.content))
        card += _html(f'<div class="cell_output">{as_html(given)}</div></details>')  # its figure is as those of cells
        return [card]


def _code(text: str) -> nodes.literal_block:
    return nodes.literal_block(text, text, language="python")


def _html(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")
