"""Digits without a teacher: its parts against theory, its compiled twin, and the claims the chapter makes."""

import math
import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from autograder.probes import diehl_cook as probes
from autograder.reference import places
from solutions import DigitClassifier, DigitNetwork, ExcitatoryInhibitoryNetwork
from solutions.diehl_cook import (
    LIF,
    AdaptiveThreshold,
    STDPWeights,
    SynapseCollection,
    all_but_own,
    label_neurons,
    poisson_fire,
    present,
    vote,
)
from solutions.models.diehl_cook import classifier, compiled, digits, kernels, repairs
from solutions.models.diehl_cook.learning_curve import LearningCurve
from solutions.models.diehl_cook.settings import Pace, Settings, for_mnist

DT = 0.001
TIMES = st.floats(0.002, 0.2)


@pytest.fixture(scope="module")
def small():
    """The small digits, and a network of 100 neurons that has seen them four times."""
    data = digits.small_digits()
    network = DigitClassifier(Settings(neurons=100), passes=4).fit(data.images)
    return SimpleNamespace(data=data, network=network.label(data.images, data.labels))


# Poisson spikes


@given(seed=st.integers(0, 2**32), rate=st.floats(5, 200), dt=st.sampled_from([0.0005, 0.001, 0.002]))
@settings(max_examples=30, deadline=None)
def test_a_pixel_spikes_as_often_as_its_rate_says_within_five_standard_deviations(seed, rate, dt):
    rng, n = np.random.default_rng(seed), 20_000
    spikes = poisson_fire(np.full(n, 255), rng, rate, 255, dt)
    assert set(np.unique(spikes)) <= {0, 1 / dt}
    chance = rate * dt
    assert abs((spikes > 0).sum() - n * chance) <= 5 * math.sqrt(n * chance * (1 - chance))


def test_a_black_pixel_is_silent_and_the_counts_of_another_spread_like_their_mean():
    rng = np.random.default_rng(0)
    image = np.array([0.0, 255.0])
    counts = np.sum([[poisson_fire(np.tile(image, (500, 1)), rng, 40, 255, DT) > 0] for _ in range(500)], axis=(0, 1))
    assert not counts[:, 0].any()
    assert counts[:, 1].mean() == pytest.approx(20, rel=0.05)
    assert counts[:, 1].var() == pytest.approx(20 * (1 - 0.04), rel=0.25)


# Postsynaptic potentials


@given(tau=TIMES, value=st.floats(-5, 5), steps=st.integers(1, 50))
def test_under_a_constant_input_the_potential_comes_to_rest_at_it_by_an_exponential(tau, value, steps):
    synapse = SynapseCollection(1, tau, DT)
    for _ in range(steps):
        out = synapse.step([value])
    assert out[0] == pytest.approx(value * (1 - math.exp(-steps * DT / tau)), rel=1e-9, abs=1e-12)


@given(tau=st.floats(0.001, 0.05), dt=st.sampled_from([0.0005, 0.001, 0.004]))
def test_the_area_under_the_potential_of_a_spike_is_one_whatever_the_step(tau, dt):
    synapse = SynapseCollection(1, tau, dt)
    area = dt * sum(synapse.step([1 / dt if k == 0 else 0])[0] for k in range(round(40 * tau / dt) + 2))
    assert area == pytest.approx(1, rel=1e-6)


# The neuron


@given(current=st.floats(1.2, 8), tau_ref=st.floats(0.0041, 0.02), dt=st.sampled_from([0.0005, 0.001, 0.004]))
@settings(max_examples=25, deadline=None)
def test_the_firing_rate_is_the_theorys_whatever_the_step(current, tau_ref, dt):
    neuron, tau, seconds = LIF(1, 0.02, tau_ref, 1.0, dt), 0.02, 1.0
    spikes = sum(neuron.step([current])[0] > 0 for _ in range(round(seconds / dt)))
    period = tau_ref + tau * math.log(current / (current - 1))
    assert abs(spikes - seconds / period) <= 1.01


@given(current=st.floats(-3, 1), steps=st.integers(1, 60))
def test_below_the_threshold_the_voltage_follows_the_closed_form_and_nothing_fires(current, steps):
    neuron = LIF(1, 0.02, 0.002, 1.0, DT)
    assert not any(neuron.step([current])[0] for _ in range(steps))
    assert neuron.voltage[0] == pytest.approx(current * (1 - math.exp(-steps * DT / 0.02)), abs=1e-12)


@given(
    currents=arrays(float, (80, 3), elements=st.floats(-50, 300)),
    thresholds=arrays(float, 3, elements=st.floats(0.5, 60)),
)
def test_no_current_and_no_jump_of_a_threshold_makes_a_voltage_that_is_no_number(currents, thresholds):
    neuron = LIF(3, 0.02, 0.002, thresholds, DT)
    for k, current in enumerate(currents):
        neuron.step(current)
        if k % 7 == 0:
            neuron.v_th = thresholds[::-1] * (1 + k % 3)
        assert np.isfinite(neuron.voltage).all()
        assert (neuron.refractory_time >= 0).all() and (neuron.refractory_time <= neuron.tau_ref).all()


def test_the_threshold_grows_by_plus_at_each_spike_and_at_a_steady_rate_comes_to_rest():
    threshold = AdaptiveThreshold(1, 1.0, 0.1, 0.2, DT)
    values = [threshold.step([1 / DT if k % 10 == 0 else 0])[0] for k in range(5000)]
    keep = math.exp(-0.01 / 0.2)
    assert max(values[-10:]) == pytest.approx(1 + 0.1 / (1 - keep), rel=1e-9)
    assert min(values[-10:]) == pytest.approx(1 + 0.1 * math.exp(-0.009 / 0.2) / (1 - keep), rel=1e-9)


# STDP


@given(gap=st.integers(-50, 50), a_plus=st.floats(0.001, 0.1), a_minus=st.floats(0.001, 0.1))
def test_one_pair_of_spikes_changes_a_weight_by_an_exponential_of_the_time_between_them(gap, a_plus, a_minus):
    weights = STDPWeights([[0.5]], 0.02, 0.03, a_plus, a_minus)
    for k in range(120):
        weights.step([k == 60], [k == 60 + gap])
    wanted = a_plus * math.exp(-gap * DT / 0.02) if gap >= 0 else -a_minus * math.exp(gap * DT / 0.03)
    assert weights.w[0, 0] - 0.5 == pytest.approx(wanted, rel=1e-9)


@given(data=st.data(), soft=st.booleans())
@settings(max_examples=40, deadline=None)
def test_weights_stay_within_their_bounds(data, soft):
    trains = data.draw(arrays(bool, (60, 5)))
    weights = STDPWeights(np.full((3, 2), 0.5), a_plus=0.4, a_minus=0.3, g_min=0.2, g_max=0.9, soft=soft)
    for row in trains:
        w = weights.step(row[:3], row[3:])
        assert (w >= 0.2).all() and (w <= 0.9).all()


def test_without_spikes_of_a_neuron_nothing_is_learned():
    weights = STDPWeights(np.full((4, 3), 0.3))
    for _ in range(50):
        weights.step(np.ones(4), np.zeros(3))
    assert (weights.w == 0.3).all()


# Inhibition


@given(spikes=arrays(float, st.integers(1, 40), elements=st.integers(0, 5).map(float)))
def test_all_but_own_is_the_product_with_a_matrix_of_ones_without_its_diagonal(spikes):
    n = len(spikes)
    np.testing.assert_allclose(all_but_own(spikes), (np.ones((n, n)) - np.eye(n)) @ spikes)


def test_an_inhibitory_neuron_that_one_spike_is_enough_for_fires_exactly_once_for_each():
    partner, rng = LIF(1, 0.01, 0.002, 1.0, DT), np.random.default_rng(0)
    spikes = np.zeros(2000)
    spikes[np.cumsum(rng.integers(6, 30, 80))] = 1  # an excitatory neuron rests for 5 ms
    answers = [partner.step([20.0 * spike])[0] > 0 for spike in spikes]
    assert np.array_equal(np.flatnonzero(answers), np.flatnonzero(spikes))


# The presentation


class Counting:
    """A network that fires once in each try as soon as the rate is high enough."""

    def __init__(self, needs):
        self.needs, self.fresh, self.rates = needs, False, []

    def reset(self):
        self.fresh = True
        self.rates.append([])

    def step(self, image, max_rate):
        fires, self.fresh = self.fresh and max_rate >= self.needs, False
        self.rates[-1].append(max_rate)
        return np.array([1.0, 0.0]) * fires


def test_an_image_is_shown_again_a_quarter_brighter_until_the_network_has_said_enough():
    network = Counting(needs=30)
    assert present(network, np.ones(3), 20.0, 7, 1).tolist() == [1, 0]
    assert network.rates == [[20.0] * 7, [25.0] * 7, [31.25] * 7]


# Labels and votes


def test_a_neuron_is_named_by_means_and_not_by_sums():
    counts = [[1, 0, 0]] * 9 + [[3, 2, 0]] * 2
    assert label_neurons(counts, [4] * 9 + [7] * 2).tolist() == [7, 7, -1]


def test_a_class_with_many_neurons_has_no_advantage_and_silence_is_no_answer():
    assert vote([[1, 1, 1, 2], [0, 0, 0, 0], [3, 0, 0, 0]], [5, 5, 5, 8]).tolist() == [8, -1, 5]


@given(data=st.data())
def test_names_do_not_depend_on_the_order_of_the_images(data):
    labels = np.array(data.draw(st.lists(st.integers(0, 9), min_size=2, max_size=30)))
    counts = np.random.default_rng(len(labels)).integers(0, 6, (len(labels), 4))
    order = np.array(data.draw(st.permutations(range(len(labels)))))
    assert np.array_equal(label_neurons(counts, labels), label_neurons(counts[order], labels[order]))


# The readable network and the compiled one


@pytest.mark.parametrize("first_only", [True, False])
@pytest.mark.parametrize("a_minus", [0.0, 0.001])
@pytest.mark.parametrize("cells", [False, True])
def test_for_given_input_spikes_both_networks_fire_the_same_spikes_and_learn_the_same(first_only, a_minus, cells):
    s = Settings(neurons=30, first_only=first_only, a_minus=a_minus, tau_theta=math.inf)
    data = digits.small_digits()
    network = DigitClassifier(s, dtype=np.float64, inhibitory_cells=cells).fit(data.images[:300])
    slow = (ExcitatoryInhibitoryNetwork if cells else DigitNetwork)(s).take_over(network)
    slow.learning, rng, total = True, np.random.default_rng(1), 0
    for image in data.images[:8]:
        raster = np.array([poisson_fire(image, rng, 90, 1, DT) for _ in range(350)])
        fired = network.show_spikes(raster, learn=True)
        slow.reset()
        assert np.array_equal(fired, [slow.receive(row) for row in raster])
        total += fired.sum()
    assert total > 100
    np.testing.assert_allclose(network.weights_, slow.weights_, rtol=0, atol=1e-13)
    np.testing.assert_allclose(network.extra_, slow.extra_, rtol=0, atol=1e-13)


def test_with_spikes_of_their_own_both_networks_answer_alike_in_distribution(small):
    images = small.data.test_images[:12]
    slow = DigitNetwork(small.network.settings).take_over(small.network)
    shown = slow.respond(images)
    many = np.concatenate([small.network.respond(np.repeat(images, 20, axis=0))]).reshape(12, 20, -1)
    means, spread = many.sum(axis=2).mean(axis=1), many.sum(axis=2).std(axis=1)
    z = (shown.sum(axis=1) - means) / np.maximum(spread, 1)
    assert abs(z.mean()) < 4 / math.sqrt(12)
    preferred = [many[k].sum(axis=0)[shown[k] > 0].sum() / many[k].sum() for k in range(12)]
    assert np.mean(preferred) > 0.3  # those who fire here are those who fire there; by chance it would be 0.08


def test_the_compiled_network_draws_poisson_spikes_of_the_same_rate():
    steps, pixels = 4000, 6
    heads, following = np.empty(steps, np.int32), np.empty(steps * pixels, np.int32)
    channels, state = np.empty(steps * pixels, np.int32), np.array([7], np.uint64)
    chances = np.array([0, 0.001, 0.01, 0.06, 0.3, 0.9])
    kernels.draw_spikes(chances, state, compiled.Spikes(heads, following, channels))
    counts = np.zeros(pixels)
    for k in heads:
        seen = []
        while k >= 0:
            seen.append(channels[k])
            k = following[k]
        assert len(seen) == len(set(seen))  # at most one in a step
        counts[seen] += 1
    assert (np.abs(counts - steps * chances) <= 5 * np.sqrt(steps * chances * (1 - chances)) + 1e-9).all()


# Inhibitory cells


def test_as_their_synapses_become_quick_the_inhibitory_cells_add_nothing_to_a_push_at_once(small):
    at_once = Settings(neurons=100, first_only=False)
    twins = [
        DigitNetwork(at_once).take_over(small.network),
        ExcitatoryInhibitoryNetwork(replace(at_once, tau_inhibition=1e-5)).take_over(small.network),
    ]
    one, other = (twin.respond(small.data.test_images[:3]) for twin in twins)
    assert np.array_equal(one, other) and one.sum() > 15


def test_the_push_that_comes_through_the_cells_has_the_size_that_is_set_and_leaves_out_their_own_neuron():
    s = Settings(neurons=3, inhibition=0.25, tau_rc=1e9)  # nothing leaks, so what arrives can be read from the voltage
    network = ExcitatoryInhibitoryNetwork(s).start(4)
    network.reset()
    network.neurons_.voltage = np.array([1.5, 0.0, 0.0])  # the first fires at once
    fired = np.sum([network.receive(np.zeros(4)) for _ in range(60)], axis=0)
    assert fired.tolist() == [1, 0, 0]
    assert network.neurons_.voltage == pytest.approx([0, -0.25, -0.25], abs=1e-6)


def test_a_cell_too_weak_to_follow_its_neuron_is_for_the_readable_network_only(small):
    weak = Settings(neurons=20, excitation=0.005)
    with pytest.raises(ValueError, match=r"excitation is 0.005 .*ExcitatoryInhibitoryNetwork takes others"):
        DigitClassifier(weak, inhibitory_cells=True).fit(small.data.images[:5])
    silent = ExcitatoryInhibitoryNetwork(weak).start(64)
    silent.reset()
    assert not silent._reaches_others(np.ones(20)).any()


# Learning


@pytest.mark.parametrize("nearest", [None, 100])
def test_400_neurons_that_nobody_taught_know_93_of_100_small_digits(small, nearest):
    network = DigitClassifier(passes=4, nearest=nearest).fit(small.data.images)
    network.label(small.data.images, small.data.labels)
    assert network.score(small.data.test_images, small.data.test_labels) > 0.93


def test_400_neurons_and_400_inhibitory_cells_know_nine_of_ten(small):
    network = DigitClassifier(passes=4, inhibitory_cells=True).fit(small.data.images)
    network.label(small.data.images, small.data.labels)
    assert network.score(small.data.test_images, small.data.test_labels) > 0.9


@pytest.mark.slow
@pytest.mark.parametrize(
    ("readable", "t_step", "passes"), [(DigitNetwork, 0.005, 2), (ExcitatoryInhibitoryNetwork, 0.005, 1)]
)
def test_400_neurons_of_the_readable_network_know_nine_of_ten_small_digits(small, readable, t_step, passes):
    network = readable(Settings(t_step=t_step), passes=passes).fit(small.data.images)
    network.label(small.data.images[:500], small.data.labels[:500])
    assert network.score(small.data.test_images, small.data.test_labels) > 0.9


def test_every_neuron_is_normalised_and_has_found_something(small):
    weights = small.network.weights_
    np.testing.assert_allclose(weights.mean(axis=0), 0.1, rtol=1e-4)
    assert weights.min() >= 0
    noise = DigitClassifier(small.network.settings).start(64).weights_.std(axis=0)
    assert weights.std(axis=0).min() > 1.2 * noise.max()


def test_the_same_seed_learns_the_same_and_looking_on_changes_nothing(small):
    def trained(every, watch=None):
        network = DigitClassifier(Settings(neurons=20), random_state=3)
        return network.fit(small.data.images[:200], every=every, watch=watch).weights_

    def look(network, which, counts):
        looked.append(network.respond(small.data.test_images[:5]))

    looked = []
    one, other = trained(200), trained(30, look)
    assert np.array_equal(one, other) and len(looked) == 7


def test_however_many_threads_share_the_images_the_answers_are_the_same(small, monkeypatch):
    counts = []
    for threads in (1, 3, 1000):  # also more than there are images
        monkeypatch.setattr(classifier, "THREADS", threads)
        counts.append(small.network.respond(small.data.test_images))
        assert small.network.tally_[0] >= counts[-1].sum() > 0
    assert np.array_equal(counts[0], counts[1]) and np.array_equal(counts[0], counts[2])


def test_where_all_neurons_take_part_it_is_the_same_network_to_the_last_bit(small):
    every_one, nearest = (DigitClassifier(nearest=n).fit(small.data.images[:200]) for n in (None, 400))
    assert np.array_equal(every_one.weights_, nearest.weights_) and np.array_equal(every_one.extra_, nearest.extra_)
    asked = small.data.test_images
    assert np.array_equal(every_one.respond(asked), nearest.respond(asked))


def test_with_a_quarter_of_the_neurons_taking_part_19_of_20_images_get_the_same_spikes(small):
    data = small.data
    all_of_them = DigitClassifier(passes=4).fit(data.images)
    answers = all_of_them.respond(data.test_images)
    some = DigitClassifier(passes=4, nearest=100).take_over(all_of_them).respond(data.test_images)
    assert np.mean((some == answers).all(axis=1)) > 0.95
    few = DigitClassifier(passes=4, nearest=5).take_over(all_of_them).respond(data.test_images)
    assert np.mean((few == answers).all(axis=1)) < 0.5  # the claim is not true of any number


@pytest.mark.parametrize("pace", [1.0, 0.5, 0.01])
@pytest.mark.parametrize("kind", [DigitClassifier, DigitNetwork])
def test_a_calmer_homeostasis_raises_and_sinks_thresholds_less_by_the_same_factor(small, kind, pace):
    s = Settings(neurons=40, max_rate=600.0, enough=1, tau_theta=100.0, homeostasis_end=0.001)
    network = kind(s).start(64)
    network.extra_ = np.full(40, 3.0)
    spikes = network._show(small.data.images[:5], Pace(np.zeros(5), np.full(5, pace)), 0).sum()
    sunk = 40 * 3.0 * math.exp(-5 * (s.seconds + s.pause) * pace / s.tau_theta)
    assert spikes > 10
    assert network.extra_.sum() - sunk == pytest.approx(spikes * s.plus * pace, rel=0.02 * pace)


def test_a_training_begins_and_ends_at_the_pace_that_is_set():
    a_plus, homeostasis = Settings(a_plus=0.08, a_plus_end=0.01, homeostasis_end=0.25).pace(4)
    np.testing.assert_allclose(a_plus, [0.08, 0.17 / 3, 0.1 / 3, 0.01])
    np.testing.assert_allclose(homeostasis, [1, 0.75, 0.5, 0.25])


def test_equally_bright_images_have_one_length_unless_a_pixel_would_be_more_than_full():
    images = np.random.default_rng(0).random((20, 784)).astype(np.float32) ** 4
    images[0] = 0
    images[1] = np.eye(784)[5]
    bright = digits.equally_bright(images)
    assert bright.dtype == np.float32 and not bright[0].any()
    assert np.array_equal(bright[1], images[1]), "one pixel alone is full already"
    np.testing.assert_allclose(np.linalg.norm(bright[2:], axis=1), 4.6, rtol=1e-5)
    np.testing.assert_allclose(digits.equally_bright(images / 3)[2:], bright[2:], rtol=1e-5)


@pytest.mark.parametrize(
    ("network", "n"),
    [(DigitClassifier, 200), (DigitNetwork, 4)],
)
def test_a_killed_training_goes_on_from_its_checkpoint_and_ends_the_same(small, tmp_path, network, n):
    class Killed(Exception):
        pass

    def kill(network, which, counts):
        if network.n_seen_ >= n * 3 // 4:
            raise Killed

    def fresh(seed=5):
        return network(Settings(neurons=20, t_step=0.0025), random_state=seed, passes=2)

    images, path = small.data.images[:n], tmp_path / "training.npz"
    through = fresh().fit(images, every=n // 4)
    with pytest.raises(Killed):
        fresh().fit(images, every=n // 4, watch=kill, checkpoint=path)
    again = fresh().fit(images, every=n // 4, checkpoint=path)
    assert again.n_seen_ == 2 * n
    assert np.array_equal(again.weights_, through.weights_) and np.array_equal(again.extra_, through.extra_)
    with pytest.raises(ValueError, match="another training"):
        fresh(6).fit(images, checkpoint=path)


# Estimators


@pytest.fixture(params=[DigitClassifier, DigitNetwork, ExcitatoryInhibitoryNetwork])
def estimator(request):
    """Each of the three, with a few neurons."""
    return request.param(Settings(neurons=8, t_step=0.0025))


def test_it_can_be_cloned_told_other_parameters_and_its_clone_has_learned_nothing(estimator, small):
    fitted = estimator.set_params(passes=2, random_state=4).fit(small.data.images[:3])
    again = clone(fitted)
    assert again.get_params() == fitted.get_params() and again.get_params()["passes"] == 2
    assert fitted.n_seen_ == 6 and fitted.spikes_per_image_.shape == (6,) and fitted.n_features_in_ == 64
    with pytest.raises(NotFittedError, match=r"call fit\(images\) first"):
        again.respond(small.data.images)
    with pytest.raises(NotFittedError, match=r"call label\(images, labels\) first"):
        fitted.predict(small.data.images)
    assert np.array_equal(again.fit(small.data.images[:3]).weights_, fitted.weights_)
    assert not np.array_equal(again.set_params(random_state=None).fit(small.data.images[:3]).weights_, fitted.weights_)


def test_what_cannot_be_learned_from_or_called_a_name_is_refused_in_words(estimator, small):
    data = small.data
    with pytest.raises(ValueError, match=r"images has shape \(64,\): expected \(images, pixels\)"):
        estimator.fit(data.images[0])
    with pytest.raises(ValueError, match="outside 0 to 1"):
        estimator.fit(data.images * 16)
    with pytest.raises(ValueError, match="there are 0 images"):
        estimator.fit(data.images[:0])
    with pytest.raises(ValueError, match="random_state is -1"):
        clone(estimator).set_params(random_state=-1).fit(data.images[:2])
    estimator.fit(data.images[:2])
    with pytest.raises(ValueError, match=r"labels has shape \(3,\): expected \(2,\)"):
        estimator.label(data.images[:2], data.labels[:3])
    with pytest.raises(ValueError, match="expected whole numbers"):
        estimator.label(data.images[:2], data.labels[:2] + 0.5)
    with pytest.raises(ValueError, match="readout is 'loudest': expected one of vote, proportions, linear"):
        estimator.set_params(readout="loudest").label(data.images[:2], data.labels[:2])
    with pytest.raises(ValueError, match="vote is None"):
        estimator.set_params(readout="vote", vote=None).label(data.images[:2], data.labels[:2])


def test_settings_that_make_no_network_are_refused_in_words():
    for change, says in (
        ({"neurons": 0}, "neurons is 0: expected more"),
        ({"tau_ref": 0.0001}, "at least one step"),
        ({"floor": 0.5}, "floor is 0.5"),
        ({"homeostasis_end": 0.0}, "homeostasis_end is 0.0: expected more than 0 and at most 1"),
    ):
        with pytest.raises(ValueError, match=says):
            Settings(**change)
    for unfit in ({"nearest": 0}, {"nearest": True}, {"nearest": 2.5}, {"nearest": 10, "inhibitory_cells": True}):
        with pytest.raises(ValueError, match=f"nearest is {unfit['nearest']}: expected None"):
            DigitClassifier(**unfit).start(64)
    with pytest.raises(ValueError, match="nearest is 10: expected None"):
        DigitClassifier(Settings(max_delay=0.01), nearest=10).start(64)
    with pytest.raises(ValueError, match="only the compiled network has delays"):
        DigitNetwork(Settings(max_delay=0.01)).start(64)
    assert for_mnist(100).a_plus == pytest.approx(0.005) and for_mnist(100).a_plus_end == pytest.approx(0.0005)


def test_a_black_image_is_not_shown_for_ever(small):
    black = np.zeros((1, 64))
    with pytest.raises(RuntimeError, match="is the image black"):
        DigitNetwork(Settings(neurons=8, seconds=0.02)).fit(black)
    assert small.network.respond(black).sum() == 0 and small.network.predict(black).tolist() == [-1]


@pytest.mark.parametrize("readout", ["proportions", "linear"])
def test_the_other_readouts_are_as_good_as_the_vote_within_a_few_percent(small, readout):
    reader = clone(small.network).set_params(readout=readout).take_over(small.network)
    by_vote = small.network.score(small.data.test_images, small.data.test_labels)
    reader.label(small.data.images, small.data.labels)
    assert reader.score(small.data.test_images, small.data.test_labels) > by_vote - 0.02


@pytest.mark.parametrize(
    ("images", "says"), [(np.ones((3, 9)), r"expected \(images, 64\)"), (np.full((3, 64), 16), "outside 0 to 1")]
)
def test_images_of_another_size_or_scale_are_refused_in_words(small, images, says):
    with pytest.raises(ValueError, match=says):
        small.network.respond(images)


def test_the_progress_bar_knows_the_running_accuracy(small, capfd):
    network, curve = DigitClassifier(Settings(neurons=50), verbose=True), LearningCurve(small.data.labels)
    network.fit(small.data.images, watch=curve)
    assert curve.points[-1][0] == 1347 and curve.points[-1][1] > 0.5
    assert f"{curve.points[-1][1]:.0%} right" in capfd.readouterr().err
    network.set_params(verbose=False).fit(small.data.images)
    assert capfd.readouterr() == ("", "")


# The staircase


def answers(small, repaired, n=200):
    """The share of the first ``n`` held-out digits that the network of the notebook, so far repaired, names rightly."""
    counts, named = repairs.classify(small.data.test_images[:n], small.network, repaired), small.network.neuron_labels_
    given = vote(counts, named) if repaired.vote else named[counts.argmax(axis=1)]
    return np.mean(given == small.data.test_labels[:n])


def test_the_written_networks_thresholds_are_the_notebooks_400_volts_in_the_order_of_ours():
    extra = np.random.default_rng(0).normal(2.7, 0.4, 400)
    volts = repairs.written_thresholds(extra)
    assert volts.shape == (400,)
    assert (volts.min(), volts.max()) == (0.0244, 0.0502)
    assert volts.mean() == pytest.approx(0.0402, abs=5e-5)
    assert np.array_equal(np.argsort(volts), np.argsort(extra))


@pytest.mark.parametrize(("voltage", "fires"), [(1.02, False), (1.03, True)])
def test_they_are_added_to_a_threshold_of_one_as_they_are(voltage, fires):
    """One pixel that soon spikes in every step drives one neuron to this voltage; it fires from 1.0244 on."""
    alone = SimpleNamespace(weights_=np.array([[voltage / 784_000]]), extra_=np.array([2.7]))
    counts = repairs.classify(np.ones((1, 1)), alone, repairs.Repairs(frozen=True))
    assert (counts.sum() > 0) == fires


def test_each_stair_is_one_repair_more_from_a_network_mostly_wrong_to_one_mostly_right():
    steps = [repaired for _, repaired in repairs.stairs()]
    done = [sum(vars(repaired).values()) for repaired in steps]
    assert done == list(range(12))


def test_the_network_as_written_is_mostly_wrong_and_every_repair_together_makes_it_right(small):
    right = {name: answers(small, repaired) for name, repaired in repairs.stairs()}
    assert next(iter(right)) == "as written" and len(right) == 12
    assert right["as written"] < 0.45
    assert right["reset"] > right["as written"] + 0.2
    assert right["rate"] < right["reset"] - 0.3  # the runaway rate hid that 0.2 Hz is too dark
    assert right["light"] > right["rate"] + 0.4
    assert right["frozen"] < right["enough"] - 0.4  # thresholds that jump hid that the weights are too strong
    assert right["units"] > right["weights"] + 0.4
    assert right["constants"] < right["units"] - 0.1  # without inhibition all fire once
    assert right["inhibition"] > right["spike_time"] + 0.15
    assert right["vote"] > 0.8


def test_only_the_weights_are_worth_much_both_as_the_first_and_as_the_last_repair(small):
    written, whole = repairs.Repairs(), repairs.stairs()[-1][1]

    def first_and_last(name):
        first = answers(small, replace(written, **{name: True})) - answers(small, written)
        return first, answers(small, whole) - answers(small, replace(whole, **{name: False}))

    assert min(first_and_last("weights")) > 0.35
    first, last = first_and_last("reset")
    assert first > 0.2 and abs(last) < 0.1
    assert all(abs(worth) < 0.15 for worth in (*first_and_last("light"), *first_and_last("units")))


def test_without_a_reset_wrong_answers_name_the_digit_before(small):
    counts = repairs.classify(small.data.test_images, small.network, repairs.Repairs())
    given, truth = small.network.neuron_labels_[counts.argmax(axis=1)], small.data.test_labels
    wrong = np.flatnonzero(given[1:] != truth[1:]) + 1
    assert np.mean(given[wrong] == truth[wrong - 1]) > 0.25


# Data


def test_the_small_digits_are_1797_of_which_a_quarter_is_held_out():
    data = digits.small_digits()
    assert (len(data.images), len(data.test_images)) == (1347, 450)
    assert data.images.shape[1] == data.side**2 == 64
    assert data.images.min() == 0 and data.images.max() == 1
    known = {row.tobytes() for row in data.images}
    assert sum(row.tobytes() in known for row in data.test_images) == 0


@pytest.fixture
def tiny_mnist(tmp_path):
    path = tmp_path / "mnist.npz"
    images = np.arange(6 * 784).reshape(6, 28, 28) % 256
    labels = np.array([0, 0, 1, 1, 2, 2], np.uint8)
    np.savez(
        path, x_train=images.astype(np.uint8), y_train=labels, x_test=images[:2].astype(np.uint8), y_test=labels[:2]
    )
    return path


def test_mnist_is_read_from_a_file_scaled_and_shuffled_with_its_labels(tiny_mnist):
    data = digits.mnist(tiny_mnist)
    assert data.images.shape == (6, 784) and data.images.max() <= 1
    assert data.labels.tolist() != [0, 0, 1, 1, 2, 2] and sorted(data.labels) == [0, 0, 1, 1, 2, 2]
    with np.load(tiny_mnist) as file:
        rows = {tuple(image.ravel()): label for image, label in zip(file["x_train"], file["y_train"], strict=True)}
    for image, label in zip(data.images, data.labels, strict=True):
        assert rows[tuple(np.rint(image * 255).astype(int))] == label


def test_a_file_that_is_missing_or_holds_something_else_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no file .*nowhere.npz"):
        digits.mnist(tmp_path / "nowhere.npz")
    np.savez(tmp_path / "other.npz", x_train=np.zeros(1))
    with pytest.raises(ValueError, match="lacks x_test, y_test, y_train"):
        digits.mnist(tmp_path / "other.npz")


def test_offline_one_is_told_what_else_can_be_done(monkeypatch):
    import sklearn.datasets

    def offline(*args, **options):
        raise OSError("Name or service not known")

    monkeypatch.setattr(sklearn.datasets, "fetch_openml", offline)
    with pytest.raises(ConnectionError, match=r"openml.org .*small_digits\(\)"):
        digits.mnist()


def test_a_mosaic_shows_each_neurons_weights_in_its_square():
    weights = np.arange(4 * 5, dtype=float).reshape(4, 5)
    picture = digits.mosaic(weights, 2, 3)
    assert picture.shape == (5, 8)
    assert np.array_equal(picture[:2, 3:5], weights[:, 1].reshape(2, 2))
    assert np.array_equal(picture[3:, :2], weights[:, 3].reshape(2, 2))
    assert np.isnan(picture[2]).all() and np.isnan(picture[3:, 6:]).all()


def test_a_presentation_that_never_ends_is_stopped_in_words():
    def stuck(network, image, max_rate, n_steps, enough):
        while True:
            network.step(image, max_rate)

    with pytest.raises(RuntimeError, match="does a try ever end"):
        probes.presented(
            stuck, {"part": "counts", "pace": [1.0], "image": [1.0], "max_rate": 1.0, "n_steps": 5, "enough": 1}
        )


def test_the_figure_of_what_more_neurons_cost_draws_the_numbers_of_the_table_above_it():
    page = places.page("diehl_cook").read_text("utf-8")
    names: dict = {"VOLTAGE": 0, "CURRENT": 0, "SPIKE": 0}
    exec(re.search(r"^SIZES = .*?^}", page, re.S | re.M)[0], names)
    kinds = {"network, equally bright": "neurons, equally bright images", "k-means": "clusters"}
    kinds["k-means, unit length"] = "clusters, images of unit length"
    for name, (shares, seconds, *_) in names["MEASURED"].items():
        for size, share, second in zip(names["SIZES"], shares, seconds, strict=True):
            rows = [row for row in page.splitlines() if re.match(rf"\| (k-means, )?{size} {kinds[name]}[,| ]", row)]
            [row] = [row for row in rows if ("unit length" in row) == ("unit length" in name)]
            assert f"| {share} |" in row and row.endswith(f"| {second} s |")
