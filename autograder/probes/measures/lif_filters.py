"""The gain of a response to a sine, which is also what an exercise asks to be measured."""

from typing import Any

from autograder.beside.compare import flat, shape
from autograder.probes.lif_filters import BEFORE, SETTLING, turns


def gains(inputs: dict, answer: Any) -> Any:
    """A measure of such responses: how large each is, as a share of its sine.

    Of a single one it is how much of it goes up and down together with its sine, and of a step, at frequency 0, how
    large it is before it.
    """
    if inputs["frequencies"] == [0]:
        return max(map(abs, flat(answer)[:BEFORE]))
    both = zip(inputs["frequencies"], answer, strict=True)
    found = [_gain(turns(frequency), response) / inputs["size"] for frequency, response in both]
    return [abs(gain) for gain in found] if len(found) > 1 else found[0].real


def _gain(wave: list[complex], response: Any) -> complex:
    """The response over the sine that caused it, once settled: its size, and its turn against it."""
    axes = shape(response)
    if axes is None or [length for length in axes if length != 1] != [len(wave)]:
        raise ValueError(f"a response of {len(wave)} values is asked for, one for each step of the signal")
    both = zip(flat(response)[SETTLING:], wave[SETTLING:], strict=True)
    return 2j / (len(wave) - SETTLING) * sum(value * turn.conjugate() for value, turn in both)
