"""What is graded, taken by nbgrader: its own autograde, with nothing left to do but what needs the gradebook."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, BaseConverter
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    LimitOutput,
    OverwriteCells,
    OverwriteKernelspec,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import scoped_session, sessionmaker

DONE = {CheckCellMetadata, ClearOutput, DeduplicateIds, LimitOutput, OverwriteCells, OverwriteKernelspec}
"""nbgrader's steps that change nothing in a notebook restored from the release, whose outputs are bounded."""


class Take(Autograde):
    """Autograde in one pass and one transaction: every step that the course has set but those that are ``DONE``."""

    def start(self) -> None:
        with _one_transaction(self.coursedir.db_url, self.coursedir.course_id) as self._connection:
            super().start()

    def _init_preprocessors(self) -> None:
        self.exporter._preprocessors = []
        for step in [*self.sanitize_preprocessors, *self.autograde_preprocessors]:
            if step not in DONE:
                self.exporter.register_preprocessor(step)

    def convert_single_notebook(self, notebook_filename: str) -> None:
        self._init_preprocessors()
        BaseConverter.convert_single_notebook(self, notebook_filename)

    def write_single_notebook(self, output: str, resources: dict[str, Any]) -> None:
        """A notebook that is written says that the gradebook has its scores."""
        self._connection.commit()
        super().write_single_notebook(output, resources)


@lru_cache(maxsize=1)
def _opened(db_url: str, course_id: str) -> Gradebook:
    return Gradebook(db_url, course_id)


@contextmanager
def _one_transaction(db_url: str, course_id: str) -> Iterator[Connection]:
    """In here all gradebooks are this one, and what nbgrader commits is written by the connection's commit at once.

    nbgrader opens one seven times for each student, looks each time whether the tables are there, and commits 26 times.
    """
    opened = _opened(db_url, course_id)
    begin, close = Gradebook.__init__, Gradebook.close
    with opened.engine.connect() as connection:
        connection.begin()
        sessions = sessionmaker(connection, autoflush=True, future=True, join_transaction_mode="rollback_only")
        opened.db = scoped_session(sessions)
        Gradebook.__init__ = lambda one, *_, **__: one.__dict__.update(vars(opened))  # type: ignore[method-assign]
        Gradebook.close = lambda one: None  # type: ignore[method-assign]
        try:
            yield connection
        finally:
            Gradebook.__init__, Gradebook.close = begin, close  # type: ignore[method-assign]
            opened.db.remove()
    opened.engine.dispose()  # no connection outlives its file
