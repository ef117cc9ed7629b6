"""The door for students: ``from autograder.check import check``. It ships beside each notebook."""

from autograder.beside.check import NotYet, check

__all__ = ["NotYet", "check"]
