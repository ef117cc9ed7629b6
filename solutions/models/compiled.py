"""How the loops of the models are compiled, where a chapter does not need them to run side by side."""

from collections.abc import Callable

from numba import njit


def compiled(function: Callable) -> Callable:
    """Compile at the first call, and keep the result beside the file where that can be written."""
    try:
        return njit(cache=True, error_model="numpy")(function)
    except RuntimeError:  # no place to keep it: in the room where notebooks are graded, say
        return njit(error_model="numpy")(function)
