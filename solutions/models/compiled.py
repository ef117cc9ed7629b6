"""How the loops of the models are compiled, and how many threads run them side by side."""

import os
from collections.abc import Callable

from numba import njit

THREADS = int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count() or 1)
"""As many as other libraries take."""


def compiled(function: Callable) -> Callable:
    """Compile at the first call, and keep the result beside the file where that can be written."""
    try:
        return njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # no place to keep it: in the room where notebooks are graded, say
        return njit(nogil=True, error_model="numpy")(function)
