"""The event-driven network with a delay at each synapse, and the exact gradient of weights and delays.

A spike of neuron n at time t arrives at neuron m at t + d_nm. What was a sum over the listeners at the time of the
spike is now one over their times of arrival (Mészáros, Knight & Nowotny 2025, doi:10.48550/arXiv.2501.07331; Wunderlich
& Pehle 2021, doi:10.1038/s41598-021-91786-z, table 1). Times are in ms.
"""

import heapq
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.models.adjoint.event_driven import FOLLOWED, EventDrivenNetwork, most_spikes, one_by_one, without_end
from solutions.models.adjoint.run import LIFT, TAU_M, TAU_S, KeptRun, Run


@dataclass(frozen=True)
class DelayedRun(KeptRun):
    """A run in which each arrival is an event of its own.

    ``senders`` has hidden spikes, and -1 for all else. ``synapses`` has sender and receiver of each arrival, and -1 for
    other events; ``causes`` the event with the spike that arrives, -1 if it is an input's.
    """

    synapses: NDArray[np.int64]
    causes: NDArray[np.int64]


class DelayedNetwork(EventDrivenNetwork):
    """An event-driven network whose synapses have weights and delays, in any number of layers, recurrent or not.

    Parameters
    ----------
    delays : shape of ``weights``, in ms, not below 0. None draws them between 0 and 10 ms. Where the weight is 0 there
        is no synapse, and the delay counts for nothing.

    All others are those of :class:`solutions.models.adjoint.event_driven.EventDrivenNetwork`, with which it agrees
    where all delays are 0.

    Examples
    --------
    >>> from solutions import DelayedNetwork
    >>> from solutions.models.adjoint.event_driven import random_spikes
    >>> network = DelayedNetwork(n_in=8, n_hidden=5, n_out=3, seed=0)
    >>> heard = random_spikes(seed=0)
    >>> run = network.run(*heard, duration=100.0)
    >>> loss, (weights, delays) = run.loss(target=1), network.gradients(run, target=1)

    A small step against the gradient of the delays alone makes the loss smaller, by as much as the slopes say:

    >>> better = network.with_delays(network.delays - 1e-4 * delays)
    >>> change, said = better.run(*heard).loss(target=1) - loss, -1e-4 * float((delays**2).sum())
    >>> abs(change / said - 1) < 1e-3
    True
    """

    def __init__(
        self,
        n_in: int = 8,
        n_hidden: int = 5,
        n_out: int = 3,
        *,
        delays: ArrayLike | None = None,
        seed: int = 0,
        **others: Any,
    ) -> None:
        super().__init__(n_in, n_hidden, n_out, seed=seed, **others)
        if delays is None:
            delays = np.random.default_rng([seed, 2]).uniform(0, 10, self.weights.shape)
        self.delays: NDArray[np.float64] = np.array(delays, dtype=float)
        if self.delays.shape != self.weights.shape:
            raise ValueError(
                f"delays have shape {self.delays.shape}; {self.weights.shape}, that of weights, is expected"
            )
        if not (self.delays[self.weights != 0] >= 0).all():
            raise ValueError(f"delays go down to {self.delays.min()} ms; none below 0 is expected")

    def with_delays(self, delays: ArrayLike) -> Self:
        """The same network with other delays."""
        return self._with(delays=delays)

    def _with(self, **changed: Any) -> Self:
        return super()._with(**{"delays": self.delays} | changed)

    def run(self, times: ArrayLike, senders: ArrayLike, duration: float = 100.0) -> DelayedRun:
        """Run on input spikes, as a network without delays does; what would arrive at ``duration`` or later does not.

        Raises what :meth:`EventDrivenNetwork.run` raises.
        """
        on_their_way: list[tuple[float, int, int, int]] = []

        def send(when: float, sender: int, cause: int) -> None:
            for receiver in np.flatnonzero(self.weights[sender]).tolist():
                heapq.heappush(on_their_way, (when + self.delays[sender, receiver], sender, receiver, cause))

        for when, sender in one_by_one(self._in_order(times, senders, duration))[:-1]:
            send(when, sender, -1)
        slow, fast, now = np.zeros(self.weights.shape[1]), np.zeros(self.weights.shape[1]), 0.0
        rows = [(0.0, -1, 0.0, slow, fast, (-1, -1), -1)]
        spikes, known = 0, self._nothing_known()
        while now < duration:
            due = min(on_their_way[0][0], duration) if on_their_way else duration
            when, n = self._first_spike(slow, fast, now, due, known)
            fires = when < due
            when = when if fires else due
            slow, fast = slow * np.exp((now - when) / TAU_M), fast * np.exp((now - when) / TAU_S)
            now, fired, current, synapse, cause = when, -1, 0.0, (-1, -1), -1
            if fires:
                fired, current = self.n_in + n, fast[n] / LIFT
                slow[n] = fast[n]
                known[n] = np.nan
                send(now, fired, len(rows))
                spikes += 1
            elif now < duration:
                _, sender, receiver, cause = heapq.heappop(on_their_way)
                synapse = sender, receiver
                known[receiver : receiver + 1] = np.nan  # an output, beyond the end, is never asked
                slow[receiver] += LIFT * self.weights[synapse]
                fast[receiver] += LIFT * self.weights[synapse]
            rows.append((now, fired, current, slow, fast, synapse, cause))
            if spikes > most_spikes(self.n_hidden):
                raise without_end(now, self.n_hidden)
        columns = [np.array(column) for column in zip(*rows, strict=True)]
        return DelayedRun(self.n_in, self.n_hidden, self.n_out, *columns)

    def gradient(self, run: Run, target: int, shape: str = "sum") -> NDArray[np.float64]:
        """dL/dw of every synapse, see :meth:`gradients`."""
        return self.gradients(run, target, shape)[0]

    def gradients(self, run: Run, target: int, shape: str = "sum") -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """dL/dw and dL/dd of every synapse for a loss of this run, exact, backwards from event to event.

        With the adjoints of the listener m read when a spike of n arrives there, and a sum over these arrivals,

            dL/dw_nm = -tau_s sum of lambda_I        dL/dd_nm = w_nm sum of (lambda_V - lambda_I)

        Returns
        -------
        Two arrays of the shape of ``weights``, in units of the loss, and of the loss per ms. Where there is no synapse
        both are 0.
        """
        heard = self.heard(run, target, shape)
        synapses = tuple(heard[:, 1:3].astype(int).T)
        by_weight, by_delay = np.zeros_like(self.weights), np.zeros_like(self.weights)
        np.add.at(by_weight, synapses, -TAU_S * heard[:, 4])
        np.add.at(by_delay, synapses, self.weights[synapses] * (heard[:, 3] - heard[:, 4]))
        return by_weight, by_delay

    def heard(self, run: Run, target: int, shape: str = "sum") -> NDArray[np.float64]:
        """What each arrival finds at its receiver, for a loss of this run.

        Returns
        -------
        Shape (A, 5), a row for each arrival, earliest first: time in ms, sender, receiver, lambda_V and lambda_I.
        """
        assert isinstance(run, DelayedRun)
        _, moments, push = run.loss_and_pushes(target, shape)
        rows: list[tuple[float, ...]] = []
        felt: dict[int, NDArray[np.float64]] = {}  # of a spike: lambda_V - lambda_I of each listener as it arrives
        a, b = np.zeros(self.weights.shape[1]), np.zeros(self.weights.shape[1])
        bounds = np.searchsorted(moments, run.times)
        for k in range(len(run.times) - 2, 0, -1):
            pushed, gone = slice(bounds[k], bounds[k + 1]), run.times[k + 1] - run.times[k]
            since, kicks = moments[pushed] - run.times[k], push[pushed] / TAU_M
            a *= np.exp(-gone / TAU_M)
            b *= np.exp(-gone / TAU_S)
            a[self.n_hidden :] += np.exp(-since / TAU_M) @ kicks
            b[self.n_hidden :] -= FOLLOWED * (np.exp(-since / TAU_S) @ kicks)
            lambda_I = FOLLOWED * a + b
            if (sender := run.senders[k]) >= 0:
                later = felt.pop(k, np.zeros_like(a))
                a = self.before_spike(a, a - later, sender - self.n_in, run.currents[k])
                b = lambda_I - FOLLOWED * a
                continue
            sender, receiver = run.synapses[k]
            rows.append((run.times[k], sender, receiver, a[receiver], lambda_I[receiver]))
            if (cause := int(run.causes[k])) >= 0:
                felt.setdefault(cause, np.zeros_like(a))[receiver] = a[receiver] - lambda_I[receiver]
        return np.array(rows[::-1]).reshape(-1, 5)
