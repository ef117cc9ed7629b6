"""The digit network compiled: it learns from thousands of images per second, and answers on all processors."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from solutions.models.compiled import THREADS
from solutions.models.diehl_cook.compiled import Numbers, State, blank_state, listed
from solutions.models.diehl_cook.estimator import DigitEstimator
from solutions.models.diehl_cook.kernels import RESTING, run, run_some, show
from solutions.models.diehl_cook.settings import Pace, Settings

TOGETHER = 50  # images for which one product of matrices says who takes part, while ``nearest`` is set


class DigitClassifier(DigitEstimator):
    """Digits learned without labels, by 400 spiking neurons that silence each other: compiled by Numba.

    For given input spikes it fires the same spikes as the readable
    :class:`~solutions.models.diehl_cook.network.DigitNetwork`, and learns the same. After Diehl & Cook, Front. Comput.
    Neurosci. 9:99 (2015), doi:10.3389/fncom.2015.00099.

    Parameters
    ----------
    settings : the network's numbers; None for those of the chapter, 400 neurons.
    inhibitory_cells : whether each neuron inhibits the others through an inhibitory cell of its own, as in
        :class:`~solutions.models.diehl_cook.network.ExcitatoryInhibitoryNetwork`.
    label_neurons, vote : the parts, as the chapter defines them. A network learns without them, and can be given them
        later by ``set_params``.
    passes : how often each image is learned from.
    readout : how spikes are read: by "vote" of the named neurons; by "proportions", where a neuron speaks for every
        class in proportion to its spikes for it; or "linear", by the weights that least squares finds.
    random_state : the same number gives the same network, whatever was done in between; None another each time.
    nearest : how many neurons take part in an image, None for all: those that the image drives farthest for the height
        of their thresholds, as far as their mean voltages say. The others would hardly get there, and inhibition only
        pushes them down. Of large networks it takes a small part of the time, and nearly all images get the same
        spikes. While it learns, who takes part is found for 50 images together.
    dtype : of the weights and voltages, np.float32 or np.float64.
    verbose : whether ``fit`` shows a bar.

    Examples
    --------
    >>> from solutions import DigitClassifier
    >>> from solutions.models.diehl_cook.digits import small_digits
    >>> data = small_digits()  # 8 x 8 pixels, a quarter held out
    >>> network = DigitClassifier(passes=4).fit(data.images)  # learns, and sees no labels
    >>> network.label(data.images, data.labels).predict(data.test_images[:8])
    array([8, 6, 2, 5, 9, 8, 5, 3])
    >>> network.score(data.test_images, data.test_labels) > 0.93
    True
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        label_neurons: Callable | None = None,
        vote: Callable | None = None,
        inhibitory_cells: bool = False,
        passes: int = 1,
        readout: str = "vote",
        nearest: int | None = None,
        random_state: int | None = 0,
        dtype: DTypeLike = np.float32,
        verbose: bool = False,
    ):
        self.settings, self.inhibitory_cells = settings, inhibitory_cells
        self.label_neurons, self.vote, self.readout = label_neurons, vote, readout
        self.passes, self.random_state, self.dtype, self.verbose = passes, random_state, dtype, verbose
        self.nearest = nearest

    def _start(self, weights: NDArray) -> None:
        s = self.settings_
        if self.inhibitory_cells:
            _one_spike_is_enough(s)
        if self.nearest is not None:
            _some_may_take_part(self.nearest, s, self.inhibitory_cells)
        self.weights_ = weights.astype(self.dtype)
        deepest = round(s.max_delay / s.t_step)
        shape = weights.shape if deepest else (0, 0)
        self._delays = self._rng.integers(0, deepest + 1, shape).astype(np.int16)
        self._numbers = Numbers.of(s, self.inhibitory_cells)
        self._state = self._blank()
        self.tally_ = np.zeros(3)  # spikes, neurons above their thresholds, tries beyond the first; of the last call

    def _show(self, images: NDArray, pace: Pace | None, first: int) -> NDArray[np.int16]:
        counts = np.zeros((len(images), self.settings_.neurons), np.int16)
        numbers = np.arange(first, first + len(images), dtype=np.uint64)
        seeds = (
            np.random.SeedSequence(self.seed_).generate_state(1, np.uint64)[0] + np.uint64(0xD1342543DE82EF95) * numbers
        )
        if self.nearest is not None:  # each neuron's weights in one piece of memory
            self.weights_ = np.asfortranarray(self.weights_)
        if pace is not None:
            self.tally_ = self._run(images, pace, seeds, self._state, counts)
            return counts

        def part_of(begin: int, end: int) -> NDArray:
            return self._run(images[begin:end], None, seeds[begin:end], self._blank(), counts[begin:end])

        # Nothing is learned, and each image has numbers of its own: so it does not matter which comes first.
        ends = np.linspace(0, len(images), THREADS + 1).astype(int)
        with ThreadPoolExecutor(THREADS) as pool:
            self.tally_ = np.sum(list(pool.map(part_of, ends[:-1], ends[1:])), axis=0)
        return counts

    def _run(self, images: NDArray, pace: Pace | None, seeds: NDArray, state: State, counts: NDArray) -> NDArray:
        tally, learn = np.zeros(3), pace is not None
        pace = pace or Pace(np.zeros(len(images)), np.ones(len(images)))
        if self.nearest is None:
            run(
                images, self.weights_, self.extra_, self._delays, self._numbers, learn, pace, seeds, state, counts,
                tally,
            )  # fmt: skip
            return tally
        for begin in range(0, len(images), TOGETHER):
            now = slice(begin, begin + TOGETHER)
            run_some(
                images[now], self._within_reach(images[now]), self.weights_.T, self.extra_, self._numbers, learn,
                pace.of(now), seeds[now], state, counts[now], tally,
            )  # fmt: skip
        return tally

    def _within_reach(self, images: NDArray) -> NDArray[np.intp]:
        """Which neurons an image drives farthest, measured by the height of their thresholds: (images, nearest)."""
        reached = (images @ self.weights_) / (RESTING + self.extra_).astype(self.dtype)
        return np.sort(np.argpartition(reached, -self._taking_part, axis=1)[:, -self._taking_part :], axis=1)

    @property
    def _taking_part(self) -> int:
        """How many neurons take part in one image."""
        return min(self.nearest or self.settings_.neurons, self.settings_.neurons)

    def _blank(self) -> State:
        return blank_state(self.n_features_in_, self._taking_part, self.dtype)

    def show_spikes(self, raster: ArrayLike, learn: bool) -> NDArray[np.uint8]:
        """Which neurons fire in which step for given input spikes, both (steps, inputs or neurons): no randomness."""
        self._needs("n_features_in_", "fit(images), or start(n_inputs)")
        s, state = self.settings_, blank_state(self.n_features_in_, self.settings_.neurons, self.dtype)
        raster, n = np.asarray(raster) > 0, s.neurons
        counts, fired = np.zeros(n, np.int16), np.zeros((len(raster), n), np.uint8)
        show(
            listed(raster), self.weights_, self.extra_, self._delays, self._numbers, learn, Pace(s.a_plus, 1.0), state,
            counts, fired,
        )  # fmt: skip
        return fired


def _one_spike_is_enough(s: Settings) -> None:
    """An inhibitory cell fires once for each spike of its neuron, in the same step: so its spikes need no loop."""
    reached = s.excitation / s.t_step * -np.expm1(-s.t_step / s.tau_cell)
    if reached <= 1 or s.tau_cell_ref + s.t_step > s.tau_ref:
        raise ValueError(
            f"excitation is {s.excitation} and tau_cell_ref {s.tau_cell_ref} s: expected a cell that fires once for "
            "each spike of its neuron. The readable ExcitatoryInhibitoryNetwork takes others"
        )


def _some_may_take_part(nearest: int, s: Settings, inhibitory_cells: bool) -> None:
    """Mean voltages say who may fire only where nothing delays spikes, and where each spike pushes all others."""
    if isinstance(nearest, bool) or not isinstance(nearest, int | np.integer) or nearest < 1:
        raise ValueError(f"nearest is {nearest!r}: expected None, or how many neurons take part, 1 or more")
    if inhibitory_cells or s.max_delay or not s.first_only:
        raise ValueError(
            f"nearest is {nearest}: expected None where there are inhibitory cells or delays, or more than the first "
            "may fire"
        )
