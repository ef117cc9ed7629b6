"""How the exercises on the spiking autoencoder are asked: objects of Brian2 are run. Ships to students."""

import gc
import math
from collections.abc import Callable, Iterable
from itertools import pairwise
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

    ``inputs["part"]``: their "form"; the "share" of active neurons; how much "alike" they are; or whether
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
        return [round(sum(flat(drawn)) / size, 6)]
    if inputs["part"] == "alike":
        return _alike(drawn)
    first, same, later = tables
    return [int(first == same), int(first == later)]


def _alike(drawn: list[list[float]]) -> list[float]:
    """What two patterns in a row and two neighbours have in common beyond chance, and how the sizes of patterns spread.

    In standard deviations of what chance does; 0, 0 and nearly 1 where each is drawn for itself, whatever the share.
    """
    n = len(drawn[0])
    share = sum(map(sum, drawn)) / (len(drawn) * n)
    variance = share * (1 - share) or 1.0

    def together(rows: Iterable[tuple[Iterable[float], Iterable[float]]]) -> float:
        products = [(a - share) * (b - share) for pair in rows for a, b in zip(*pair, strict=False)]
        return round(sum(products) / math.sqrt(len(products)) / variance, 3)

    spread = sum((sum(row) - n * share) ** 2 for row in drawn) / (len(drawn) * n * variance)
    return [together(pairwise(drawn)), together((row, row[1:]) for row in drawn), round(spread, 3)]


CHANCE = 6.15
"""Standard deviations that a right answer may be off."""
UNEVEN = 2.2
"""How much more than by chance the sizes of 60 patterns may vary: chi squared divided by its degrees of freedom.

How often a right answer is refused nevertheless, ``autograder.proving.chance`` computes; so is what is 10 % off.
"""


def share_is_right(inputs: dict, answer: Any) -> str:
    """Of the share of active neurons: whether it is as expected, but for chance."""
    expected, n = inputs["active"], inputs["n_patterns"] * inputs["n_neurons"]
    spread = CHANCE * math.sqrt(expected * (1 - expected) / n) + 1e-6  # what was rounded
    odd = [share for share in flat(answer) if not abs(share - expected) <= spread]
    return f"{odd[0]:.1%} of the neurons take part, expected {expected:.1%} ± {spread:.1%}" if odd else ""


def drawn_for_themselves(inputs: dict, answer: Any) -> str:
    """Of how much alike patterns are: whether chance would do so."""
    patterns, neighbours, spread = flat(answer)
    if not abs(patterns) <= CHANCE:
        return "two patterns in a row have more or fewer neurons in common than by chance"
    if not abs(neighbours) <= CHANCE:
        return "neurons side by side take part together more or less often than by chance"
    if not spread <= UNEVEN:
        return "in some patterns far more neurons take part than in others: drawn one by one their number varies less"
    return ""


def potentials(lif_group: Callable, inputs: dict) -> Any:
    """The potentials (mV) of a group at every full millisecond, while spikes kick it.

    ``inputs["kicks"]`` has a time in ms, a neuron and a size in mV for each kick. ``inputs["groups"]`` is how many such
    groups are in the network: the last is kicked.
    """
    brian2 = _brian2()
    with _Clock(brian2):
        n, kicks = inputs["n"], inputs["kicks"]
        asked = n, inputs["tau"], inputs["threshold"], inputs["refractory"]
        *others, group = [lif_group(*asked) for _ in range(inputs.get("groups", 1))]
        _require(group, brian2.NeuronGroup, "the NeuronGroup")
        times = [time for time, _, _ in kicks] * brian2.ms
        source = brian2.SpikeGeneratorGroup(len(kicks), range(len(kicks)), times)
        synapses = brian2.Synapses(source, group, "size : volt", on_pre="v_post += size")
        synapses.connect(i=range(len(kicks)), j=[neuron for _, neuron, _ in kicks])
        synapses.size = [size for _, _, size in kicks] * brian2.mV
        return _seen(brian2, group, inputs["duration"], *others, group, source, synapses)


def received(connect: Callable, inputs: dict) -> Any:
    """The potentials (mV) of the target at every full millisecond, where nothing leaks: what it received so far.

    ``inputs["spikes"]`` has a time in ms and a neuron of the source for each spike; each of ``inputs["weights"]`` is
    connected. Where there are no spikes, the numbers of source and target of each synapse are the answer.
    """
    brian2 = _brian2()
    tables = [given(weights) for weights in inputs["weights"]]
    n_to, n_from = shape(plain(tables[0])) or ()
    with _Clock(brian2):
        times = [time for time, _ in inputs["spikes"]] * brian2.ms
        source = brian2.SpikeGeneratorGroup(n_from, [neuron for _, neuron in inputs["spikes"]], times)
        target = brian2.NeuronGroup(n_to, "v : volt")
        synapses = [connect(source, target, weights) for weights in tables]
        for place, one in enumerate(synapses):
            _require(one, brian2.Synapses, "the Synapses")
            if hasattr(one, "pre"):
                one.pre.order = place  # else Brian2 takes them by name, and what that is depends on what ran before
        if not inputs["spikes"]:
            pairs = [[int(i), int(j)] for one in synapses for i, j in zip(one.i[:], one.j[:], strict=True)]
            return sorted(pairs)
        return _seen(brian2, target, inputs["duration"], source, target, *synapses)


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


MANY_OBJECTS = 600
"""How many of Brian2's objects may be left of earlier runs.

It compares each new name with the names of all of them. They point to each other, so they go only when Python looks for
garbage, and where much is loaded that is rare.
"""


class _LeavesGarbage:
    """What Brian2 has for Python's ``gc``: before each run it would look for garbage among all that is loaded."""

    @staticmethod
    def collect() -> None: ...


class _Clock:
    """Brian2's clock at a tenth of a millisecond, whatever it is in the notebook, and numpy to run on, at once."""

    def __init__(self, brian2: Any) -> None:
        self._brian2, self._running = brian2, brian2.core.network

    def __enter__(self) -> None:
        if len(self._brian2.core.names.Nameable.__instances__()) > MANY_OBJECTS:
            gc.collect()
        self._before = self._brian2.defaultclock.dt, self._brian2.prefs.codegen.target
        self._running.gc = _LeavesGarbage
        self._brian2.defaultclock.dt, self._brian2.prefs.codegen.target = 0.1 * self._brian2.ms, "numpy"

    def __exit__(self, *_error: Any) -> None:
        self._running.gc = gc
        self._brian2.defaultclock.dt, self._brian2.prefs.codegen.target = self._before


def _require(thing: Any, kind: type, words: str) -> None:
    if thing is None:
        raise TypeError(f"nothing came back (None): return {words}")
    if not isinstance(thing, kind):
        raise TypeError(f"a {type(thing).__name__} came back, {words} is asked for")


def _seen(brian2: Any, group: Any, duration: float, *objects: Any) -> list[list[float]]:
    """The potentials of ``group`` at every full millisecond of a run of ``objects``."""
    monitor = brian2.StateMonitor(group, "v", record=True, dt=1 * brian2.ms)
    try:
        brian2.Network(*objects, monitor).run(duration * brian2.ms, namespace={})
    except brian2.BrianObjectException as error:
        # Its own words say which object it was; what was wrong stands in the cause.
        raise (error.__cause__ or error) from None
    return [[float(v) for v in row] for row in (monitor.v / brian2.mV).T]
