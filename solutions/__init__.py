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
    # lif_filters
    "LIFNeurons": ("lif_filters.compiled", ()),
    # time_surfaces
    "utterance": ("time_surfaces.spoken_digits", ()),
    "heidelberg": ("time_surfaces.heidelberg_digits", ()),
    # spiking_autoencoder
    "SpikingAutoencoder": (
        "spiking_autoencoder.network",
        ("connect", "lif_group", "make_patterns", "similarities", "spike_rates"),
    ),
    "ways_back": (
        "spiking_autoencoder.ways_back",
        ("connect", "learn_feedback", "lif_group", "make_patterns", "similarities", "spike_rates"),
    ),
    "LearnedFeedback": ("spiking_autoencoder.learned_feedback", ()),
    "LIFLayer": ("spiking_autoencoder.numpy_twin", ()),
    "poisson_response": ("spiking_autoencoder.numpy_twin", ()),
    "closed_loop_rates": ("spiking_autoencoder.numpy_twin", ()),
    "Apprentice": ("spiking_autoencoder.numpy_twin", ()),
    # adjoint
    "EventDrivenNetwork": ("adjoint.event_driven", ("next_spike", "jump")),
    "CompiledEventDrivenNetwork": ("adjoint.compiled", ("jump",)),
    "DelayedNetwork": ("adjoint.delayed", ("next_spike", "jump")),
    "EventPropClassifier": ("adjoint.classifiers", ()),
    "SurrogateClassifier": ("adjoint.classifiers", ()),
    # delays
    "DelayLayer": ("delays.layer", ("delayed", "delay_slope", "round_straight_through")),
    "toy_problem": ("delays.delay_lines", ("ear_probabilities",)),
    "learn_delays": ("delays.delay_lines", ("coincidences",)),
    "TwoEars": ("delays.two_ears", ("ear_probabilities", "coincidences", "delayed", "delay_slope")),
    "CoincidenceNetwork": ("delays.co_training", ("delayed", "delay_slope", "round_straight_through")),
    "co_train": ("delays.co_training", ("delayed", "delay_slope", "round_straight_through")),
    "compete": ("delays.moving_delays", ("delay_change",)),
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
