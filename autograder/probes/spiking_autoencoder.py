"""How the exercises on the spiking autoencoder are asked: objects of Brian2 are run. Ships to students."""

import gc
import math
from collections.abc import Callable
from itertools import combinations
from typing import Any

from autograder.beside.compare import flat, plain, shape
from autograder.probes import given


def patterns(make_patterns: Callable, inputs: dict) -> list:
    """Random patterns; where ``inputs["part"]`` is "chance", from the same generator anew as well, and once more."""
    import numpy

    asked = [inputs[name] for name in ("n_patterns", "n_neurons", "active")]
    anew = [numpy.random.default_rng(inputs["seed"]) for _ in range(2)]
    rngs = [*anew, anew[0]] if inputs["part"] == "chance" else anew[:1]
    return [plain(make_patterns(*asked, rng)) for rng in rngs]


def statistics(inputs: dict, answer: Any) -> list:
    """A measure of such patterns.

    ``inputs["part"]``: their "form"; the "share" of active neurons; what is "shared" by two of them; or whether
    "chance" comes from the generator that is handed over: the same numbers from the same one, and others from it later.
    """
    tables = [_table(one) for one in answer]
    drawn, size = tables[0], inputs["n_patterns"] * inputs["n_neurons"]
    if inputs["part"] == "form":
        numbers = flat(drawn)
        return [len(drawn), len(drawn[0]), len(set(numbers)), min(numbers), max(numbers)]
    if inputs["part"] != "chance" and len(drawn) != inputs["n_patterns"]:
        raise ValueError(f"{len(drawn)} rows came back, expected a row for each of {inputs['n_patterns']} patterns")
    if any(len(one) * len(one[0]) != size for one in tables):
        raise ValueError(f"{len(drawn) * len(drawn[0])} numbers came back, {size} are asked for")
    if inputs["part"] == "share":
        return [round(sum(row) / len(row), 3) for row in drawn]
    if inputs["part"] == "shared":
        pairs = combinations(drawn, 2)
        return [round(sum(a * b for a, b in zip(*pair, strict=True)) / len(pair[0]), 3) for pair in pairs]
    first, same, later = tables
    return [int(first == same), int(first == later)]


def share_is_right(inputs: dict, answer: Any) -> str:
    """Of the shares of active neurons: whether each is as expected within five standard deviations.

    One right submission in 400,000 is told that it is not, with four patterns.
    """
    return _by_chance(inputs["active"], inputs["n_neurons"], answer, "of the neurons take part")


def shared_is_right(inputs: dict, answer: Any) -> str:
    """Of the shares of neurons that two patterns have in common: the same, for each pair of patterns."""
    return _by_chance(inputs["active"] ** 2, inputs["n_neurons"], answer, "of the neurons take part in both of two")


def _by_chance(expected: float, n: int, answer: Any, says: str) -> str:
    spread = 5 * math.sqrt(expected * (1 - expected) / n) + 0.0005  # what was rounded
    odd = [share for share in flat(answer) if not abs(share - expected) <= spread]
    return f"{odd[0]:.1%} {says}, expected {expected:.1%} ± {spread:.1%}" if odd else ""


def potentials(lif_group: Callable, inputs: dict) -> Any:
    """The potentials (mV) of a group at every full millisecond, while spikes kick it.

    ``inputs["kicks"]`` has a time in ms, a neuron and a size in mV for each kick.
    """
    brian2 = _brian2()
    with _Clock(brian2):
        n, kicks = inputs["n"], inputs["kicks"]
        group = lif_group(n, inputs["tau"], inputs["threshold"], inputs["refractory"])
        _require(group, brian2.NeuronGroup, "the NeuronGroup")
        times = [time for time, _, _ in kicks] * brian2.ms
        source = brian2.SpikeGeneratorGroup(len(kicks), range(len(kicks)), times)
        synapses = brian2.Synapses(source, group, "size : volt", on_pre="v_post += size")
        synapses.connect(i=range(len(kicks)), j=[neuron for _, neuron, _ in kicks])
        synapses.size = [size for _, _, size in kicks] * brian2.mV
        return _seen(brian2, group, inputs["duration"], group, source, synapses)


def received(connect: Callable, inputs: dict) -> Any:
    """The potentials (mV) of the target at every full millisecond, where nothing leaks: what it received so far.

    ``inputs["spikes"]`` has a time in ms and a neuron of the source for each spike.
    """
    brian2 = _brian2()
    weights = given(inputs["weights"])
    n_to, n_from = shape(plain(weights)) or ()
    with _Clock(brian2):
        times = [time for time, _ in inputs["spikes"]] * brian2.ms
        source = brian2.SpikeGeneratorGroup(n_from, [neuron for _, neuron in inputs["spikes"]], times)
        target = brian2.NeuronGroup(n_to, "v : volt")
        synapses = connect(source, target, weights)
        _require(synapses, brian2.Synapses, "the Synapses")
        return _seen(brian2, target, inputs["duration"], source, target, synapses)


def learned(learn_feedback: Callable, inputs: dict) -> Any:
    """The feedback that comes back, or, where ``inputs["part"]`` is "given", what has become of the one handed over.

    Who learns nothing has no such part: what comes back then is looked at instead.
    """
    asked = [given(value) for name, value in inputs.items() if name != "part"]
    before = plain(asked[0])
    answer = learn_feedback(*asked)
    taught = shape(plain(answer)) == shape(before) and plain(answer) != before
    return asked[0] if inputs["part"] == "given" and taught else answer


def _table(rows: Any) -> list[list[float]]:
    if len(shape(rows) or ()) != 2:
        raise ValueError("patterns of shape (n_patterns, n_neurons) are asked for, all numbers")
    return rows


def _brian2() -> Any:
    try:
        import brian2
    except ImportError:
        raise ImportError("this exercise needs Brian2: do it in the notebook (pip install brian2)") from None
    # Where an exercise raises, its objects are given up unused: said once, by the error, that is enough.
    brian2.BrianLogger.suppress_name("unused_brian_object")
    return brian2


class _Clock:
    """Brian2's clock at a tenth of a millisecond, whatever it is in the notebook, and numpy to run on."""

    def __init__(self, brian2: Any) -> None:
        self._brian2 = brian2

    def __enter__(self) -> None:
        self._before = self._brian2.defaultclock.dt, self._brian2.prefs.codegen.target
        self._brian2.defaultclock.dt, self._brian2.prefs.codegen.target = 0.1 * self._brian2.ms, "numpy"

    def __exit__(self, *_error: Any) -> None:
        self._brian2.defaultclock.dt, self._brian2.prefs.codegen.target = self._before


def _require(thing: Any, kind: type, words: str) -> None:
    if thing is None:
        raise TypeError(f"nothing came back (None): return {words}")
    if not isinstance(thing, kind):
        raise TypeError(f"a {type(thing).__name__} came back, {words} is asked for")


def _seen(brian2: Any, group: Any, duration: float, *objects: Any) -> list[list[float]]:
    """The potentials of ``group`` at every full millisecond of a run of ``objects``."""
    monitor = brian2.StateMonitor(group, "v", record=True, dt=1 * brian2.ms)
    gc.freeze()  # Brian2 looks for garbage before each run: of all that is loaded that takes longer than the run
    try:
        brian2.Network(*objects, monitor).run(duration * brian2.ms, namespace={})
    except brian2.BrianObjectException as error:
        # Its own words say which object it was; what was wrong stands in the cause.
        raise (error.__cause__ or error) from None
    finally:
        gc.unfreeze()
    return [[float(v) for v in row] for row in (monitor.v / brian2.mV).T]
