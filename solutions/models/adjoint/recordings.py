"""Recordings of events in channels, many of them as one batch of flat arrays. Times are in ms."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Events(NamedTuple):
    """A batch of recordings: event ``first[b]`` to ``first[b + 1]`` belong to recording b, in the order of time."""

    times: NDArray
    channels: NDArray
    first: NDArray


def events_of(recordings: Sequence[tuple[ArrayLike, ArrayLike]]) -> Events:
    """A batch of recordings, each a pair of times (ms, from 0) and channels."""
    if not len(recordings):
        raise ValueError("a batch needs at least one recording, and the list is empty")
    times, channels = [], []
    for number, (when, where) in enumerate(recordings):
        when, where = np.asarray(when, dtype=float), np.asarray(where)
        if when.ndim != 1 or when.shape != where.shape:
            raise ValueError(f"recording {number}: {when.shape} times and {where.shape} channels; one each is expected")
        if when.size and not (np.isfinite(when).all() and when.min() >= 0):
            raise ValueError(f"recording {number}: times have to be finite and not before 0, and one is {when.min()}")
        order = np.argsort(when, kind="stable")
        times.append(when[order])
        channels.append(where[order])
    first = np.concatenate([[0], np.cumsum([len(one) for one in times])])
    return Events(np.concatenate(times), np.concatenate(channels).astype(np.int32), first.astype(np.int64))


def events_of_raster(raster: ArrayLike, dt: float = 1.0) -> Events:
    """A batch from an array (recordings, steps, channels) that is 1 where there is an event, at the start of a step."""
    raster = np.asarray(raster)
    if raster.ndim != 3:
        raise ValueError(f"raster has shape {raster.shape}; (recordings, steps, channels) is expected")
    flat = np.flatnonzero(raster != 0)  # many times quicker from truth values than from floats
    recording, step = np.divmod(flat // raster.shape[2], raster.shape[1])
    first = np.searchsorted(recording, np.arange(len(raster) + 1))
    return Events(step * dt, (flat % raster.shape[2]).astype(np.int32), first)


def some(events: Events, which: NDArray) -> Events:
    """The batch of these recordings only."""
    length = np.diff(events.first)[which]
    first = np.concatenate([[0], np.cumsum(length)])
    place = np.arange(first[-1]) + np.repeat(events.first[:-1][which] - first[:-1], length)
    return Events(events.times[place], events.channels[place], first)
