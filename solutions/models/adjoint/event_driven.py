"""A recurrent network of spiking neurons, run from event to event, and its exact gradient.

Times of spikes are solved for, and no time is cut into steps. The gradient is EventProp: Wunderlich & Pehle 2021,
doi:10.1038/s41598-021-91786-z, table 1. Times are in ms.
"""

from collections.abc import Callable
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.models.adjoint.run import LIFT, TAU_M, TAU_S, KeptRun, Run

FOLLOWED = TAU_M / (TAU_M - TAU_S)
"""How much of lambda_I follows lambda_V."""
MOST_SPIKES, MOST_OF_EACH = 10_000, 10
"""A run with more hidden spikes is given up: the larger of so many, and of so many for each hidden neuron."""

InOrder = tuple[NDArray[np.float64], NDArray[np.int64]]
"""Times and senders of input spikes, and at last the end, from -1."""


def one_by_one(in_order: InOrder) -> list[tuple[float, int]]:
    """The same as plain numbers, which a loop in Python takes faster."""
    return list(zip(*(column.tolist() for column in in_order), strict=True))


def most_spikes(n_hidden: int) -> int:
    """So many spikes a run of this number of hidden neurons may have."""
    return max(MOST_SPIKES, MOST_OF_EACH * n_hidden)


def without_end(now: float, n_hidden: int) -> RuntimeError:
    """The error of a run that is given up at a time in ms."""
    return RuntimeError(
        f"more than {most_spikes(n_hidden)} hidden spikes in {now:g} ms: the neurons excite each other without end, "
        f"or next_spike gives 0 where it should not"
    )


class EventDrivenNetwork:
    """Inputs, hidden neurons that hear the inputs and each other, and outputs that hear the hidden neurons.

    Hidden neurons fire at a threshold and start again from 0. Outputs do not fire: their voltages are read. For all

        tau_m dV/dt = -V + I        tau_s dI/dt = -I        I -> I + w when a spike arrives

    Parameters
    ----------
    n_in, n_hidden, n_out : how many there are of each.
    weights : shape (n_in + n_hidden, n_hidden + n_out): a row for each sender, inputs before hidden neurons, a column
        for each receiver, hidden neurons before outputs. None draws them at random, strong enough for some tens of
        spikes in 100 ms from ``random_spikes``. Inputs have no synapses onto outputs: there it is 0.
    threshold : the voltage at which a hidden neuron spikes, above 0.
    seed : of the random weights.
    next_spike : ``next_spike(V, I, threshold)`` gives the time until a neuron spikes if nothing more arrives.
    jump : ``jump(lambda_V, lambda_I, weights, n, current, threshold)`` gives lambda_V of all neurons just before a
        spike of neuron n from that just after it.

    A network without hidden neurons needs neither ``next_spike`` nor ``jump``.

    Examples
    --------
    >>> from solutions import EventDrivenNetwork
    >>> from solutions.models.adjoint.event_driven import random_spikes
    >>> network = EventDrivenNetwork(n_in=8, n_hidden=5, n_out=3, seed=0)
    >>> times, senders = random_spikes(seed=0)
    >>> run = network.run(times, senders, duration=100.0)
    >>> len(run.spikes)
    38
    >>> [(round(when, 4), neuron) for when, neuron in run.spikes[:2]]
    [(10.1606, 1), (11.3236, 3)]
    >>> loss, slopes = run.loss(target=1, shape="sum"), network.gradient(run, target=1, shape="sum")
    >>> slopes.shape
    (13, 8)

    A small step against the gradient makes the loss smaller, by as much as the slopes say:

    >>> better = network.with_weights(network.weights - 1e-6 * slopes)
    >>> change, said = better.run(times, senders).loss(target=1) - loss, -1e-6 * float((slopes**2).sum())
    >>> abs(change / said - 1) < 1e-3
    True
    """

    def __init__(
        self,
        n_in: int = 8,
        n_hidden: int = 5,
        n_out: int = 3,
        *,
        weights: ArrayLike | None = None,
        threshold: float = 1.0,
        seed: int = 0,
        next_spike: Callable[[float, float, float], float] | None = None,
        jump: Callable[..., ArrayLike] | None = None,
    ) -> None:
        shape = (n_in + n_hidden, n_hidden + n_out)
        if weights is None:
            rng = np.random.default_rng(seed)
            weights = np.zeros(shape)
            weights[:n_in, :n_hidden] = rng.normal(1.2, 1.0, (n_in, n_hidden))
            weights[n_in:, :n_hidden] = rng.normal(0.0, 0.5, (n_hidden, n_hidden))
            weights[n_in:, n_hidden:] = rng.normal(0.0, 1.0, (n_hidden, n_out))
        self.weights: NDArray[np.float64] = np.array(weights, dtype=float)
        if self.weights.shape != shape:
            raise ValueError(
                f"weights have shape {self.weights.shape}; {shape} is expected, senders times receivers, of {n_in} "
                f"inputs, {n_hidden} hidden neurons and {n_out} outputs"
            )
        if not threshold > 0:
            raise ValueError(f"threshold is {threshold}, and above 0 is expected")
        self.n_in, self.n_hidden, self.n_out = n_in, n_hidden, n_out
        self.threshold, self.next_spike, self.jump = threshold, next_spike, jump

    def with_weights(self, weights: ArrayLike) -> Self:
        """The same network with other weights."""
        return self._with(weights=weights)

    def _with(self, **changed: Any) -> Self:
        kept = {name: getattr(self, name) for name in ("weights", "threshold", "next_spike", "jump")}
        return type(self)(self.n_in, self.n_hidden, self.n_out, **kept | changed)

    def run(self, times: ArrayLike, senders: ArrayLike, duration: float = 100.0) -> Run:
        """Run on input spikes, from one event to the next.

        Parameters
        ----------
        times, senders : shape (K,): when each input spike comes, in ms, in any order, and from which input. What comes
            at ``duration`` or later is not heard.

        Raises ValueError for an input that does not exist and for a time before 0, and RuntimeError if hidden spikes
        never end.
        """
        return self._follow(self._in_order(times, senders, duration))

    def _follow(self, in_order: InOrder) -> Run:
        """The run on input spikes that are in their order."""
        waiting = one_by_one(in_order)
        slow, fast, now = np.zeros(self.weights.shape[1]), np.zeros(self.weights.shape[1]), 0.0
        rows = [(0.0, -1, 0.0, slow, fast)]
        due, known = 0, self._nothing_known()
        while True:
            when, sender = waiting[due]
            spike_at, n = self._first_spike(slow, fast, now, when, known)
            if spike_at < when:
                when, sender = spike_at, self.n_in + n
            else:
                due += 1
            slow, fast = slow * np.exp((now - when) / TAU_M), fast * np.exp((now - when) / TAU_S)
            now, current = when, 0.0
            if sender >= self.n_in:
                current = fast[n] / LIFT
                slow[n] = fast[n]
                known[n] = np.nan
            if sender >= 0:
                known[self.weights[sender, : self.n_hidden] != 0] = np.nan
                slow += LIFT * self.weights[sender]
                fast += LIFT * self.weights[sender]
            rows.append((when, sender, current, slow, fast))
            if due == len(waiting):
                columns = [np.array(column) for column in zip(*rows, strict=True)]
                return KeptRun(self.n_in, self.n_hidden, self.n_out, *columns)
            if len(rows) > len(waiting) + most_spikes(self.n_hidden):
                raise without_end(now, self.n_hidden)

    def _in_order(self, times: ArrayLike, senders: ArrayLike, duration: float) -> InOrder:
        """The input spikes in their order, and the end, from -1."""
        times, senders = np.asarray(times, dtype=float), np.asarray(senders)
        if times.ndim != 1 or times.shape != senders.shape:
            raise ValueError(f"times have shape {times.shape} and senders {senders.shape}; one each is expected")
        if times.size and not times.min() >= 0:
            raise ValueError(f"an input spike comes at {times.min()} ms, and none before 0 is expected")
        strange = senders[(senders < 0) | (senders >= self.n_in)]
        if strange.size:
            raise ValueError(f"an input spike comes from {strange[0]}, and the inputs are 0 to {self.n_in - 1}")
        order = np.argsort(times, kind="stable")
        order = order[times[order] < duration]
        return np.append(times[order], duration), np.append(senders[order].astype(np.int64), -1)

    def _nothing_known(self) -> NDArray[np.float64]:
        """For each hidden neuron when it will spike if nothing more arrives there; nan where it has to be asked."""
        return np.full(self.n_hidden, np.nan)

    def _first_spike(
        self, slow: NDArray, fast: NDArray, now: float, end: float, known: NDArray[np.float64]
    ) -> tuple[float, int]:
        """When the first hidden neuron spikes, and which, if nothing arrives until ``end``; infinity if none does.

        ``known`` is what :meth:`_nothing_known` says, and takes up what is asked.
        """
        slow, fast = slow[: self.n_hidden], fast[: self.n_hidden]
        current, left = fast / LIFT, fast * np.exp((now - end) / TAU_S)
        voltage = slow * np.exp((now - end) / TAU_M) - left  # at the end, without a spike
        # To ask costs time: not who ends below the threshold on the way up, nor who has too little current to reach it,
        # nor who was asked and has heard nothing since.
        past_the_peak = (current > self.threshold) & (voltage >= left / LIFT)
        for n in np.flatnonzero(((voltage >= self.threshold) | past_the_peak) & np.isnan(known)).tolist():
            until = self._given("next_spike")(float(slow[n] - fast[n]), float(current[n]), self.threshold)
            if not until >= 0:
                raise ValueError(f"next_spike gave {until}, and a time of at least 0 or infinity is expected")
            known[n] = now + until
        first = np.where(np.isnan(known), np.inf, known)
        which = int(first.argmin()) if first.size else -1
        return (float(first[which]) if first.size else np.inf), which

    def _given(self, part: str) -> Callable:
        function = getattr(self, part)
        if function is None:
            raise ValueError(f"{part} is None: a network with hidden neurons needs it, pass {part}=")
        return function

    def gradient(self, run: Run, target: int, shape: str = "sum") -> NDArray[np.float64]:
        """dL/dw of every weight for a loss of this run, see :meth:`Run.loss`: exact, backwards from event to event.

        Going back for a time s without an event

            lambda_V = a exp(-s / tau_m)        lambda_I = tau_m / (tau_m - tau_s) lambda_V + b exp(-s / tau_s)

        and so all that is kept of the two are the heights a and b.

        Returns
        -------
        The shape of ``weights``. Inputs have no synapses onto outputs: there it is 0.
        """
        _, moments, push = run.loss_and_pushes(target, shape)
        gradient = np.zeros_like(self.weights)
        a, b = np.zeros(self.weights.shape[1]), np.zeros(self.weights.shape[1])
        bounds = np.searchsorted(moments, run.times)
        for k in range(len(run.times) - 2, -1, -1):
            pushed, gone = slice(bounds[k], bounds[k + 1]), run.times[k + 1] - run.times[k]
            since, kicks = moments[pushed] - run.times[k], push[pushed] / TAU_M
            a *= np.exp(-gone / TAU_M)
            b *= np.exp(-gone / TAU_S)
            a[self.n_hidden :] += np.exp(-since / TAU_M) @ kicks
            b[self.n_hidden :] -= FOLLOWED * (np.exp(-since / TAU_S) @ kicks)
            sender = run.senders[k]
            if sender < 0:
                continue
            lambda_I = FOLLOWED * a + b
            gradient[sender] -= TAU_S * lambda_I
            if sender >= self.n_in:
                a = self.before_spike(a, lambda_I, sender - self.n_in, run.currents[k])
                b = lambda_I - FOLLOWED * a
        gradient[: self.n_in, self.n_hidden :] = 0.0
        return gradient

    def before_spike(self, lambda_V: NDArray, lambda_I: NDArray, n: int, current: float) -> NDArray[np.float64]:
        """What ``jump`` makes of lambda_V at a spike of hidden neuron n."""
        given = lambda_V.copy(), lambda_I.copy(), self.weights[self.n_in + n]
        before = np.array(self._given("jump")(*given, int(n), float(current), self.threshold), dtype=float)
        if before.shape != lambda_V.shape:
            raise ValueError(f"jump gave shape {before.shape}; that of lambda_V, {lambda_V.shape}, is expected")
        return before


def random_spikes(seed: int, n_in: int = 8, each: int = 4, until: float = 70.0) -> tuple[NDArray, NDArray]:
    """Times of input spikes, and which input each comes from: ``each`` of every input, anywhere until ``until``."""
    rng = np.random.default_rng([seed, 1])
    times = np.sort(rng.uniform(0, until, n_in * each))
    return times, rng.permutation(np.repeat(np.arange(n_in), each))
