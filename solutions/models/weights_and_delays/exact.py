r"""Many networks with delays at once, each with its exact gradient, from event to event.

One layer of hidden neurons that do not hear each other: so each of them has its own events, and all neurons of all
words of all networks can be taken from their own event to their next one together. Between events

    V(t) = slow exp(-t / tau_m) - fast exp(-t / tau_s)

and what arrives lifts both heights by LIFT times its weight. A spike's time t* is where V reaches the threshold, and by
the theorem of the implicit function it moves with whatever V depends on,

.. math:: dt^* = -\frac{dV}{\dot V}, \qquad \dot V = \frac{I - \vartheta}{\tau_m}

torch does the rest. The slopes are those that the adjoint carries backwards, and those of
:class:`solutions.models.adjoint.delayed.DelayedNetwork`; a test holds them together.
"""

from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import Tensor

from solutions.models.adjoint.run import LIFT, TAU_M, TAU_S

CLOSE = 1e-13
"""Newton's steps for exp(-t / tau_m) end when they are smaller."""


class Heard(NamedTuple):
    """What G networks make of B words each: mean voltages of outputs (G, B, M), counts of hidden spikes (G, B, H)."""

    scores: Tensor
    counts: Tensor


def learnable(first: ArrayLike) -> torch.nn.Parameter:
    """Numbers that learn, in double precision, from what they are at first."""
    return torch.nn.Parameter(torch.tensor(np.asarray(first), dtype=torch.float64))


class ExactNetworks(torch.nn.Module):
    """G networks of one hidden layer, side by side, with delays from inputs to hidden neurons.

    Parameters
    ----------
    weights_in, weights_out : the first weights, shapes (G, S, H) and (G, H, M).
    delays : the first delays, shape (G, S, H), in ms.
    threshold : the voltage at which a hidden neuron fires. It starts again from 0.
    """

    def __init__(
        self, weights_in: ArrayLike, weights_out: ArrayLike, delays: ArrayLike, *, threshold: float = 1.0
    ) -> None:
        super().__init__()
        self.weights_in, self.weights_out, self.delays = map(learnable, (weights_in, weights_out, delays))
        self.threshold = threshold

    def forward(self, times: Tensor, senders: Tensor, duration: float) -> Heard:
        """Run on input spikes: when each comes, in ms, and from which input, both of shape (G, B, K).

        Where a word has fewer than K spikes the rest comes at infinity. What arrives at ``duration`` or later is not
        heard.
        """
        due, lifts = self._arrivals(times, senders, duration)
        slow, fast, now, worth = (torch.zeros_like(due[..., 0]) for _ in range(4))
        counts, place = torch.zeros_like(slow), torch.zeros_like(slow, dtype=torch.long)
        going = torch.ones_like(slow, dtype=torch.bool)
        while going.any():
            following = due.gather(-1, place[..., None])[..., 0]
            spike = self._next_spike(slow, fast, now)
            fires = going & (spike < following)
            arrives = going & ~fires & (following < duration)
            when = torch.where(fires, spike, torch.where(going, following, now))
            gone = when - now
            slow, fast, now = slow * torch.exp(-gone / TAU_M), fast * torch.exp(-gone / TAU_S), when
            lift = torch.where(arrives, lifts.gather(-1, place[..., None])[..., 0], 0.0)
            slow, fast = torch.where(fires, fast, slow) + lift, fast + lift
            worth = worth + torch.where(fires, _mean_voltage(duration - when, duration), 0.0)
            counts, place, going = counts + fires, place + arrives, fires | arrives
        return Heard(worth @ self.weights_out, counts)

    def _arrivals(self, times: Tensor, senders: Tensor, duration: float) -> tuple[Tensor, Tensor]:
        """When something arrives at each neuron and by how much it lifts, earliest first, (G, B, H, K + 1); the end."""
        network = torch.arange(len(times))[:, None, None]
        due = times[..., None] + self.delays[network, senders]  # (G, B, K, H)
        lifts = LIFT * self.weights_in[network, senders]
        order = due.argsort(dim=2)
        due, lifts = (one.gather(2, order).transpose(2, 3) for one in (due, lifts))
        end = torch.full_like(due[..., :1], duration)
        return torch.cat([due.clamp(max=duration), end], dim=-1), torch.cat([lifts, 0 * end], dim=-1)

    def _next_spike(self, slow: Tensor, fast: Tensor, now: Tensor) -> Tensor:
        """When each neuron fires if nothing more arrives, infinity if it does not; with its slope.

        With x = exp(-t / tau_m), and tau_m four times tau_s, V = slow x - fast x^4. From x = 1 it climbs until
        slow = 4 fast x^3, and Newton's steps from there never pass the threshold.
        """
        with torch.no_grad():
            climbs = (fast > 0) & (slow > 0) & (slow < 4 * fast)
            peak = torch.where(climbs, (slow / torch.where(climbs, 4 * fast, 1.0)).clamp(min=0) ** (1 / 3), 0.0)
            reaches = climbs & (0.75 * slow * peak > self.threshold)
            a, b = slow[reaches], fast[reaches]
            x = torch.ones_like(a)
            for _ in range(60):
                step = (a * x - b * x**4 - self.threshold) / (a - 4 * b * x**3)
                x = x - step
                if not len(x) or step.abs().max() < CLOSE:
                    break
            since = torch.zeros_like(slow)
            since[reaches] = -TAU_M * torch.log(x)
            current = torch.where(reaches, fast * torch.exp(-since / TAU_S) / LIFT, self.threshold + 1)
            then = now + since
        V = slow * torch.exp(-(then - now) / TAU_M) - fast * torch.exp(-(then - now) / TAU_S)
        moved = then - TAU_M * (V - V.detach()) / (current - self.threshold)
        return torch.where(reaches, moved, torch.inf)


def _mean_voltage(left: Tensor, duration: float) -> Tensor:
    """What a spike through a weight of 1, with so much time left, adds to an output's mean voltage."""
    slow, fast = (tau * (1 - torch.exp(-left / tau)) for tau in (TAU_M, TAU_S))
    return LIFT * (slow - fast) / duration
