"""The figures of the chapter on digits: accuracy, and processor seconds of one thread.

    python benchmarks/digits.py small                         # scikit-learn's digits, all three sizes and k-means
    python benchmarks/digits.py mnist MNIST.npz NEURONS [SEEDS] [PASSES]
    python benchmarks/digits.py kmeans MNIST.npz NEURONS
    python benchmarks/digits.py staircase MNIST.npz           # 600 test digits, 400 neurons
    python benchmarks/digits.py crowding                      # one step, how many winners?
    python benchmarks/digits.py homeostasis                   # how high thresholds get
    python benchmarks/digits.py rate MNIST.npz                # a first try twice as bright
    python benchmarks/digits.py readable                      # images per second, numpy and compiled

MNIST.npz is a file with x_train, y_train, x_test and y_test; "openml" downloads it.
"""

import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy: one thread

import numpy as np

from solutions.diehl_cook import label_neurons, vote
from solutions.models.diehl_cook.compiled import FastNetwork, Settings, for_mnist, linear_readout, proportions
from solutions.models.diehl_cook.digits import mnist, small_digits
from solutions.models.diehl_cook.repairs import classify, stairs


def readouts(network: FastNetwork, data, n_known: int = 10_000) -> dict[str, float]:
    """The network's spikes for the test images read in four ways, named by up to ``n_known`` training images."""
    known, labels = network.respond(data.images[:n_known]), data.labels[:n_known]
    asked, named = network.respond(data.test_images), label_neurons(known, labels)
    straight = np.column_stack([asked, np.ones(len(asked))]) @ linear_readout(known, labels)
    answers = {
        "busiest": named[asked.argmax(axis=1)],
        "vote": vote(asked, named),
        "proportions": (asked @ proportions(known, labels).T).argmax(axis=1),
        "linear": straight.argmax(axis=1),
    }
    return {name: 100 * float(np.mean(given == data.test_labels)) for name, given in answers.items()}


def trained(settings: Settings, data, seed: int, passes: int) -> tuple[FastNetwork, float, np.ndarray]:
    FastNetwork(settings, data.images.shape[1]).train(data.images[:2])  # compiled before the clock starts
    network = FastNetwork(settings, data.images.shape[1], seed)
    begun = time.process_time()
    counts = network.train(data.images, passes)
    return network, time.process_time() - begun, counts


def report(settings: Settings, data, seeds: int, passes: int) -> None:
    rows = []
    for seed in range(seeds):
        network, seconds, counts = trained(settings, data, seed, passes)
        right = readouts(network, data)
        rows.append([*right.values(), seconds])
        told = ", ".join(f"{name} {value:.2f}" for name, value in right.items())
        print(
            f"{data.name}, {settings.neurons} neurons, seed {seed}: {told} % right; "
            f"{len(counts)} images in {seconds:.0f} s of CPU ({len(counts) / seconds:.0f}/s), "
            f"{counts[-1000:].sum(axis=1).mean():.1f} spikes/image, "
            f"thresholds {1 + network.extra.min():.1f} to {1 + network.extra.max():.1f}",
            flush=True,
        )
    print(f"mean of {seeds}: " + ", ".join(f"{value:.2f}" for value in np.mean(rows, axis=0)), flush=True)


def kmeans(data, clusters: int) -> None:
    from sklearn.cluster import KMeans, MiniBatchKMeans

    for unit in (False, True):
        images, asked = data.images, data.test_images
        if unit:
            images, asked = (one / np.linalg.norm(one, axis=1, keepdims=True) for one in (images, asked))
        kind = KMeans(clusters, n_init=1, random_state=0)
        if len(images) > 10_000:
            kind = MiniBatchKMeans(clusters, n_init=1, batch_size=4096, max_iter=30, random_state=0)
        begun = time.process_time()
        kind.fit(images)
        seconds = time.process_time() - begun
        named = label_neurons(np.eye(clusters, dtype=np.int8)[kind.predict(images)], data.labels)
        right = 100 * np.mean(named[kind.predict(asked)] == data.test_labels)
        print(f"k-means, {clusters} clusters{', unit length' * unit}: {right:.2f} % right, {seconds:.0f} s", flush=True)


def staircase(data) -> None:
    network, _, _ = trained(for_mnist(400), data, 0, 1)
    named = label_neurons(network.respond(data.images[:10_000]), data.labels[:10_000])
    truth, before = data.test_labels[:600], np.append(-1, data.test_labels[:599])
    for name, repairs in stairs():
        counts = classify(data.test_images[:600], network, repairs)
        given = vote(counts, named) if repairs.vote else named[counts.argmax(axis=1)]
        wrong = given != truth
        ties = np.mean((counts == counts.max(axis=1, keepdims=True)).sum(axis=1) > 1)
        print(
            f"{name:11} {100 * np.mean(~wrong):5.1f} % right; of the mistakes "
            f"{np.mean(given[wrong] == before[wrong]):.0%} are the label before; ties {ties:.0%}",
            flush=True,
        )


def crowding(data) -> None:
    for neurons in (100, 400, 1600):
        for name, changes in (
            ("all in one step fire ", {"first_only": False}),
            ("all, delays to 10 ms ", {"first_only": False, "max_delay": 0.01}),
            ("only the first fires ", {}),
        ):
            settings = Settings(neurons=neurons, **changes)
            network = FastNetwork(settings, data.images.shape[1])
            counts = network.train(data.images, passes=4, every=4 * len(data.images))
            crossing = network.tally[1] / max(network.tally[0], 1)
            named = label_neurons(network.respond(data.images), data.labels)
            given = vote(network.respond(data.test_images), named)
            print(
                f"{neurons:5} neurons, {name} {100 * np.mean(given == data.test_labels):.1f} % right by vote; "
                f"{np.mean(named >= 0):.0%} of the neurons fire; {counts[-1000:].sum(axis=1).mean():.1f} spikes/image "
                f"in training" + f"; {crossing:.2f} neurons cross for each spike" * settings.first_only,
                flush=True,
            )


def homeostasis(data) -> None:
    for neurons in (100, 400):
        for name, theta_plus in (
            ("the same for every size", 0.02 * 400 / neurons),
            ("in proportion to the size", 0.02),
        ):
            settings = Settings(neurons=neurons, theta_plus=theta_plus)
            network = FastNetwork(settings, data.images.shape[1])
            network.train(data.images, passes=4, every=4 * len(data.images))
            again = network.tally[2] / (4 * len(data.images))
            named = label_neurons(network.respond(data.images), data.labels)
            given = vote(network.respond(data.test_images), named)
            print(
                f"{neurons:4} neurons, a spike's rise {name}: mean threshold {1 + network.extra.mean():.1f}, "
                f"{1 + again:.1f} tries per image, {100 * np.mean(given == data.test_labels):.1f} % right by vote",
                flush=True,
            )


def rate(data) -> None:
    for hertz in (63.75, 127.5):
        settings = for_mnist(400, max_rate=hertz)
        FastNetwork(settings, data.images.shape[1]).train(data.images[:2])
        network = FastNetwork(settings, data.images.shape[1])
        network.train(data.images[:10_000])
        right = readouts(network, data, 5_000)
        print(
            f"first try at {hertz} Hz: " + ", ".join(f"{name} {value:.2f}" for name, value in right.items()), flush=True
        )


def readable(data) -> None:
    from solutions.diehl_cook import (
        LIF,
        AdaptiveThreshold,
        STDPWeights,
        SynapseCollection,
        all_but_own,
        poisson_fire,
        present,
    )
    from solutions.models.diehl_cook.network import DigitNetwork

    network, seconds, counts = trained(Settings(neurons=400), data, 0, 4)
    print(f"compiled  {len(counts) / seconds:8.0f} images/s of CPU")
    s = network.settings
    slow = DigitNetwork(
        poisson_fire,
        SynapseCollection(400, s.tau_s),
        LIF(400, s.tau_rc, s.tau_ref),
        AdaptiveThreshold(400, 1.0, s.plus, np.inf),
        STDPWeights(network.weights, a_plus=s.a_plus, a_minus=0.0),
        all_but_own,
        np.random.default_rng(0),
    )
    slow.thresholds.extra = network.extra.copy()
    begun = time.process_time()
    for image in data.images[:30]:
        present(slow, image, s.max_rate, s.n_steps, s.enough)
        slow.normalise(s.mean_weight)
    print(f"readable  {30 / (time.process_time() - begun):8.1f} images/s of CPU")


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    what, *rest = sys.argv[1:]
    data = mnist(rest[0]) if rest else small_digits()
    numbers = [int(one) for one in rest[1:]]
    if what == "mnist":
        neurons, seeds, passes = [*numbers, 3, 1][:3] if len(numbers) == 1 else [*numbers, 1][:3]
        report(for_mnist(neurons), data, seeds, passes)
    elif what == "small":
        for neurons in (100, 400):
            report(Settings(neurons=neurons), data, 3, 4)
        kmeans(data, 400)
    elif what == "kmeans":
        kmeans(data, numbers[0])
    else:
        others = {
            "staircase": staircase,
            "crowding": crowding,
            "homeostasis": homeostasis,
            "rate": rate,
            "readable": readable,
        }
        others[what](data)


if __name__ == "__main__":
    main()
