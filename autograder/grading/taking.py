"""What is graded, taken by nbgrader: its own autograde, with nothing left to do but what needs the gradebook."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from nbgrader import api
from nbgrader.converters import Autograde, BaseConverter
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    LimitOutput,
    OverwriteCells,
    OverwriteKernelspec,
)

DONE = {CheckCellMetadata, ClearOutput, DeduplicateIds, LimitOutput, OverwriteCells, OverwriteKernelspec}
"""nbgrader's steps that change nothing in a notebook restored from the release, whose outputs are bounded."""


class Take(Autograde):
    """Autograde in one pass: every step that the course has set but those that are ``DONE``."""

    def _init_preprocessors(self) -> None:
        self.exporter._preprocessors = []
        for step in [*self.sanitize_preprocessors, *self.autograde_preprocessors]:
            if step not in DONE:
                self.exporter.register_preprocessor(step)

    def convert_single_notebook(self, notebook_filename: str) -> None:
        self._init_preprocessors()
        BaseConverter.convert_single_notebook(self, notebook_filename)


@contextmanager
def one_engine() -> Iterator[None]:
    """In here nbgrader prepares its questions to a gradebook once, not seven times for each student."""
    made = api.create_engine
    api.create_engine = cache(made)
    try:
        yield
    finally:
        api.create_engine = made
