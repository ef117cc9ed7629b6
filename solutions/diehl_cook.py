r"""Digits learned without labels: the parts of the network, and how its spikes are read.

.. math:: \tau \frac{dv}{dt} = i - v, \qquad \theta_j = \theta_0 + \vartheta_j, \qquad
    \Delta w_{ij} = a_+ x_i \text{ when neuron } j \text{ fires}

Diehl & Cook, *Unsupervised learning of digit recognition using spike-timing-dependent plasticity*, Front. Comput.
Neurosci. 9:99 (2015), doi:10.3389/fncom.2015.00099. Traces: Morrison, Diesmann & Gerstner, Biol. Cybern. 98 (2008),
doi:10.1007/s00422-008-0233-1. Threshold: Bellec et al., NeurIPS 31 (2018). Times are in seconds, rates in hertz.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def poisson_fire(
    values: ArrayLike, rng: np.random.Generator, max_rate: float = 10.0, max_value: float = 255.0, dt: float = 0.001
) -> NDArray[np.float64]:
    """Which inputs spike within one step: each independently, brighter ones more often.

    Parameters
    ----------
    values : brightness of each pixel, from 0 to max_value.
    rng : a numpy Generator: rng.random(shape) draws numbers between 0 and 1.
    max_rate : spikes per second of a pixel at max_value; a pixel at 0 is silent.
    dt : the length of the step, in seconds.

    Returns
    -------
    1 / dt where an input spikes, 0 elsewhere, in the shape of values: a spike has
    the area 1, however short the step. In one step an input spikes with the
    probability rate * dt, which is 1 at most.

    The check counts spikes. It refuses a right answer at most once in a million times,
    and a rate that is 10 % off at least 99 times in 100.
    """
    ### BEGIN SOLUTION
    chance = np.asarray(values, dtype=float) / max_value * max_rate * dt
    spikes = rng.random(chance.shape) < chance
    return spikes / dt
    ### END SOLUTION


class SynapseCollection:
    """Postsynaptic potentials: each of n numbers follows its input spikes and forgets them.

        a = exp(-t_step / tau_s),    v <- a v + (1 - a) inputs

    Parameters
    ----------
    n : how many synapses.
    tau_s : the time constant, in seconds.
    t_step : the length of a step, in seconds.
    """

    def __init__(self, n: int, tau_s: float = 0.005, t_step: float = 0.001):
        self.tau_s, self.t_step = tau_s, t_step
        self.voltage = np.zeros(n)

    def step(self, inputs: ArrayLike) -> NDArray[np.float64]:
        """The potentials after one more step with these inputs, shape (n,); they may be below 0."""
        ### BEGIN SOLUTION
        a = np.exp(-self.t_step / self.tau_s)
        self.voltage = a * self.voltage + (1 - a) * np.asarray(inputs, dtype=float)
        return self.voltage
        ### END SOLUTION


class LIF:
    """n leaky integrate-and-fire neurons with a refractory period, which begins at the spike, within the step.

    A neuron fires when its voltage is above its threshold, and starts again at 0.

    Parameters
    ----------
    n : how many neurons.
    tau_rc : the time constant of the membrane, in seconds.
    tau_ref : how long a neuron stays at 0 after a spike, in seconds; at least t_step.
    v_th : the threshold, a number for all or one for each. The network sets ``v_th`` to
        new values between two steps.
    t_step : the length of a step, in seconds.
    """

    def __init__(
        self,
        n: int,
        tau_rc: float = 0.02,
        tau_ref: float = 0.002,
        v_th: ArrayLike = 1.0,
        t_step: float = 0.001,
    ):
        self.n, self.tau_rc, self.tau_ref, self.t_step = n, tau_rc, tau_ref, t_step
        self.v_th = np.full(n, v_th, dtype=float)
        self.reset()

    def reset(self) -> None:
        """Forget everything: all voltages 0, no neuron refractory."""
        self.voltage = np.zeros(self.n)
        self.refractory_time = np.zeros(self.n)  # what is left of it when the next step begins

    def step(self, inputs: ArrayLike) -> NDArray[np.float64]:
        """One step with the input currents, shape (n,): 1 / t_step where a neuron fires, 0 elsewhere."""
        dt = self.t_step
        ### BEGIN SOLUTION
        current = np.asarray(inputs, dtype=float)
        awake = np.clip(dt - self.refractory_time, 0, dt)
        self.refractory_time = np.maximum(self.refractory_time - dt, 0)
        self.voltage = current + (self.voltage - current) * np.exp(-awake / self.tau_rc)
        fired = self.voltage > self.v_th
        ahead, gap = (current - self.v_th)[fired], (current - self.voltage)[fired]
        since = np.zeros(len(gap))  # how long ago they got there; just now, if they come from above
        rising = gap > 0
        since[rising] = self.tau_rc * np.log(ahead[rising] / gap[rising])
        self.refractory_time[fired] = self.tau_ref - np.minimum(since, awake[fired])
        self.voltage[fired] = 0
        return fired / dt
        ### END SOLUTION


class AdaptiveThreshold:
    """Thresholds of n neurons that grow with each spike and sink back slowly.

        extra <- extra exp(-t_step / tau) + plus z,    threshold = v_th + extra

    with z = 1 for a neuron that has just fired, else 0.

    Parameters
    ----------
    n : how many neurons.
    v_th : the threshold of a neuron that has not fired for a long time.
    plus : what one spike adds, in the units of v_th.
    tau : the time constant with which they sink back, in seconds; math.inf for never.
    t_step : the length of a step, in seconds.
    """

    def __init__(self, n: int, v_th: float = 1.0, plus: float = 0.1, tau: float = 1.0, t_step: float = 0.001):
        self.v_th, self.plus, self.tau, self.t_step = v_th, plus, tau, t_step
        self.extra = np.zeros(n)

    def step(self, spikes: ArrayLike) -> NDArray[np.float64]:
        """The thresholds after one more step, in which these neurons fired (0, or 1 / t_step exactly), shape (n,)."""
        ### BEGIN SOLUTION
        z = np.asarray(spikes) > 0
        self.extra = self.extra * np.exp(-self.t_step / self.tau) + self.plus * z
        return self.v_th + self.extra
        ### END SOLUTION


class STDPWeights:
    """Weights from n_pre inputs to n_post neurons that learn from the order of spikes, by traces.

    The last spike of each leaves a trace that fades from 1: x of the inputs, y of the neurons.
    In one step

    1. both traces fade,
    2. inputs spike: their weights sink by a_minus y, and then their x is set to 1,
    3. neurons fire: their weights grow by a_plus x, and then their y is set to 1,
    4. weights that have left the range from g_min to g_max are set to its nearest end.

    Parameters
    ----------
    weights : the weights to begin with, shape (n_pre, n_post). They are kept in ``w``, which
        the network sets to new values between two steps.
    tau_plus, tau_minus : the time constants of x and of y, in seconds.
    a_plus, a_minus : how much a full trace changes a weight.
    g_min, g_max : the range of the weights.
    soft : whether a change shrinks as the bound comes near: growth by the factor
        (g_max - w), sinking by (w - g_min).
    t_step : the length of a step, in seconds.
    """

    def __init__(
        self,
        weights: ArrayLike,
        tau_plus: float = 0.02,
        tau_minus: float = 0.02,
        a_plus: float = 0.01,
        a_minus: float = 0.005,
        g_min: float = 0.0,
        g_max: float = 1.0,
        soft: bool = False,
        t_step: float = 0.001,
    ):
        self.w = np.array(weights, dtype=float)
        self.tau_plus, self.tau_minus, self.a_plus, self.a_minus = tau_plus, tau_minus, a_plus, a_minus
        self.g_min, self.g_max, self.soft, self.t_step = g_min, g_max, soft, t_step
        self.reset()

    def reset(self) -> None:
        """Forget all spikes, not the weights."""
        self.x, self.y = np.zeros(self.w.shape[0]), np.zeros(self.w.shape[1])

    def step(self, pre: ArrayLike, post: ArrayLike) -> NDArray[np.float64]:
        """The weights after one step in which some inputs (pre) and some neurons (post) spike: > 0 where they do."""
        ### BEGIN SOLUTION
        pre, post = np.asarray(pre) > 0, np.asarray(post) > 0
        self.x *= np.exp(-self.t_step / self.tau_plus)
        self.y *= np.exp(-self.t_step / self.tau_minus)
        room = self.w[pre] - self.g_min if self.soft else 1.0
        self.w[pre] -= self.a_minus * self.y * room
        self.x[pre] = 1
        room = self.g_max - self.w[:, post] if self.soft else 1.0
        self.w[:, post] += self.a_plus * self.x[:, None] * room
        self.y[post] = 1
        np.clip(self.w, self.g_min, self.g_max, out=self.w)
        return self.w
        ### END SOLUTION


def all_but_own(spikes: ArrayLike) -> NDArray[np.float64]:
    """What arrives at each neuron if each one's spikes go to all others, but not to itself.

    Parameters
    ----------
    spikes : one number for each of N neurons.

    Returns
    -------
    N numbers, in time and memory that grow like N and not like N times N.
    """
    ### BEGIN SOLUTION
    spikes = np.asarray(spikes, dtype=float)
    return spikes.sum() - spikes
    ### END SOLUTION


def present(network: Any, image: ArrayLike, max_rate: float, n_steps: int, enough: int) -> NDArray[np.float64]:
    """Show one image until the network has said enough about it: how often each neuron fired.

    Each try begins afresh, lasts n_steps steps, and has one rate throughout. If all neurons
    together fired fewer than ``enough`` times, the image is shown again, 1.25 times as bright:
    with 1.25 times the rate of the try before.

    Parameters
    ----------
    network : has two methods. network.reset() forgets everything before;
        network.step(image, max_rate) is one step, and returns a new array with 1 for each
        neuron that fires in it and 0 for the others.
    image : what is passed to network.step.
    max_rate : the rate of a pixel of full brightness in the first try, in hertz.

    Returns
    -------
    How often each neuron fired in the last try.
    """
    ### BEGIN SOLUTION
    while True:
        network.reset()  # nothing is left of the image before
        said = sum(np.asarray(network.step(image, max_rate), dtype=float) for _ in range(n_steps))
        if said.sum() >= enough:
            return said
        max_rate = max_rate * 1.25
    ### END SOLUTION


def label_neurons(counts: ArrayLike, labels: ArrayLike, n_classes: int = 10) -> NDArray[np.int64]:
    """The class for which each neuron fires most, on average over the class's images.

    Parameters
    ----------
    counts : how often each neuron fired for each image, shape (images, neurons).
    labels : the class of each image, 0 to n_classes - 1. A class may be missing.

    Returns
    -------
    One class for each neuron; -1 for a neuron that never fired. The lowest class
    if two are equal.
    """
    ### BEGIN SOLUTION
    counts, labels = np.asarray(counts, dtype=float), np.asarray(labels)
    response = np.full((n_classes, counts.shape[1]), -1.0)
    for c in np.unique(labels):
        response[c] = counts[labels == c].mean(axis=0)
    return np.where(counts.any(axis=0), response.argmax(axis=0), -1)
    ### END SOLUTION


def vote(counts: ArrayLike, neuron_labels: ArrayLike, n_classes: int = 10) -> NDArray[np.int64]:
    """The class of each image, by the average spike count of the neurons that have its label.

    Parameters
    ----------
    counts : how often each neuron fired for each image, shape (images, neurons).
    neuron_labels : the class of each neuron, -1 for none. A class may have no neuron.

    Returns
    -------
    One class for each image; -1 where no labelled neuron fired. The lowest class
    if two are equal.
    """
    ### BEGIN SOLUTION
    counts, neuron_labels = np.asarray(counts, dtype=float), np.asarray(neuron_labels)
    votes = np.zeros((len(counts), n_classes))
    for c in range(n_classes):
        if (neuron_labels == c).any():
            votes[:, c] = counts[:, neuron_labels == c].mean(axis=1)
    return np.where(votes.any(axis=1), votes.argmax(axis=1), -1)
    ### END SOLUTION
