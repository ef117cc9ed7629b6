"""The network of the chapter on digits once more, compiled: the same model, some hundred times as fast.

What makes it fast: nothing is done for a silent input. The potentials of all synapses of a neuron fade alike, so
one number per neuron stands for their sum (a filter is linear). A trace is computed when somebody asks for it; weights
are touched when their neuron fires. What is left for every step is one multiplication and one addition per neuron.
"""

import math
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import numpy as np
from numba import njit


def compiled(function: Callable) -> Callable:
    """Compile at the first call, and keep the result beside the file where that can be written."""
    try:
        return njit(cache=True, error_model="numpy")(function)
    except RuntimeError:  # no place to keep it: in the room where notebooks are graded, say
        return njit(error_model="numpy")(function)


@dataclass(frozen=True)
class Settings:
    """The network's numbers: times in seconds, rates in hertz, voltages in units of the resting threshold."""

    neurons: int = 400
    max_rate: float = 63.75  # of a full pixel
    seconds: float = 0.35  # how long an image is shown
    enough: int = 5  # spikes, before the network may go on
    t_step: float = 0.001
    tau_s: float = 0.005  # synapse
    tau_rc: float = 0.05  # membrane
    tau_ref: float = 0.005
    inhibition: float = 1.0  # how far a spike pushes all others down
    floor: float = -1.0  # no farther than here
    first_only: bool = True  # of several neurons that get there in one step, only the first fires
    theta_plus: float = 0.02  # what a spike adds to its neuron's threshold, where there are 400 neurons
    tau_theta: float = 1e4
    tau_plus: float = 0.02
    tau_minus: float = 0.02
    a_plus: float = 0.01
    a_plus_end: float = 0.01  # at the end of the training
    a_minus: float = 0.0
    mean_weight: float = 0.1  # kept so by the normalisation; 0: no normalisation
    max_delay: float = 0.0  # of the synapses from the inputs, drawn at random from 0 to this

    @property
    def n_steps(self) -> int:
        return round(self.seconds / self.t_step)

    @property
    def plus(self) -> float:
        """What one spike adds to its neuron's threshold: the more neurons, the rarer each one's turn, the more."""
        return self.theta_plus * self.neurons / 400


def for_mnist(neurons: int, **changes) -> Settings:
    """Settings for the large digits: thresholds that sink within 6000 images, and the fewer neurons, the slower.

    With fewer neurons each one's turn comes more often, and each stands for more images. It gets less tired by each
    (:attr:`Settings.plus`), learns less from each, and in the end a tenth of that.
    """
    rate = 0.01 * min(1.0, neurons / 400) ** 0.5
    end = rate if neurons >= 400 else rate / 10
    return Settings(**{"neurons": neurons, "tau_theta": 3000.0, "a_plus": rate, "a_plus_end": end} | changes)


@compiled
def _uniform(state):
    """A number between 0 and 1 from splitmix64: the state is one number, so a training can be taken up again."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@compiled
def _draw_spikes(chances, state, heads, following, channels):
    """Poisson spikes of all inputs as one linked list for each step. Gaps between spikes are drawn, not steps."""
    heads[:] = -1
    n = 0
    for i in range(chances.size):
        chance = min(chances[i], 0.999)
        if chance <= 0:
            continue
        scale = 1.0 / math.log(1.0 - chance)
        t = int(math.log(1.0 - _uniform(state)) * scale)
        while t < heads.size:
            channels[n] = i
            following[n] = heads[t]
            heads[t] = n
            n += 1
            t += 1 + int(math.log(1.0 - _uniform(state)) * scale)


@compiled
def _show(heads, following, channels, w, extra, delays, numbers, learn, eta, scratch, traces, counts, fired_at):
    """One presentation, from a fresh start. Changes w and extra if learn; fills counts and fired_at (if not empty)."""
    n_in, n = w.shape
    dt, tau_s, tau_rc, tau_ref, inhibition, floor = numbers[:6]
    first_only, plus, tau_plus, tau_minus, a_minus = numbers[6] > 0, numbers[7], numbers[8], numbers[9], numbers[10]
    drive, v, threshold, waiting = scratch[0], scratch[1], scratch[2], scratch[3]
    x, x_at, y, y_at = traces[0], traces[1], traces[2], traces[3]
    kind = w.dtype.type
    a, keep = kind(math.exp(-dt / tau_s)), kind(math.exp(-dt / tau_rc))
    weight_of_one = kind((1.0 - math.exp(-dt / tau_s)) / dt / n_in)
    low = kind(floor)
    ring = delays.size > 0
    depth = int(delays.max()) + 1 if ring else 1
    late = np.zeros((depth, n), w.dtype)
    drive[:] = 0
    v[:] = 0
    waiting[:] = 0
    x[:] = 0
    x_at[:] = 0
    y[:] = 0
    y_at[:] = 0
    counts[:] = 0
    for j in range(n):
        threshold[j] = numbers[11] + extra[j]
    asleep_until = -1
    total = 0
    crossings = 0
    spoke = np.empty(n, np.int64)
    n_spoke = 0
    for t in range(heads.size):
        k = heads[t]
        while k >= 0:
            i = channels[k]
            if ring:
                for j in range(n):
                    late[(t + delays[i, j]) % depth, j] += weight_of_one * w[i, j]
            else:
                for j in range(n):
                    drive[j] += weight_of_one * w[i, j]
            if learn:
                if a_minus > 0:
                    for m in range(n_spoke):
                        j = spoke[m]
                        trace = y[j] * math.exp((y_at[j] - t) * dt / tau_minus)
                        w[i, j] = max(w[i, j] - kind(a_minus * trace), kind(0))
                x[i] = 1.0
                x_at[i] = t
            k = following[k]
        if ring:
            for j in range(n):
                drive[j] += late[t % depth, j]
                late[t % depth, j] = 0
        over = 0
        if t <= asleep_until:
            for j in range(n):
                awake = min(max(dt - waiting[j], 0.0), dt)
                waiting[j] = max(waiting[j] - dt, 0.0)
                if awake == dt:
                    v[j] = drive[j] + (v[j] - drive[j]) * keep
                else:
                    v[j] = drive[j] + (v[j] - drive[j]) * kind(math.exp(-awake / tau_rc))
                over += v[j] > threshold[j]
        else:
            for j in range(n):
                v[j] = drive[j] + (v[j] - drive[j]) * keep
                over += v[j] > threshold[j]
        if over > 0:
            crossings += over
            first, earliest, fired = -1, 0.0, 0
            for j in range(n):
                if v[j] > threshold[j]:
                    since = 0.0
                    gap = float(drive[j]) - float(v[j])
                    if gap > 0:
                        since = tau_rc * math.log((float(drive[j]) - float(threshold[j])) / gap)
                    if first < 0 or since > earliest:
                        first, earliest = j, since
                    if not first_only:
                        # who slept for a part of this step cannot have been there before it woke
                        waiting[j] = tau_ref - min(since, dt)
                        counts[j] += 1
                        fired += 1
            if first_only:
                waiting[first] = tau_ref - min(earliest, dt)
                counts[first] += 1
                fired = 1
            asleep_until = t + int(tau_ref / dt) + 2
            total += fired
            push = kind(inhibition)
            for j in range(n):
                was_over = v[j] > threshold[j]
                one = was_over and (not first_only or j == first)
                if was_over:
                    v[j] = 0 if one else threshold[j]
                v[j] = max(v[j] - push * (fired - one), low)
                if one:
                    if fired_at.size > 0:
                        fired_at[t, j] = 1
                    if learn:
                        extra[j] += plus
                        threshold[j] = numbers[11] + extra[j]
                        for i in range(n_in):
                            if x[i] > 0:
                                grown = w[i, j] + kind(eta * x[i] * math.exp((x_at[i] - t) * dt / tau_plus))
                                w[i, j] = min(grown, kind(1))
                        y[j] = 1.0
                        y_at[j] = t
                        if counts[j] == 1:
                            spoke[n_spoke] = j
                            n_spoke += 1
        for j in range(n):
            drive[j] *= a
    return total, crossings


@compiled
def _run(images, w, extra, delays, numbers, learn, etas, seeds, enough, mean_weight, sinks, counts, tally):
    """Show images one after the other; counts (images, neurons) is filled."""
    n_in, n = w.shape
    n_steps, dt, max_rate = int(numbers[12]), numbers[0], numbers[13]
    heads, following = np.empty(n_steps, np.int32), np.empty(n_steps * n_in, np.int32)
    channels = np.empty(n_steps * n_in, np.int32)
    scratch, traces = np.empty((4, n), w.dtype), np.empty((4, max(n, n_in)))
    nobody, state = np.empty((0, 0), np.uint8), np.empty(1, np.uint64)
    for number in range(len(images)):
        state[0] = seeds[number]
        rate = max_rate
        for _ in range(20):
            _draw_spikes(images[number] * (rate * dt), state, heads, following, channels)
            total, crossings = _show(
                heads, following, channels, w, extra, delays, numbers, learn, etas[number], scratch, traces,
                counts[number], nobody,
            )  # fmt: skip
            tally[0] += total
            tally[1] += crossings
            if learn and mean_weight > 0:
                for j in range(n):
                    if counts[number, j] > 0:
                        found = 0.0
                        for i in range(n_in):
                            found += w[i, j]
                        factor = w.dtype.type(mean_weight * n_in / found)
                        for i in range(n_in):
                            w[i, j] *= factor
            if total >= enough:
                break
            rate *= 1.25
            tally[2] += 1
        if learn:
            for j in range(n):
                extra[j] *= sinks


@dataclass
class FastNetwork:
    """Inputs, weights, neurons that silence each other and whose thresholds adapt: it learns, and it answers.

    ``weights`` has shape (inputs, neurons), ``extra`` what the neurons' thresholds have grown by; ``seen`` counts the
    images learned from. The same seed gives the same network, whatever was done in between.
    """

    settings: Settings
    n_inputs: int
    seed: int = 0
    dtype: type = np.float32
    seen: int = 0
    weights: np.ndarray = field(init=False)
    extra: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        rng = np.random.default_rng(self.seed)
        self.weights = 0.01 + 0.3 * rng.random((self.n_inputs, self.settings.neurons))
        mean = self.settings.mean_weight or 0.1
        self.weights = (self.weights * (mean / self.weights.mean(axis=0))).astype(self.dtype)
        self.extra = np.zeros(self.settings.neurons)
        deepest = round(self.settings.max_delay / self.settings.t_step)
        shape = self.weights.shape if deepest else (0, 0)
        self.delays = rng.integers(0, deepest + 1, shape).astype(np.int16)
        self.tally = np.zeros(3)

    def train(
        self,
        images: np.ndarray,
        passes: int = 1,
        every: int = 250,
        watch: Callable[["FastNetwork", np.ndarray, np.ndarray], None] | None = None,
        checkpoint: str | os.PathLike | None = None,
    ) -> np.ndarray:
        """Learn from images, shape (images, inputs), values from 0 to 1; nobody asks for their labels.

        Each pass is in an order of its own, drawn from the seed. After every so many images, ``watch(network, which,
        counts)`` is called with the numbers of these images and the spikes they caused. With a ``checkpoint`` the state
        is saved each time; a killed training that is begun again goes on from there and ends the same.

        Returns the spike counts, (images shown by this call, neurons), and ``seen`` says how many there were in all.
        """
        images = _checked(images, self.n_inputs)
        order = np.concatenate([np.random.default_rng((self.seed, k)).permutation(len(images)) for k in range(passes)])
        if checkpoint and Path(checkpoint).exists():
            self._take_up(Path(checkpoint), images)
        collected = []
        while self.seen < len(order):
            which = order[self.seen : self.seen + every]
            etas = np.linspace(self.settings.a_plus, self.settings.a_plus_end, len(order))[self.seen :][: len(which)]
            counts = self._present(images[which], True, etas, self.seen)
            self.seen += len(which)
            collected.append(counts)
            if checkpoint:
                self._save(Path(checkpoint), images)
            if watch:
                watch(self, which, counts)
        return np.concatenate(collected) if collected else np.zeros((0, self.settings.neurons), np.int16)

    def respond(self, images: np.ndarray) -> np.ndarray:
        """How often each neuron fires for each image, with weights and thresholds frozen: shape (images, neurons)."""
        images = _checked(images, self.n_inputs)
        return self._present(images, False, np.zeros(len(images)), 1 << 40)

    def show_spikes(self, raster: np.ndarray, learn: bool) -> np.ndarray:
        """Which neurons fire in which step for given input spikes, both (steps, inputs or neurons): no randomness."""
        raster = np.asarray(raster) > 0
        steps, inputs = np.nonzero(raster)
        heads, following = np.full(len(raster), -1, np.int32), np.empty(len(steps), np.int32)
        for k, step in enumerate(steps):
            following[k], heads[step] = heads[step], k
        n = self.settings.neurons
        scratch, traces = np.empty((4, n), self.weights.dtype), np.empty((4, max(n, self.n_inputs)))
        counts, fired = np.zeros(n, np.int16), np.zeros((len(raster), n), np.uint8)
        _show(
            heads, following, inputs.astype(np.int32), self.weights, self.extra, self.delays, self._numbers(), learn,
            self.settings.a_plus, scratch, traces, counts, fired,
        )  # fmt: skip
        return fired

    def _numbers(self) -> np.ndarray:
        s = self.settings
        return np.array(
            [s.t_step, s.tau_s, s.tau_rc, s.tau_ref, s.inhibition, s.floor, s.first_only, s.plus, s.tau_plus,
             s.tau_minus, s.a_minus, 1.0, s.n_steps, s.max_rate], dtype=float,
        )  # fmt: skip

    def _present(self, images: np.ndarray, learn: bool, etas: np.ndarray, first: int) -> np.ndarray:
        s = self.settings
        counts = np.zeros((len(images), s.neurons), np.int16)
        seeds = np.random.SeedSequence(self.seed).generate_state(1, np.uint64)[0] + np.uint64(0xD1342543DE82EF95) * (
            np.arange(first, first + len(images), dtype=np.uint64)
        )
        sinks = math.exp(-(s.seconds + 0.15) / s.tau_theta)
        self.tally[:] = 0
        _run(
            images, self.weights, self.extra, self.delays, self._numbers(), learn, etas, seeds, s.enough,
            s.mean_weight, sinks, counts, self.tally,
        )  # fmt: skip
        return counts

    def _save(self, path: Path, images: np.ndarray) -> None:
        beside = path.with_name(path.name + ".part.npz")  # a kill while writing leaves the last one whole
        told = np.array([self.seed, len(images), self.n_inputs])
        np.savez(beside, weights=self.weights, extra=self.extra, seen=self.seen, told=told)
        os.replace(beside, path)

    def _take_up(self, path: Path, images: np.ndarray) -> None:
        with np.load(path) as saved:
            if saved["told"].tolist() != [self.seed, len(images), self.n_inputs] or (
                saved["weights"].shape != self.weights.shape
            ):
                raise ValueError(f"{path} is the checkpoint of another training: another seed, size or set of images")
            self.weights, self.extra = saved["weights"], saved["extra"]
            self.seen = int(saved["seen"])


def _checked(images: np.ndarray, n_inputs: int) -> np.ndarray:
    images = np.ascontiguousarray(images, dtype=np.float32)
    if images.ndim != 2 or images.shape[1] != n_inputs:
        raise ValueError(f"images has shape {images.shape}: expected (images, {n_inputs})")
    if not (images.min(initial=0) >= 0 and images.max(initial=0) <= 1):
        raise ValueError("images has values outside 0 to 1: divide by the value of a full pixel")
    return images


class Progress:
    """A bar for :meth:`FastNetwork.train`: images per second, and how often the network would have been right so far.

    The labels are used only to say so: neurons are named by what they did in the stretch before.
    """

    def __init__(self, labels: np.ndarray, total: int, show: bool = True):
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        self.labels, self.total, self.begun = np.asarray(labels), total, perf_counter()
        self.before: list[tuple[np.ndarray, np.ndarray]] = []
        self.curve: list[tuple[int, float]] = []
        self.bar = Progress(BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), disable=not show)
        self.task = self.bar.add_task("", total=total)

    def __call__(self, network: FastNetwork, which: np.ndarray, counts: np.ndarray) -> None:
        self.bar.start()  # once: a training that is already over shows none
        right = float("nan")
        if self.before:
            known = np.concatenate([one for one, _ in self.before])
            named = np.concatenate([one for _, one in self.before])
            shares = proportions(known, named)
            right = float(np.mean((counts @ shares.T).argmax(axis=1) == self.labels[which]))
            self.curve.append((network.seen, right))
        self.before = [*self.before, (counts, self.labels[which])][-8:]
        speed = network.seen / (perf_counter() - self.begun)
        self.bar.update(self.task, completed=network.seen, description=f"{speed:.0f} images/s, {right:.0%} right")
        if network.seen >= self.total:
            self.bar.stop()


def proportions(counts: np.ndarray, labels: np.ndarray, n_classes: int = 10) -> np.ndarray:
    """Of each neuron's spikes, which share belongs to which class: shape (classes, neurons), 0 for a silent neuron."""
    mean = np.stack(
        [counts[labels == c].mean(axis=0) if (labels == c).any() else np.zeros(counts.shape[1])
         for c in range(n_classes)]
    )  # fmt: skip
    return mean / np.maximum(mean.sum(axis=0), 1e-9)


def linear_readout(counts: np.ndarray, labels: np.ndarray, ridge: float = 10.0, n_classes: int = 10) -> np.ndarray:
    """Weights of a linear classifier on spike counts, by least squares: shape (neurons + 1, classes)."""
    ones = np.column_stack([counts.astype(float), np.ones(len(counts))])
    wanted = np.eye(n_classes)[labels]
    return np.linalg.solve(ones.T @ ones + ridge * np.eye(ones.shape[1]), ones.T @ wanted)
