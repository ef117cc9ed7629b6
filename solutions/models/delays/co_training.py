"""Delays and weights learned together, through neurons that fire: torch, and a surrogate for the slope of a spike.

The network and the budget are those of the last part of *Learning delays (v2)*, the notebook of the COMOB project on
sound localisation (https://comob-project.github.io/snn-sound-localization). The surrogate gradient is a sigmoid's
(Neftci, Mostafa & Zenke 2019, doi:10.1109/MSP.2019.2931595).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from solutions.models.delays.layer import DelayLayer
from solutions.models.delays.two_ears import REACH, TwoEars
from solutions.models.progress import watched


class Fired(torch.autograd.Function):
    """1 where the input x is above 0; backwards the slope of a sigmoid five times as steep as the plain one.

    d fired / dx = 5 s (1 - s)        s = 1 / (1 + exp(-5 x))
    """

    @staticmethod
    def forward(ctx: Any, above: Tensor) -> Tensor:
        ctx.save_for_backward(above)
        return (above > 0).to(above.dtype)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        (above,) = ctx.saved_tensors
        sigmoid = torch.sigmoid(5 * above)
        return gradients[0] * 5 * sigmoid * (1 - sigmoid)


class CoincidenceNetwork(nn.Module):
    r"""Neurons that fire at coincidences of two ears, each with a delay of its own, and a weighted sum of their counts.

        one[t] = (exp(-1/tau) * one[t - 1] + first ear[t]) * (1 - fired[t - 1])
        two[t] = (exp(-1/tau) * two[t - 1] + second ear, delayed[t]) * (1 - fired[t - 1])
        fired[t] = 1 where one[t] * two[t] > threshold

    and the logits are ``readout(sum of fired over time)``.

    Parameters
    ----------
    classes : K phases, and as many neurons.
    span : the first delays are drawn uniformly between -span and span, in steps.
    gain : at first each phase hears ``gain`` times its own neuron and no other.
    tau, threshold : of the traces, in steps, and of their product.
    learns_delays, learns_weights : which of the two require a gradient.
    seed : of the first delays.
    device, dtype : as in every module of torch.
    delayed, delay_slope, round_straight_through : the parts, as :class:`~solutions.models.delays.layer.DelayLayer`
        takes them.

    Shape
    -----
    Input: (B, 2, T), spikes of two ears. Output: (B, K).

    Examples
    --------
    A tone that reaches the second ear 54 degrees ahead, which is three steps: the delay of the neuron that fires most.

    >>> import numpy as np
    >>> import torch
    >>> from solutions import CoincidenceNetwork, TwoEars
    >>> spikes, _ = TwoEars(angles=[54]).sounds(400, np.random.default_rng(0))
    >>> network = CoincidenceNetwork(classes=36, span=10, seed=0)
    >>> counts = network.counts(torch.as_tensor(spikes, dtype=torch.float32)).mean(dim=0)
    >>> round(network.line.delays[counts.argmax()].item())
    3
    >>> [name for name, _ in network.named_parameters()]
    ['line.delays', 'readout.weight', 'readout.bias']
    """

    def __init__(
        self,
        classes: int = 36,
        span: float = 1.0,
        gain: float = 0.5,
        tau: float = 3.0,
        threshold: float = 0.5,
        learns_delays: bool = True,
        learns_weights: bool = True,
        seed: int | None = None,
        device: torch.device | str | None = None,
        dtype: torch.dtype | None = None,
        *,
        delayed: Callable,
        delay_slope: Callable,
        round_straight_through: Callable,
    ) -> None:
        super().__init__()
        first = torch.as_tensor(np.random.default_rng(seed).uniform(-span, span, classes))
        self.line = DelayLayer(
            classes, REACH, rounded=False, initial=first, trainable=learns_delays, device=device, dtype=dtype,
            delayed=delayed, delay_slope=delay_slope, round_straight_through=round_straight_through,
        )  # fmt: skip
        self.readout = nn.Linear(classes, classes, device=device, dtype=dtype).requires_grad_(learns_weights)
        with torch.no_grad():
            self.readout.weight.copy_(gain * torch.eye(classes))
            self.readout.bias.zero_()
        self.keep, self.threshold = float(np.exp(-1 / tau)), threshold

    def counts(self, spikes: Tensor) -> Tensor:
        """How often each neuron fires: (B, K)."""
        moved = self.line(spikes[:, 1, :, None])
        one = two = fired = total = torch.zeros_like(moved[:, 0])
        for first, second in zip(spikes[:, 0, :, None].unbind(1), moved.unbind(1), strict=True):
            one = (self.keep * one + first) * (1 - fired)
            two = (self.keep * two + second) * (1 - fired)
            fired = Fired.apply(one * two - self.threshold)
            total = total + fired
        return total

    def forward(self, spikes: Tensor) -> Tensor:
        """The logits of the phases."""
        return self.readout(self.counts(spikes))


class CoTrained(NamedTuple):
    """What one training gave: the network, the loss of each epoch on fresh sounds, and how it does on 2000 others."""

    network: CoincidenceNetwork
    losses: np.ndarray
    test_loss: float
    accuracy: float


def co_train(
    ears: TwoEars,
    seed: int = 0,
    learns_delays: bool = True,
    learns_weights: bool = True,
    epochs: int = 52,
    batch: int = 200,
    delay_rate: float = 0.3,
    weight_rate: float = 0.03,
    progress: bool = False,
    device: torch.device | str | None = None,
    dtype: torch.dtype = torch.float32,
    *,
    delayed: Callable,
    delay_slope: Callable,
    round_straight_through: Callable,
    **network: float,
) -> CoTrained:
    """Train a :class:`CoincidenceNetwork` by the cross-entropy of the phases, in nats, with Adam.

    An epoch is one batch of sounds that never come again.

    Parameters
    ----------
    ears : who hears the sounds, a :class:`~solutions.models.delays.two_ears.TwoEars`.
    seed : of the first delays and of the sounds.
    learns_delays, learns_weights : what is trained, at least one of the two.
    delay_rate, weight_rate : Adam's learning rates for the delays, in steps, and for the weights.
    network : ``span``, ``gain``, ``tau`` and ``threshold`` of the network.

    Raises
    ------
    ValueError : if there is nothing to learn.

    Examples
    --------
    A few epochs; the network knows nothing at first, which is a loss of ln 36 = 3.58.

    >>> from solutions import TwoEars, co_train
    >>> both = co_train(TwoEars(), seed=0, epochs=30)
    >>> round(float(both.losses[0]), 2), both.test_loss < 3.3
    (3.57, True)
    """
    if not (learns_delays or learns_weights):
        raise ValueError("learns_delays and learns_weights are both False; expected at least one of them")
    rng = np.random.default_rng(seed)
    classes = len(ears.angles)
    made = CoincidenceNetwork(
        classes, learns_delays=learns_delays, learns_weights=learns_weights, seed=seed, device=device, dtype=dtype,
        delayed=delayed, delay_slope=delay_slope, round_straight_through=round_straight_through, **network,  # type: ignore[arg-type]
    )  # fmt: skip
    rng.random(classes)  # the first delays are drawn from the same seed: no sound repeats them
    learned = [{"params": [made.line.delays], "lr": delay_rate}] if learns_delays else []
    learned += [{"params": list(made.readout.parameters()), "lr": weight_rate}] if learns_weights else []
    optimizer = torch.optim.Adam(learned)
    losses: list[float] = []

    def heard(count: int, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
        spikes, labels = ears.sounds(count, rng)
        return torch.as_tensor(spikes, device=device, dtype=dtype), torch.as_tensor(labels, device=device)

    say = "loss {:.2f}".format
    for _ in watched(range(epochs), epochs, lambda _: say(losses[-1]) if losses else "", show=progress):
        spikes, labels = heard(batch, rng)
        loss = functional.cross_entropy(made(spikes), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    spikes, labels = heard(2000, np.random.default_rng(seed + 10_000))
    with torch.no_grad():
        sums = made(spikes)
    accuracy = float((sums.argmax(1) == labels).double().mean())
    return CoTrained(made, np.array(losses), float(functional.cross_entropy(sums, labels)), accuracy)
