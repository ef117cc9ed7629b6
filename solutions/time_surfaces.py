r"""Time surfaces: events made into pictures that remember for a while.

Lagorce, Orchard, Galluppi, Shi & Benosman, *HOTS: A hierarchy of event-based time-surfaces for pattern recognition*,
IEEE TPAMI 39 (2017), doi:10.1109/TPAMI.2016.2574707, for the surface of last events, :math:`e^{-(t - t_c)/\tau}`.
"""

from collections.abc import Callable

import ipywidgets as widgets
import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.leaky_integrator import leaky_integrator
from solutions.lif_filters import leaky_integrate_and_fire


def raster(times: ArrayLike, channels: ArrayLike, n_steps: int, n_channels: int) -> NDArray[np.float64]:
    """How many events fall into each step of each channel.

    Parameters
    ----------
    times : when each event happens, 0 or more, in steps and fractions of a step: 3.7 lies in step 3.
    channels : the channel of each event, in the same order.

    Returns
    -------
    An array of shape (n_steps, n_channels), time first.
    """
    ### BEGIN SOLUTION
    counts = np.zeros((n_steps, n_channels))
    np.add.at(counts, (np.floor(times).astype(int), np.asarray(channels, int)), 1)
    return counts
    ### END SOLUTION


def thumbnail(spikes: ArrayLike, steps: int, channels: int) -> NDArray[np.float64]:
    """A small picture of many spikes: each pixel is the mean of a block of that many steps and channels.

    Parameters
    ----------
    spikes : shape (T, N), time first.
    steps, channels : the size of a block. At least one fits. What does not fill a whole block, at the end of either
        axis, is left out.

    Returns
    -------
    The means as a picture: a row for each block of channels, a column for each block of steps.
    """
    ### BEGIN SOLUTION
    spikes = np.asarray(spikes, dtype=float)
    columns, rows = spikes.shape[0] // steps, spikes.shape[1] // channels
    blocks = spikes[: columns * steps, : rows * channels].reshape(columns, steps, rows, channels)
    return blocks.mean(axis=(1, 3)).T
    ### END SOLUTION


def time_surface(spikes: ArrayLike, tau: float) -> NDArray[np.float64]:
    """The time surface of events: the voltages of one leaky integrator for each channel.

    Parameters
    ----------
    spikes : shape (T, N), time first.
    tau : the time constant, in steps.

    Returns
    -------
    The voltages after each step, shape (T, N).
    """
    ### BEGIN SOLUTION
    return leaky_integrator(spikes, tau)
    ### END SOLUTION


def spiking_time_surface(spikes: ArrayLike, tau: float, threshold: float) -> NDArray[np.float64]:
    """The time surface of events as spikes again: those of one integrate-and-fire neuron for each channel.

    Parameters
    ----------
    spikes : shape (T, N), time first.
    tau : the time constant, in steps.
    threshold : the voltage at which a neuron fires, and starts again from 0.

    Returns
    -------
    1 where a neuron fires, 0 elsewhere, shape (T, N).
    """
    ### BEGIN SOLUTION
    fired, _membrane = leaky_integrate_and_fire(spikes, tau, threshold)
    return fired
    ### END SOLUTION


def tau_slider(draw: Callable[[int], None]) -> widgets.Widget:
    """A slider for whole time constants from 2 to 100 steps, which redraws whenever it is moved.

    Parameters
    ----------
    draw : called as draw(tau) with the new time constant each time it changes, and at no other change. Whether it is
        also called once when the slider is made is left to you.

    Returns
    -------
    The widget: a slider of ipywidgets, or a box that holds one.
    """
    ### BEGIN SOLUTION
    control = widgets.IntSlider(value=20, min=2, max=100, description="tau (steps)")
    control.observe(lambda change: draw(change["new"]), names="value")
    return control
    ### END SOLUTION


def last_event_surface(
    times: ArrayLike, channels: ArrayLike, n_channels: int, t: float, tau: float
) -> NDArray[np.float64]:
    """The time surface at one moment, from nothing but the last event of each channel.

        s[c] = exp(-(t - time of the last event of channel c) / tau)

    Parameters
    ----------
    times, channels : the events, in any order. The times are 0 or more.
    t : the moment. Events after it have not happened yet; one at t has.
    tau : the time constant, in the unit of the times.

    Returns
    -------
    One value for each of n_channels channels, 0 where there was no event yet.
    """
    ### BEGIN SOLUTION
    times, channels = np.asarray(times, dtype=float), np.asarray(channels, dtype=int)
    happened = times <= t
    latest = np.full(n_channels, -np.inf)
    np.maximum.at(latest, channels[happened], times[happened])
    return np.exp((latest - t) / tau)
    ### END SOLUTION


def matching_tau(tau: float) -> float:
    """The time constant with which a surface of last events decays just like a leaky integrator with ``tau``.

    Parameters
    ----------
    tau : the time constant of the leaky integrator, in steps, larger than 1.

    Returns
    -------
    The time constant of the surface, in steps.
    """
    ### BEGIN SOLUTION
    return -1 / np.log(1 - 1 / tau)
    ### END SOLUTION


def nearest_centroid(train: ArrayLike, labels: ArrayLike, test: ArrayLike) -> NDArray:
    """The class that each test example belongs to: the one whose centroid is nearest.

    Parameters
    ----------
    train : the examples to learn from, a row of features each, shape (S, F).
    labels : the class of each of them, whole numbers in no special order.
    test : the examples to tell apart, shape (R, F).

    Returns
    -------
    R labels.
    """
    ### BEGIN SOLUTION
    train, labels, test = np.asarray(train, dtype=float), np.asarray(labels), np.asarray(test, dtype=float)
    classes = np.unique(labels)
    centroids = np.stack([train[labels == one].mean(axis=0) for one in classes])
    distances = ((test[:, None] - centroids) ** 2).sum(axis=2)
    return classes[distances.argmin(axis=1)]
    ### END SOLUTION
