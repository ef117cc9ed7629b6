"""The figures of the chapter on digits: accuracy, and processor seconds of one thread.

    python benchmarks/digits.py small                         # scikit-learn's digits, all three sizes and k-means
    python benchmarks/digits.py mnist MNIST.npz NEURONS [SEEDS] [PASSES] [bright] [all]
    python benchmarks/digits.py kmeans MNIST.npz NEURONS
    python benchmarks/digits.py staircase [MNIST.npz]         # 600 test digits, 400 neurons; or the small digits, 100
    python benchmarks/digits.py orders                        # the same repairs in other orders
    python benchmarks/digits.py crowding                      # one step, how many winners?
    python benchmarks/digits.py homeostasis                   # how high thresholds get
    python benchmarks/digits.py rate MNIST.npz                # a first try twice as bright
    python benchmarks/digits.py readable                      # images per second, numpy and compiled
    python benchmarks/digits.py cells                         # with and without 400 inhibitory cells

MNIST.npz is a file with x_train, y_train, x_test and y_test; "openml" downloads it. With "bright" all images are
equally bright, as vectors of one length, and of more than 400 neurons 400 take part in each. With "all" neurons are
named by all training images, not by 10,000.
"""

import os
import sys
import time
from dataclasses import replace

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy: one thread

import numpy as np
from sklearn.base import clone

from solutions import DigitClassifier, DigitNetwork, ExcitatoryInhibitoryNetwork
from solutions.diehl_cook import label_neurons, vote
from solutions.models.diehl_cook.digits import equally_bright, mnist, small_digits
from solutions.models.diehl_cook.estimator import READOUTS
from solutions.models.diehl_cook.repairs import STAIRS, Repairs, classify, stairs, written_thresholds
from solutions.models.diehl_cook.settings import Settings, for_bright_mnist, for_mnist


def readouts(network: DigitClassifier, data, n_known: int = 10_000) -> dict[str, float]:
    """The network's spikes for the test images read in four ways, named by up to ``n_known`` training images.

    A linear readout of more than 1600 neurons would have more weights to learn than there are images to learn from.
    """
    counts, labels = network.respond(data.images[:n_known]), data.labels[:n_known]
    asked = network.respond(data.test_images)
    answers = {}
    for readout in READOUTS if network.settings_.neurons <= 1600 else READOUTS[:2]:
        network.set_params(readout=readout)._name(counts, labels)
        answers[readout] = network._read(asked)
    answers = {"busiest": network.neuron_labels_[asked.argmax(axis=1)]} | answers
    return {name: 100 * float(np.mean(given == data.test_labels)) for name, given in answers.items()}


def by_vote(network: DigitClassifier, data) -> float:
    return 100 * network.label(data.images, data.labels).score(data.test_images, data.test_labels)


def trained(network: DigitClassifier, data) -> tuple[DigitClassifier, float]:
    """The network after its training, and the seconds of CPU that this took."""
    clone(network).set_params(passes=1).fit(data.images[:2])  # compiled before the clock starts
    begun = time.process_time()
    network.fit(data.images, every=10_000)
    return network, time.process_time() - begun


def report(data, seeds: int, n_known: int = 10_000, **parameters) -> None:
    rows = []
    for seed in range(seeds):
        network, seconds = trained(DigitClassifier(random_state=seed, **parameters), data)
        right, spikes = readouts(network, data, n_known), network.spikes_per_image_
        rows.append([*right.values(), seconds])
        told = ", ".join(f"{name} {value:.2f}" for name, value in right.items())
        print(
            f"{data.name}, {network.settings_.neurons} neurons{' + as many cells' * network.inhibitory_cells}, "
            f"seed {seed}: {told} % right; {len(spikes)} images in {seconds:.1f} s of CPU "
            f"({len(spikes) / seconds:.0f}/s), {spikes[-1000:].mean():.1f} spikes/image, "
            f"thresholds {1 + network.extra_.min():.1f} to {1 + network.extra_.max():.1f}",
            flush=True,
        )
        if network.nearest:
            every_one = DigitClassifier(network.settings_, random_state=seed).take_over(network)
            same = every_one.respond(data.test_images[:1000]) == network.respond(data.test_images[:1000])
            print(f"with all neurons taking part {same.all(axis=1).mean():.1%} of 1000 images get the same spikes")
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


def answered(
    network: DigitClassifier, data, repairs: Repairs, n: int, thresholds=None
) -> tuple[np.ndarray, np.ndarray]:
    """What the network of the notebook, so far repaired, says to the first ``n`` test images; and its spike counts."""
    counts, named = classify(data.test_images[:n], network, repairs, thresholds=thresholds), network.neuron_labels_
    return np.asarray(vote(counts, named)) if repairs.vote else named[counts.argmax(axis=1)], counts


def named_network(data) -> DigitClassifier:
    """The network of Figure 1 for the small digits, 400 neurons for MNIST."""
    large = data.images.shape[1] == 784
    network = DigitClassifier(for_mnist(400)) if large else DigitClassifier(Settings(neurons=100), passes=4)
    return trained(network, data)[0].label(data.images[:10_000], data.labels[:10_000])


def staircase(data) -> None:
    network, truth = named_network(data), data.test_labels[:600]
    before = np.append(-1, truth[:-1])
    for name, repairs in stairs():
        given, counts = answered(network, data, repairs, 600)
        wrong = given != truth
        ties = np.mean((counts == counts.max(axis=1, keepdims=True)).sum(axis=1) > 1)
        print(
            f"{name:11} {100 * np.mean(~wrong):5.1f} % right; of the mistakes "
            f"{np.mean(given[wrong] == before[wrong]):.0%} are the label before; ties {ties:.0%}; "
            f"{counts.sum(axis=1).mean():.0f} spikes/image",
            flush=True,
        )
    if network.settings_.neurons == 100:
        for name, repairs in stairs()[:7]:
            given, _ = answered(network, data, repairs, 600, 1000 * written_thresholds(network.extra_))
            print(f"{name:11} with thresholds a thousand times as high {100 * np.mean(given == truth):5.1f} % right")


def orders(data) -> None:
    """What each repair changes: in the order of the page, as the first of all, and as the last."""
    network, truth = named_network(data), data.test_labels[:600]

    def right(repairs: Repairs) -> float:
        return 100 * float(np.mean(answered(network, data, repairs, 600)[0] == truth))

    climb = [right(repairs) for _, repairs in stairs()]
    whole = stairs()[-1][1]
    for name, gain in zip(STAIRS, np.diff(climb), strict=True):
        first, last = right(Repairs(**{name: True})) - climb[0], climb[-1] - right(replace(whole, **{name: False}))
        print(f"{name:11} in the page {gain:+6.1f}; first of all {first:+6.1f}; last of all {last:+6.1f}", flush=True)


def crowding(data) -> None:
    for neurons in (100, 400, 1600):
        for name, changes in (
            ("all in one step fire ", {"first_only": False}),
            ("all, delays to 10 ms ", {"first_only": False, "max_delay": 0.01}),
            ("only the first fires ", {}),
        ):
            settings = Settings(neurons=neurons, **changes)
            network = DigitClassifier(settings, passes=4).fit(data.images, every=4 * len(data.images))
            crossing = network.tally_[1] / max(network.tally_[0], 1)
            print(
                f"{neurons:5} neurons, {name} {by_vote(network, data):.1f} % right by vote; "
                f"{np.mean(network.neuron_labels_ >= 0):.0%} of the neurons fire; "
                f"{network.spikes_per_image_[-1000:].mean():.1f} spikes/image "
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
            network = DigitClassifier(settings, passes=4).fit(data.images, every=4 * len(data.images))
            again = network.tally_[2] / (4 * len(data.images))
            print(
                f"{neurons:4} neurons, a spike's rise {name}: mean threshold {1 + network.extra_.mean():.1f}, "
                f"{1 + again:.1f} tries per image, {by_vote(network, data):.1f} % right by vote",
                flush=True,
            )


def rate(data) -> None:
    for hertz in (63.75, 127.5):
        network = DigitClassifier(for_mnist(400, max_rate=hertz)).fit(data.images[:10_000])
        right = readouts(network, data, 5_000)
        print(
            f"first try at {hertz} Hz: " + ", ".join(f"{name} {value:.2f}" for name, value in right.items()), flush=True
        )


def readable(data) -> None:
    for cells, readable_one in ((False, DigitNetwork), (True, ExcitatoryInhibitoryNetwork)):
        network, seconds = trained(DigitClassifier(passes=4, inhibitory_cells=cells), data)
        size = "400 + 400" if cells else "400"
        print(f"{size:9} compiled {len(network.spikes_per_image_) / seconds:8.0f} images/s of CPU")
        slow = readable_one().take_over(network)
        begun = time.process_time()
        slow._show(data.images[:30], np.full(30, slow.settings_.a_plus), 0)
        print(f"{size:9} readable {30 / (time.process_time() - begun):8.1f} images/s of CPU")


def cells(data) -> None:
    for name, settings, inhibitory in (
        ("the first alone fires", Settings(), False),
        ("all who get there fire", Settings(first_only=False), False),
        ("400 inhibitory cells", Settings(), True),
    ):
        for passes in (1, 4):
            right, spikes = [], []
            for seed in range(5):
                network = DigitClassifier(settings, passes=passes, inhibitory_cells=inhibitory, random_state=seed)
                right.append(by_vote(network.fit(data.images), data))
                spikes.append(network.spikes_per_image_[-1000:].mean())
            print(
                f"{name:23} {passes} passes: {np.mean(right):.1f} ± {np.std(right, ddof=1):.1f} % right, "
                f"{np.mean(spikes):.1f} spikes/image",
                flush=True,
            )


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    what, *rest = sys.argv[1:]
    data = mnist(rest[0]) if rest else small_digits()
    bright = "bright" in rest
    numbers = [int(one) for one in rest[1:] if one.isdigit()]
    if what == "mnist":
        neurons, seeds, passes = [*numbers, 3, 1][:3] if len(numbers) == 1 else [*numbers, 1][:3]
        settings, nearest = for_mnist(neurons), None
        if bright:
            known, asked = equally_bright(data.images), equally_bright(data.test_images)
            data = replace(data, images=known, test_images=asked, name="MNIST, equally bright")
            settings, nearest = for_bright_mnist(neurons), 400 if neurons > 400 else None
        n_known = len(data.images) if "all" in rest else 10_000
        report(data, seeds, n_known, settings=settings, passes=passes, nearest=nearest)
    elif what == "small":
        for neurons in (100, 400):
            report(data, 3, settings=Settings(neurons=neurons), passes=4)
        kmeans(data, 400)
    elif what == "kmeans":
        kmeans(data, numbers[0])
    else:
        others = {
            "staircase": staircase,
            "orders": orders,
            "crowding": crowding,
            "homeostasis": homeostasis,
            "rate": rate,
            "readable": readable,
            "cells": cells,
        }
        others[what](data)


if __name__ == "__main__":
    main()
