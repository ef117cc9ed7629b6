"""What is right: the parts that a student writes, and every model of the course whole.

A module of this package named as its chapter holds the parts. The models are in :mod:`solutions.models`; they take the
parts as arguments, since in a student's notebook these are the student's own. Imported from here, each one has the
reference parts in place::

    from solutions import DelayLayer

Nothing heavy is imported before it is used.
"""

from functools import partial, update_wrapper
from importlib import import_module
from typing import Any

_DIGIT_PARTS = (
    "poisson_fire", "SynapseCollection", "LIF", "AdaptiveThreshold", "STDPWeights", "all_but_own", "present",
    "label_neurons", "vote",
)  # fmt: skip

MODELS: dict[str, tuple[str, tuple[str, ...]]] = {
    # time_surfaces
    # spiking_autoencoder
    # adjoint
    # delays
    # diehl_cook
    "DigitNetwork": ("diehl_cook.network", _DIGIT_PARTS),
    "ExcitatoryInhibitoryNetwork": ("diehl_cook.network", _DIGIT_PARTS),
    "DigitClassifier": ("diehl_cook.classifier", ("label_neurons", "vote")),
}
"""Each model's module in :mod:`solutions.models`, and which parts of its chapter it takes, by name."""


def __getattr__(name: str) -> Any:
    """The model called ``name`` with its parts in place; AttributeError if there is none."""
    if name not in MODELS:
        raise AttributeError(f"solutions has no model {name!r}: there is {', '.join(MODELS)}")
    where, parts = MODELS[name]
    model = getattr(import_module(f"solutions.models.{where}"), name)
    if not parts:
        return model
    chapter = import_module(f"solutions.{where.partition('.')[0]}")
    return update_wrapper(partial(model, **{part: getattr(chapter, part) for part in parts}), model)


def __dir__() -> list[str]:
    return sorted([*globals(), *MODELS])
