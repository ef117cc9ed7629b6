r"""The networks of ``exact`` as most programs learn them: in steps of time, soft spikes and dense delays backwards.

What an input sends is heard through a kernel over whole delays (Hammouamri, Khalfaoui-Hassani & Masquelier, ICLR 2024):

.. math:: lift_h[n] = \sum_s w_{sh} \sum_j k_j(d_{sh})\, x_s[n - j], \qquad
          k_j(d) \propto e^{-(j - d)^2 / 2\sigma^2}

A hidden neuron follows its exact formula from step to step, and a spike is hard forwards and soft backwards (Neftci,
Mostafa & Zenke 2019, doi:10.1109/MSP.2019.2931595):

    V <- keep_m V + LIFT (keep_m - keep_s) I        I <- keep_s I + lift        keep = exp(-dt / tau)
    spike = 1 if V >= threshold, with the slope of a sigmoid; after it V <- 0, which is not differentiated

An output does not fire. Its score is its mean voltage, and that is a sum over the hidden spikes: one at step n of N is
worth its weight times

    1/N sum of LIFT (keep_m^k - keep_s^k) over k = 1, ..., N - 1 - n
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import Tensor

from solutions.models.adjoint.run import LIFT, TAU_M, TAU_S
from solutions.models.weights_and_delays.exact import Heard, learnable

NARROW = 0.01
"""The width, in steps, of a kernel that is one whole delay and nothing else."""


class SoftSpike(torch.autograd.Function):
    """Hard spikes forwards, and backwards the slope that ``surrogate_spike`` gives."""

    @staticmethod
    def forward(ctx: Any, voltage: Tensor, threshold: float, steepness: float, surrogate_spike: Callable) -> Tensor:
        given = voltage.detach().numpy().ravel()
        spikes, slope = (np.asarray(part) for part in surrogate_spike(given, threshold, steepness))
        ctx.save_for_backward(torch.as_tensor(slope.reshape(voltage.shape)))
        return torch.as_tensor(spikes.reshape(voltage.shape))

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None, None]:
        (slope,) = ctx.saved_tensors
        return gradients[0] * slope, None, None, None


class DenseNetworks(torch.nn.Module):
    """G networks of one hidden layer, side by side, with dense delays from inputs to hidden neurons.

    Parameters
    ----------
    weights_in, weights_out : the first weights, shapes (G, S, H) and (G, H, M).
    delays : the first delays, shape (G, S, H), in ms.
    longest : the longest delay of a kernel, in ms.
    threshold, steepness : where a hidden neuron fires, and how steep its soft spike is, per threshold.
    dt : a step, in ms.
    surrogate_spike : ``surrogate_spike(voltage, threshold, steepness)`` gives hard spikes and slopes of soft ones.
    """

    def __init__(
        self,
        weights_in: ArrayLike,
        weights_out: ArrayLike,
        delays: ArrayLike,
        longest: float,
        *,
        threshold: float = 1.0,
        steepness: float = 5.0,
        dt: float = 1.0,
        surrogate_spike: Callable,
    ) -> None:
        super().__init__()
        self.weights_in, self.weights_out, self.delays = map(learnable, (weights_in, weights_out, delays))
        self.longest, self.threshold, self.steepness, self.dt = round(longest / dt), threshold, steepness, dt
        self.surrogate_spike = surrogate_spike

    def forward(self, raster: Tensor, width: float = NARROW) -> Heard:
        """Run on how many spikes each input has at each step, (G, B, N, S), with kernels of a width in steps."""
        spikes = self.hidden_spikes(self.lift(raster, width))
        return Heard(self.scores(spikes), spikes.sum(dim=2))

    def kernels(self, width: float) -> Tensor:
        """The shares of whole delays, (G, S, H, longest + 1): those of ``dense_kernel``, with its slopes."""
        whole = torch.arange(self.longest + 1.0, dtype=torch.float64)
        return torch.softmax(-((whole - self.delays[..., None] / self.dt) ** 2) / (2 * width**2), dim=-1)

    def lift(self, raster: Tensor, width: float = NARROW) -> Tensor:
        """By how much what arrives lifts the current of each hidden neuron at each step: (G, B, N, H)."""
        n_steps = raster.shape[2]
        length = n_steps + self.longest  # so that the end of a convolution does not come round to its beginning
        heard = torch.fft.rfft(raster.transpose(2, 3), n=length)
        through = torch.fft.rfft(self.weights_in[..., None] * self.kernels(width), n=length)
        arrived = torch.fft.irfft(torch.einsum("gbsf,gshf->gbhf", heard, through), n=length)
        return arrived[..., :n_steps].transpose(2, 3)

    def hidden_spikes(self, lift: Tensor) -> Tensor:
        """The spikes of the hidden neurons: (G, B, N, H)."""
        keep_m, keep_s = np.exp(-self.dt / TAU_M), np.exp(-self.dt / TAU_S)
        passed_on = LIFT * (keep_m - keep_s)
        V = I = torch.zeros_like(lift[:, :, 0])
        spikes = []
        for arrived in lift.unbind(dim=2):
            V, I = keep_m * V + passed_on * I, keep_s * I + arrived
            spikes.append(SoftSpike.apply(V, self.threshold, self.steepness, self.surrogate_spike))
            V = V * (1 - spikes[-1].detach())
        return torch.stack(spikes, dim=2)

    def scores(self, spikes: Tensor) -> Tensor:
        """The mean voltage of each output over all steps: (G, B, M)."""
        n_steps = spikes.shape[2]
        since = self.dt * np.arange(n_steps)
        left = LIFT * np.cumsum(np.exp(-since / TAU_M) - np.exp(-since / TAU_S))[::-1] / n_steps
        return torch.einsum("gbnh,n->gbh", spikes, torch.tensor(left.copy())) @ self.weights_out


def raster_of(times: Tensor, senders: Tensor, n_in: int, duration: float, dt: float = 1.0) -> Tensor:
    """How many spikes each input has at each step, (..., N, S), of times in ms and senders, (..., K).

    A spike counts at the nearest step; what comes at ``duration`` or later does not.
    """
    n_steps = round(duration / dt)
    step = torch.round(times / dt).clamp(max=n_steps).long()  # those that are not heard at a step after the last one
    raster = torch.zeros(*times.shape[:-1], (n_steps + 1) * n_in, dtype=torch.float64)
    raster.scatter_add_(-1, step * n_in + senders, torch.ones_like(times))
    return raster.reshape(*times.shape[:-1], n_steps + 1, n_in)[..., :-1, :]
