"""Delays as a layer of torch: trains are padded with zeros, moved by any amount, and the delays learn by gradient.

This is Method A of the notebook *Learning delays (v2)* of the COMOB project on sound localisation
(https://comob-project.github.io/snn-sound-localization), with its whole delays in the forward pass and the
straight-through slope of Bengio, Léonard & Courville (2013, arXiv:1308.3432) in the backward pass. A positive delay
delays here.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional


class Kernels(torch.autograd.Function):
    """What each delay makes of a lone spike, and how that changes with the delay: (N, 2 limit + 3)."""

    @staticmethod
    def forward(ctx: Any, delays: Tensor, limit: int, delayed: Callable, delay_slope: Callable) -> Tensor:
        within = delays.detach().cpu().double().clamp(-limit, limit).numpy()
        lone = np.zeros((2 * limit + 3, len(within)))
        lone[limit + 1] = 1
        if ctx.needs_input_grad[0]:
            ctx.save_for_backward(torch.as_tensor(np.asarray(delay_slope(lone, within)).T).to(delays))
        return torch.as_tensor(np.asarray(delayed(lone, within)).T).to(delays)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None, None]:
        (slopes,) = ctx.saved_tensors
        return (gradients[0] * slopes).sum(dim=1), None, None, None


class DelayLayer(torch.nn.Module):
    r"""Delays each of N spike trains by a time of its own, learned with the rest of the network.

        out[..., t, n] = (1 - part) * spikes[..., t - whole, n] + part * spikes[..., t - whole - 1, n]

    with whole = floor(delay of n) and part = delay - whole. With ``rounded`` the delays are rounded first, and the
    gradient passes through the rounding as if there were none. Beyond the recording there are zeros; a spike that
    leaves it is lost.

    The parts are only asked what becomes of a single spike; the trains are then convolved with that, on whatever device
    they are.

    Parameters
    ----------
    trains : how many spike trains, N.
    outputs : without it each train has one delay. With M outputs each connection from a train to an output has its own:
        what ``torch.nn.Linear(N, M)`` is to weights.
    max_delay : delays are used between -max_delay and max_delay, in steps. A delay beyond still has its gradient.
    rounded : whole delays in the forward pass (the default); else a spike between two steps is shared between them.
    initial : the first delays, in steps: N numbers, with outputs (M, N), or one for all. Without it they are drawn
        uniformly between -max_delay and max_delay.
    trainable : whether the delays require a gradient.
    seed : of the drawn delays; None draws from torch's own generator.
    device, dtype : of the parameter, as in every layer of torch.
    delayed, delay_slope, round_straight_through : the parts, as :mod:`solutions.delays` asks for them.

    Shape
    -----
    Input: (..., T, N), time before trains, of the layer's dtype; or (..., T, 1), one train that goes along all N lines.
    Any number of axes may stand before, none too. Output: (..., T, N), or with outputs (..., T, M, N).

    Raises
    ------
    ValueError : if ``max_delay`` is not a whole number above 0, there is less than one output, or the last axis of the
        input is neither N nor 1.

    Examples
    --------
    Two spikes, eleven steps apart. The early one learns to wait.

    >>> import torch
    >>> from solutions import DelayLayer
    >>> layer = DelayLayer(2, max_delay=15, initial=0)
    >>> spikes = torch.zeros(60, 2)
    >>> spikes[20, 0] = spikes[31, 1] = 1
    >>> optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
    >>> for _ in range(100):
    ...     counts = layer(spikes).cumsum(dim=0)
    ...     apart = ((counts[:, 0] - counts[:, 1]) ** 2).sum()  # steps between the two spikes
    ...     optimizer.zero_grad()
    ...     apart.backward()
    ...     optimizer.step()
    >>> apart.item(), layer(spikes).argmax(dim=0).tolist()
    (0.0, [31, 31])
    """

    def __init__(
        self,
        trains: int,
        max_delay: int = 19,
        rounded: bool = True,
        initial: float | Sequence[float] | Tensor | None = None,
        trainable: bool = True,
        seed: int | None = None,
        outputs: int | None = None,
        device: torch.device | str | None = None,
        dtype: torch.dtype | None = None,
        *,
        delayed: Callable,
        delay_slope: Callable,
        round_straight_through: Callable,
    ) -> None:
        super().__init__()
        if max_delay != int(max_delay) or max_delay < 1:
            raise ValueError(f"max_delay is {max_delay}; expected a whole number of steps above 0")
        if outputs is not None and outputs < 1:
            raise ValueError(f"outputs is {outputs}; expected at least 1, or None for one delay a train")
        self.trains, self.max_delay, self.rounded, self.outputs = trains, int(max_delay), rounded, outputs
        self.initial, self.seed = initial, seed
        self.delayed, self.delay_slope, self.round_straight_through = delayed, delay_slope, round_straight_through
        lines = (trains,) if outputs is None else (outputs, trains)
        self.delays = torch.nn.Parameter(torch.empty(lines, device=device, dtype=dtype), requires_grad=trainable)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Begin again with the first delays."""
        if self.initial is not None:
            first = torch.as_tensor(self.initial).expand(self.delays.shape)
        else:
            generator = None if self.seed is None else torch.Generator().manual_seed(self.seed)
            first = self.max_delay * (2 * torch.rand(self.delays.shape, generator=generator) - 1)
        with torch.no_grad():
            self.delays.copy_(first)

    def forward(self, spikes: Tensor) -> Tensor:
        """The trains after their delays: (..., T, N), or (..., T, outputs, N)."""
        if spikes.ndim < 2 or spikes.shape[-1] not in (1, self.trains):
            raise ValueError(f"spikes have shape {tuple(spikes.shape)}; expected (..., steps, {self.trains} or 1)")
        delays = self.round_straight_through(self.delays, self.max_delay) if self.rounded else self.delays
        kernels = Kernels.apply(delays.flatten(), self.max_delay, self.delayed, self.delay_slope)
        if spikes.shape[-1] == self.trains:  # one line for each train, output by output
            spikes = spikes.repeat(*[1] * (spikes.ndim - 1), self.outputs or 1)
        side_by_side = spikes.reshape(-1, *spikes.shape[-2:]).transpose(1, 2)
        backwards = kernels.flip(1)[:, None]  # a convolution turns its kernel round in time, and torch's does not
        moved = functional.conv1d(side_by_side, backwards, padding=self.max_delay + 1, groups=spikes.shape[-1])
        return moved.transpose(1, 2).reshape(*spikes.shape[:-1], *self.delays.shape)

    def extra_repr(self) -> str:
        """What ``print`` shows of the layer."""
        return f"trains={self.trains}, outputs={self.outputs}, max_delay={self.max_delay}, rounded={self.rounded}"
