"""The forms in which arrays may come back: a right answer is right in each of them."""

from collections.abc import Callable
from inspect import isclass
from typing import Any

import numpy as np


def _in_lists(value: Any) -> Any:
    return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value


def _in_single_precision(value: Any) -> Any:
    return value.astype(np.float32) if getattr(value, "dtype", None) == np.float64 else value


def _as_tensors(value: Any) -> Any:
    import torch

    return torch.tensor(value) if isinstance(value, np.ndarray) and value.dtype.kind in "fiub" else value


def _laid_out_otherwise(value: Any) -> Any:
    return np.asfortranarray(value)[::-1].copy("K")[::-1] if isinstance(value, np.ndarray) and value.ndim else value


FORMS: dict[str, Callable[[Any], Any]] = {
    "in lists": _in_lists,
    "in single precision": _in_single_precision,
    "as torch tensors": _as_tensors,
    "laid out otherwise in memory": _laid_out_otherwise,
}
"""What may become of an array on its way back: each is a right answer still."""


def in_form(reference: Any, form: Callable[[Any], Any]) -> Any:
    """The reference, with each array that it returns in another form; of a class, what its methods return."""

    def every(value: Any) -> Any:
        return type(value)(map(every, value)) if type(value) in (tuple, list) else form(value)

    if not callable(reference):
        return every(reference)
    if not isclass(reference):
        return lambda *given, **named: every(reference(*given, **named))
    methods = {name: thing for name, thing in vars(reference).items() if callable(thing) and not name.startswith("_")}
    changed = {name: (lambda self, *given, of=of: every(of(self, *given))) for name, of in methods.items()}
    return type(reference.__name__, (reference,), changed)
