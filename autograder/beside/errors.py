"""The errors that are the user's: something they can do about it stands in the message."""


class UserError(Exception):
    """Shown as one line, without a traceback. ``exit_code`` is 2 for wrong use and 1 for work that failed."""

    exit_code = 1


class WrongUse(UserError):
    """What was asked for is not there to be had: another name, another folder."""

    exit_code = 2
