"""The spiking autoencoder in Brian2: two populations that fire at each other, and the test of what comes back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.models.brian import brian2 as b2
from solutions.models.progress import watched
from solutions.models.spiking_autoencoder.learned_feedback import LearnedFeedback

Floats = NDArray[np.float64]
Spikes = tuple[Floats, NDArray[np.int64]]
"""When each spike happens, in ms, and which neuron fires it."""


class Populations(NamedTuple):
    """The objects of Brian2, ready to run: ``network`` holds all the others."""

    network: Any
    x: Any
    y: Any
    i_up: Any
    i_down: Any
    spikes_x: Any
    spikes_y: Any


class Recall(NamedTuple):
    """What :meth:`SpikingAutoencoder.test` has measured of K patterns. Rates are in Hz; row k belongs to pattern k."""

    y_windows: Floats
    """Rates of y while i_UP shows the patterns, shape (windows, K, n_y): do they settle?"""
    x_windows: Floats
    """Rates of x while i_DOWN drives y, shape (windows, K, n_x)."""
    y_rates: Floats
    """The mean rates of y once settled, shape (K, n_y)."""
    x_rates: Floats
    """The mean rates of x once settled, shape (K, n_x): what has come back."""
    one_norm: Floats
    """[k, l]: what came back for k, divided by its largest rate, less pattern l; the sum of absolute values."""
    cosine: Floats
    """[k, l]: of the angle between what came back for k and pattern l."""
    correlation: Floats
    """[k, l]: the same, after both have lost their means."""
    y_drift: float
    """How much the rates of y still moved while they were measured: see :func:`drift`."""
    x_drift: float
    """The same of x."""

    @property
    def guess(self) -> NDArray[np.int64]:
        """The number of the pattern that correlates most with what came back for each, shape (K,)."""
        return self.correlation.argmax(axis=1)

    @property
    def recovered(self) -> NDArray[np.bool_]:
        """Whether that is the one which was shown, shape (K,)."""
        return self.guess == np.arange(len(self.correlation))


def drift(before: Floats, after: Floats) -> float:
    r"""How much the numbers of spikes differ between two spans of equal length, compared with what may be chance.

    .. math::

        \max\left(\frac{\sum_i (n_i - n'_i)^2}{S},\; \frac{|\sum_i (n_i - n'_i)|}{\max(S / 20,\, 2\sqrt S)}\right),
        \qquad S = \sum_i (n_i + n'_i)

    The first is 1 on average for Poisson neurons whose rates stay as they are, and less for neurons that fire more
    regularly. The second is 1 if all together differ by a tenth, or by two standard deviations if these are more.

    Parameters
    ----------
    before, after : the number of spikes of each neuron, n and n', of equal shape.

    Returns
    -------
    Above 1, something still changes; 0 if nobody fires.
    """
    both = max(float(np.sum(before + after)), 1)
    alone = np.sum((before - after) ** 2) / both
    together = abs(np.sum(before - after)) / max(both / 20, 2 * np.sqrt(both))
    return float(max(alone, together))


class SpikingAutoencoder:
    r"""Two populations of LIF neurons, x and y, with sparse connections in both directions.

    .. math::

        \frac{dy_i}{dt} = -\frac{y_i}{\tau} + \sum_{j, f} W_{ij}\,\delta(t - t^f_{x_j}) + i_i^{DOWN}, \qquad
        \frac{dx_i}{dt} = -\frac{x_i}{\tau} + \sum_{j, f} U_{ij}\,\delta(t - t^f_{y_j}) + i_i^{UP}

    Both inputs are Poisson spikes. A potential that reaches the threshold is a spike; it goes back to 0 and stays there
    for the refractory period.

    Connections up, W, are drawn at random. Those down, U, are drawn independently of W, or are W transposed, or are
    given, or are learned. Drawn connections all have the same weight.

    Parameters
    ----------
    n_x, n_y : how many neurons.
    lif_group, connect, make_patterns, spike_rates, similarities : the parts that the chapter asks for.
        ``similarities`` is needed by :meth:`test` only.
    p : the probability of a connection.
    weight : what a spike adds along a connection, in volts.
    feedback : "random", "transposed", or U as an array in volts, shape (n_x, n_y).
    steady : a steady drive of each x, part of the feedback, in volts: where the membrane would rest without spikes.
    input_weight : what a spike of i_UP or i_DOWN adds, in volts.
    input_rate : how often i_UP fires where a pattern is active.
    recall_rate : how often i_DOWN fires, as the mean over y; None for as often as y did.
    tau, threshold, refractory : of each neuron.
    dt : the time step.
    seed : of the connections and of all Poisson spikes. A run seeds Brian2's own generator with it.

    Attributes
    ----------
    W, U : weights up and down in mV, shapes (n_y, n_x) and (n_x, n_y).
    steady : in mV, shape (n_x,).

    Raises
    ------
    DimensionMismatchError : where a unit is wrong or missing.
    ValueError : where a number is out of range or a shape does not fit.

    Examples
    --------
    Four patterns go up, and come back through the transpose; half a minute of Brian2 in about a second:

    >>> import numpy as np
    >>> from solutions import SpikingAutoencoder
    >>> from solutions.models.brian import brian2 as b2
    >>> from solutions.spiking_autoencoder import make_patterns
    >>> patterns = make_patterns(4, 100, 0.3, np.random.default_rng(0))
    >>> autoencoder = SpikingAutoencoder(100, 100, feedback="transposed", dt=1 * b2.ms, seed=1)
    >>> recall = autoencoder.test(patterns)
    >>> recall.guess
    array([0, 1, 2, 3])
    """

    @b2.check_units(
        weight=b2.volt, steady=b2.volt, input_weight=b2.volt, threshold=b2.volt, input_rate=b2.Hz, recall_rate=b2.Hz,
        tau=b2.second, refractory=b2.second, dt=b2.second,
    )  # fmt: skip
    def __init__(
        self,
        n_x: int = 100,
        n_y: int = 100,
        *,
        lif_group: Callable,
        connect: Callable,
        make_patterns: Callable,
        spike_rates: Callable,
        similarities: Callable | None = None,
        p: float = 0.1,
        weight: b2.Quantity = 7.5 * b2.mV,
        feedback: str | b2.Quantity = "transposed",
        steady: b2.Quantity = 0 * b2.mV,
        input_weight: b2.Quantity = 60 * b2.mV,
        input_rate: b2.Quantity = 200 * b2.Hz,
        recall_rate: b2.Quantity | None = 100 * b2.Hz,
        tau: b2.Quantity = 10 * b2.ms,
        threshold: b2.Quantity = 50 * b2.mV,
        refractory: b2.Quantity = 2 * b2.ms,
        dt: b2.Quantity = 0.1 * b2.ms,
        seed: int = 0,
    ) -> None:
        if not (n_x >= 1 and n_y >= 1 and 0 <= p <= 1):
            raise ValueError(f"n_x = {n_x}, n_y = {n_y}, p = {p}: sizes are at least 1, a probability is 0 to 1")
        self.n_x, self.n_y, self.seed = n_x, n_y, seed
        self.lif_group, self.connect, self.spike_rates, self.similarities = (
            lif_group, connect, spike_rates, similarities,
        )  # fmt: skip
        self.tau, self.refractory, self.dt = tau, refractory, dt
        self.threshold, self.input_weight = threshold, input_weight
        self.input_rate, self.recall_rate = input_rate, recall_rate
        rng = np.random.default_rng(seed)
        size = float(weight / b2.mV)
        self.W: Floats = size * np.asarray(make_patterns(n_y, n_x, p, rng))
        if isinstance(feedback, str) and feedback == "transposed":
            self.U: Floats = self.W.T.copy()
        elif isinstance(feedback, str) and feedback == "random":
            self.U = size * np.asarray(make_patterns(n_x, n_y, p, rng))
        elif not isinstance(feedback, str) and np.shape(feedback) == (n_x, n_y):
            b2.units.fundamentalunits.fail_for_dimension_mismatch(feedback, b2.volt, "feedback is in volts")
            self.U = np.array(feedback / b2.mV)
        else:
            given = repr(feedback) if isinstance(feedback, str) else f"of shape {np.shape(feedback)}"
            raise ValueError(f"feedback is {given}, expected 'random', 'transposed' or shape ({n_x}, {n_y}) in volts")
        self.steady: Floats = np.broadcast_to(np.asarray(steady / b2.mV), n_x).copy()

    def populations(self, copies: int = 1, *, feedback: bool = True) -> Populations:
        """The network for Brian2, both inputs silent.

        Parameters
        ----------
        copies : how many equal networks run side by side without hearing each other. What Brian2 takes depends on steps
            more than on neurons, so this is the way to show many patterns.
        feedback : False leaves out what goes from y to x.
        """
        own = np.eye(copies)
        neurons = self.tau / b2.ms, self.threshold / b2.mV, self.refractory / b2.ms
        x, y = (self.lif_group(copies * n, *map(float, neurons)) for n in (self.n_x, self.n_y))
        # Else Brian2 would draw for them in the order of the names it gave, which depends on what was made before.
        i_up, i_down = (b2.PoissonGroup(len(of), np.zeros(len(of)) * b2.Hz, order=n) for n, of in enumerate((x, y)))
        shown, told = (
            self.connect(source, group, float(self.input_weight / b2.mV) * np.eye(len(group)))
            for source, group in ((i_up, x), (i_down, y))
        )
        parts = [x, y, i_up, i_down, shown, told]
        if self.W.any():
            parts.append(self.connect(x, y, np.kron(own, self.W)))
        if feedback and self.U.any():
            parts.append(self.connect(y, x, np.kron(own, self.U)))
        if feedback and self.steady.any():
            # One that fires at every step, lifting by as much as leaks in a step, is a steady drive.
            ever = b2.NeuronGroup(1, "", threshold="True", reset="")
            lift = -self.steady * np.expm1(-float(self.dt / self.tau))
            parts += [ever, self.connect(ever, x, np.tile(lift, copies)[:, None])]
        monitors = [b2.SpikeMonitor(group) for group in (x, y)]
        return Populations(b2.Network(*parts, *monitors), x, y, i_up, i_down, *monitors)

    @b2.check_units(duration=b2.second)
    def show(self, pattern: ArrayLike, duration: b2.Quantity = 2 * b2.second) -> tuple[Spikes, Spikes]:
        """The spikes of x and those of y while i_UP shows a pattern, shape (n_x,)."""
        patterns = self._checked(np.asarray(pattern)[None])
        with self._running():
            both = self.populations()
            both.i_up.rates = patterns[0] * self.input_rate
            both.network.run(duration, namespace={})
            return self._spikes(both.spikes_x), self._spikes(both.spikes_y)

    @b2.check_units(settle=b2.second, listen=b2.second, width=b2.second, longest=b2.second)
    def test(
        self,
        patterns: ArrayLike,
        *,
        settle: b2.Quantity = 200 * b2.ms,
        listen: b2.Quantity = 1 * b2.second,
        width: b2.Quantity = 200 * b2.ms,
        longest: b2.Quantity = 0 * b2.ms,
    ) -> Recall:
        """Show each pattern and measure y; then drive y in proportion to its rates, and compare x with all patterns.

        Both directions are connected all the time. Each pattern has a copy of the network.

        Parameters
        ----------
        patterns : 0 and 1, shape (K, n_x).
        settle, listen : how long to wait and then to measure, on the way up as on the way down.
        width : of the windows in which rates are measured; ``settle`` and ``listen`` are multiples of it.
        longest : until then each way may go on, if the rates do not settle: it listens anew, for ``listen``, while two
            halves differ by more than what may be chance (:func:`drift` above 1). The last span is what counts.
        """
        if self.similarities is None:
            raise TypeError("test compares what comes back with the patterns: give similarities=... to the constructor")
        patterns = self._checked(patterns)
        waiting, windows = (float(time / width) for time in (settle, settle + listen))
        if not all(abs(count - round(count)) < 1e-9 for count in (waiting, windows)) or not windows > waiting >= 0:
            raise ValueError(f"settle is {settle}, listen {listen}: multiples of the width {width} are expected")
        with self._running():
            both = self.populations(len(patterns))
            both.i_up.rates = patterns.ravel() * self.input_rate
            times = settle, listen, width, longest
            y_windows, y_rates, y_drift = self._once_settled(both.network, both.spikes_y, self.n_y, *times)
            both.i_up.rates = 0 * b2.Hz
            both.i_down.rates = self._told(y_rates).ravel() * b2.Hz
            x_windows, x_rates, x_drift = self._once_settled(both.network, both.spikes_x, self.n_x, *times)
        alike = np.array([self.similarities(rates, patterns) for rates in x_rates], dtype=float)
        norm, cosine, correlation = alike.transpose(1, 0, 2)
        return Recall(y_windows, x_windows, y_rates, x_rates, norm, cosine, correlation, y_drift, x_drift)

    @b2.check_units(each=b2.second, loud=b2.volt)
    def learn(
        self,
        patterns: ArrayLike,
        *,
        each: b2.Quantity = 200 * b2.ms,
        rate: float = 5e-4,
        loud: b2.Quantity = 80 * b2.mV,
        progress: bool = False,
    ) -> "SpikingAutoencoder":
        """Learn U while i_UP shows one pattern after the other: see :class:`LearnedFeedback`.

        It begins without any feedback, and feedback does not make x fire while it learns. Afterwards U and ``steady``
        are the learned ones, and ``recall_rate`` is None: feedback learned from the rates of y expects them as they
        are.

        Parameters
        ----------
        patterns : 0 and 1, shape (K, n_x).
        each : for how long each pattern is shown.
        rate : the learning rate.
        loud : how far the learned feedback drives the membrane of an active x afterwards, in volts.
        progress : show a bar.
        """
        patterns = self._checked(patterns)
        with self._running():
            both = self.populations(feedback=False)
            learned = LearnedFeedback(both.x, both.y, np.zeros((self.n_x, self.n_y)), rate)
            coming = watched(patterns, len(patterns), show=progress)

            @b2.network_operation(dt=each)
            def next_pattern() -> None:
                both.i_up.rates = next(coming) * self.input_rate

            both.network.add(next_pattern, learned.objects)
            both.network.run(len(patterns) * each, namespace={})
        fired = both.spikes_x.num_spikes / (patterns.sum() * float(each / b2.second))  # Hz, of an active x
        gain = float(loud / b2.mV) / (0.05 * fired)
        # A dendrite keeps a spike for 50 ms and the membrane for tau: for the same mean it has to be the larger there.
        self.U = gain * learned.weights * float(50 * b2.ms / self.tau)
        self.steady = gain * learned.slow
        self.recall_rate = None
        return self

    def _told(self, y_rates: Floats) -> Floats:
        """How often i_DOWN fires, in Hz."""
        if self.recall_rate is None:
            return y_rates
        in_the_mean = y_rates.mean(axis=1, keepdims=True)
        return y_rates * float(self.recall_rate / b2.Hz) / np.where(in_the_mean > 0, in_the_mean, 1)

    def _checked(self, patterns: ArrayLike) -> Floats:
        table = np.asarray(patterns, dtype=float)
        if table.ndim != 2 or table.shape[1] != self.n_x or not len(table):
            raise ValueError(f"patterns have shape {table.shape}, expected one row of {self.n_x} for each")
        if not np.isin(table, (0, 1)).all():
            raise ValueError("patterns hold more than 0 and 1: a neuron takes part or it does not")
        return table

    def _spikes(self, monitor: Any, start: b2.Quantity = 0 * b2.ms) -> Spikes:
        """Those from ``start`` on, each in the middle of its step, so that no rounding moves it into another bin."""
        steps = np.round(np.asarray(monitor.t / self.dt)) - np.round(float(start / self.dt))
        times = (steps + 0.5) * float(self.dt / b2.ms)
        return times[steps >= 0], np.asarray(monitor.i)[steps >= 0]

    def _windows(self, monitor: Any, n: int, start: b2.Quantity, duration: b2.Quantity, width: b2.Quantity) -> Floats:
        spikes, of = self._spikes(monitor, start), len(monitor.source)
        rates = self.spike_rates(*spikes, of, float(duration / b2.ms), float(width / b2.ms))
        return np.asarray(rates, dtype=float).reshape(-1, of // n, n)

    def _once_settled(
        self,
        network: Any,
        monitor: Any,
        n: int,
        settle: b2.Quantity,
        listen: b2.Quantity,
        width: b2.Quantity,
        longest: b2.Quantity,
    ) -> tuple[Floats, Floats, float]:
        """Rates in all windows, their means over the last ``listen``, and how much its halves differ."""
        start, half = network.t, round(float(listen / width)) // 2
        network.run(settle, namespace={})
        while True:
            network.run(listen, namespace={})
            windows = self._windows(monitor, n, start, network.t - start, width)
            last = windows[-round(float(listen / width)) :]
            moved = drift(*(part.sum(axis=0) * float(width / b2.second) for part in (last[:half], last[-half:])))
            if moved <= 1 or network.t - start + listen > longest:
                return windows, last.mean(axis=0), moved

    @contextmanager
    def _running(self) -> Iterator[None]:
        """Brian2's clock at ``dt`` and its chance from ``seed``; the clock is put back after it."""
        before = b2.defaultclock.dt
        b2.defaultclock.dt = self.dt
        b2.seed(self.seed)
        try:
            yield
        finally:
            b2.defaultclock.dt = before
