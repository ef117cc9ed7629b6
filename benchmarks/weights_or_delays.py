"""Weights, delays, or both: words of the same six channels in another order, told by networks of equal size.

A word is an order of six channels, each of which spikes once, 10 ms after the one before, give or take 2 ms. There are
three words, and counts say nothing. Networks without recurrence learn by exact gradients (Adam), with as many learned
numbers each: 72 weights, 72 delays, or 36 of both. For each kind the rate of learning is chosen on words of its own
(validation), which are neither those that it learns from nor those that it is tested on. Prints the table of the
chapter; some four minutes of processor time.

    python benchmarks/weights_or_delays.py
"""

import os
import time
from concurrent.futures import ProcessPoolExecutor

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy: one thread

import numpy as np

from solutions import DelayedNetwork

N_IN, N_WORDS, DURATION = 6, 3, 110.0
RATES = (0.03, 0.1, 0.3, 1.0)
"""Of weights; of delays, in ms, ten times as much."""
SEEDS = range(5)
EPOCHS, BATCH, N_TRAIN, N_OTHER = 20, 6, 24, 60
KINDS = {
    "weights, without delays": (8, True, False, 0.0),
    "weights, fixed random delays": (8, True, False, 20.0),
    "delays": (8, False, True, 20.0),
    "weights and delays": (4, True, True, 20.0),
}
"""Of each: hidden neurons, whether weights and whether delays learn, and up to which delay it begins, in ms."""


def words(seed, number, orders):
    """Inputs (times, senders) and the word of each."""
    rng = np.random.default_rng(seed)
    said = rng.permutation(np.arange(number) % N_WORDS)
    heard = []
    for word in said:
        times = 5.0 + 10.0 * np.arange(N_IN) + rng.normal(0.0, 2.0, N_IN)
        heard.append((np.maximum(times, 0.0), orders[word]))
    return heard, said


def share_right(network, heard, said):
    """Which share is recognised, by the highest mean voltage, and the hidden spikes of a word."""
    right, spikes = 0, 0
    for spikes_in, word in zip(heard, said, strict=True):
        run = network.run(*spikes_in, duration=DURATION)
        right += min(range(N_WORDS), key=run.loss) == word
        spikes += len(run.spikes)
    return right / len(said), spikes / len(said)


def learned(kind, rate, seed):
    """One network, trained: its shares of validation and test words, hidden spikes, and CPU seconds."""
    n_hidden, by_weight, by_delay, longest = KINDS[kind]
    rng = np.random.default_rng([seed, 7])
    orders = [rng.permutation(N_IN) for _ in range(N_WORDS)]
    train, validation, test = (words([seed, n], number, orders) for n, number in enumerate((N_TRAIN, N_OTHER, N_OTHER)))
    weights = np.zeros((N_IN + n_hidden, n_hidden + N_WORDS))
    weights[:N_IN, :n_hidden] = rng.normal(3.0, 1.5, (N_IN, n_hidden))
    weights[N_IN:, n_hidden:] = rng.normal(0.0, 3.0, (n_hidden, N_WORDS))
    synapses = weights != 0
    delays = rng.uniform(0.0, 1.0, weights.shape) * longest
    network = DelayedNetwork(N_IN, n_hidden, N_WORDS, weights=weights, delays=delays)
    begun, moments, step = time.process_time(), np.zeros((2, 2, *weights.shape)), 0
    for _ in range(EPOCHS):
        order = rng.permutation(N_TRAIN)
        for some in order.reshape(-1, BATCH):
            slopes = np.zeros((2, *weights.shape))
            for k in some:
                run = network.run(*train[0][k], duration=DURATION)
                slopes += network.gradients(run, int(train[1][k]))
            step += 1
            slopes /= BATCH
            moments[0] += 0.1 * (slopes - moments[0])
            moments[1] += 0.01 * (slopes**2 - moments[1])
            change = moments[0] / (1 - 0.9**step) / (np.sqrt(moments[1] / (1 - 0.99**step)) + 1e-8)
            changed = {}
            if by_weight:
                moved = network.weights - rate * change[0]
                changed["weights"] = np.where(synapses, np.where(moved == 0, 1e-9, moved), 0.0)
            if by_delay:
                changed["delays"] = np.clip(network.delays - 10 * rate * change[1], 0.0, 40.0)
            network = network._with(**changed)
    seconds = time.process_time() - begun
    return share_right(network, *validation)[0], *share_right(network, *test), seconds


def main():
    """Print the table."""
    asked = [(kind, rate, seed) for kind in KINDS for rate in RATES for seed in SEEDS]
    with ProcessPoolExecutor(2) as workers:
        found = dict(zip(asked, workers.map(learned, *zip(*asked, strict=True)), strict=True))
    print("| learns | numbers learned | rate | test words, seeds 0 to 4 | mean | standard error | spikes | CPU |")
    for kind, (n_hidden, by_weight, by_delay, _) in KINDS.items():
        rate = max(RATES, key=lambda one: np.mean([found[kind, one, seed][0] for seed in SEEDS]))
        validated, tested, spikes, seconds = np.array([found[kind, rate, seed] for seed in SEEDS]).T
        numbers = n_hidden * (N_IN + N_WORDS) * (by_weight + by_delay)
        shares = ", ".join(f"{100 * share:.0f}" for share in tested)
        error = 100 * tested.std(ddof=1) / len(SEEDS) ** 0.5
        print(
            f"| {kind} | {numbers} | {rate} | {shares} % | {100 * tested.mean():.1f} % | {error:.1f} | "
            f"{spikes.mean():.1f} | {seconds.mean():.0f} s |  (validation {100 * validated.mean():.1f} %)",
            flush=True,
        )


if __name__ == "__main__":
    main()
