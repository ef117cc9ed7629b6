"""The errors that are the user's: something they can do about it stands in the message."""


def shown(text: str) -> str:
    """A text of somebody else's as a terminal, a table or a page can show it: what does not print is written out."""
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)


class UserError(Exception):
    """Shown as one line, without a traceback. ``exit_code`` is 2 for wrong use and 1 for work that failed."""

    exit_code = 1

    def __str__(self) -> str:
        return shown(" ".join(super().__str__().split()))


class WrongUse(UserError):
    """What was asked for is not there to be had: another name, another folder."""

    exit_code = 2
