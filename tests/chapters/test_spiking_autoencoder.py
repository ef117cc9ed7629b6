"""The spiking autoencoder: theory, limits, the same spikes as Brian2, and the chapter's own figures."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from in_room import run
from nbformat.v4 import new_code_cell, new_notebook
from scipy import integrate

from autograder.authoring.release import files_beside
from autograder.beside.check import answer
from autograder.exercises import load
from autograder.probes import spiking_autoencoder as probes
from solutions import LearnedFeedback, SpikingAutoencoder, ways_back
from solutions.models.brian import brian2 as b2
from solutions.models.spiking_autoencoder.network import drift
from solutions.models.spiking_autoencoder.return_path import linear, signal_to_noise
from solutions.models.spiking_autoencoder.ways_back import WAYS, learn_from_rates
from solutions.spiking_autoencoder import (
    connect,
    drive,
    learn_feedback,
    lif_group,
    make_patterns,
    return_matrix,
    similarities,
    spike_rates,
)

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]  # Brian2's own

PROJECT = Path(__file__).resolve().parents[2]
BOOK = PROJECT / "book"
SEEDS = st.integers(0, 2**32)


@pytest.fixture(scope="module")
def recall():
    """The module beside the notebook that holds many networks at once."""
    return import_module("solutions.models.spiking_autoencoder.numpy_twin")


@pytest.fixture
def tenth():
    """Brian2's usual time step, whatever a test makes of it."""
    before = b2.defaultclock.dt
    yield
    b2.defaultclock.dt = before


def sparse(n_to, n_from, p, weight, rng):
    """Connections drawn as the patterns are, of ``weight`` mV each."""
    return weight * make_patterns(n_to, n_from, p, rng)


def close(one, other, tolerance=1e-12):
    np.testing.assert_allclose(one, other, rtol=tolerance, atol=tolerance)


# Patterns


@given(n_patterns=st.integers(0, 5), n_neurons=st.integers(0, 50), active=st.floats(0, 1), seed=SEEDS)
def test_patterns_are_zeros_and_ones_in_a_row_each_and_the_same_for_the_same_seed(n_patterns, n_neurons, active, seed):
    one, same = (make_patterns(n_patterns, n_neurons, active, np.random.default_rng(seed)) for _ in range(2))
    assert one.shape == (n_patterns, n_neurons) and set(one.ravel()) <= {0, 1}
    assert np.array_equal(one, same)


def test_all_or_none_take_part_at_the_ends():
    rng = np.random.default_rng(0)
    assert make_patterns(3, 40, 1, rng).all() and not make_patterns(3, 40, 0, rng).any()


def test_two_patterns_share_the_square_of_the_share():
    patterns = make_patterns(2, 100_000, 0.3, np.random.default_rng(0))
    assert patterns.mean() == pytest.approx(0.3, abs=0.01)
    assert (patterns[0] * patterns[1]).mean() == pytest.approx(0.09, abs=0.005)


# Brian2


def ran(duration, *objects):
    b2.Network(*objects).run(duration * b2.ms, namespace={})


def kicked(tau=10.0, threshold=50.0, refractory=2.0, kicks=((1.0, 20.0),), duration=30.0):
    """The potential of one neuron in mV every tenth of a millisecond."""
    group = lif_group(1, tau, threshold, refractory)
    source = b2.SpikeGeneratorGroup(len(kicks), range(len(kicks)), [time for time, _ in kicks] * b2.ms)
    synapses = connect(source, group, [[size for _, size in kicks]])
    monitor, spikes = b2.StateMonitor(group, "v", record=True), b2.SpikeMonitor(group)
    ran(duration, group, source, synapses, monitor, spikes)
    return np.array(monitor.v[0] / b2.mV), np.array(spikes.t / b2.ms)


@pytest.mark.parametrize("tau", [1.0, 10.0, 35.0])
def test_a_kick_decays_exactly_as_the_exponential(tau, tenth):
    v, spikes = kicked(tau=tau)
    after = 0.1 * np.arange(len(v) - 11)
    close(v[11:], 20 * np.exp(-after / tau), 1e-9)
    assert not v[:11].any() and not len(spikes)


def test_a_spike_comes_one_step_after_the_kick_and_the_refractory_period_hears_nothing(tenth):
    v, spikes = kicked(refractory=5.0, kicks=((1.0, 60.0), (3.0, 40.0), (8.0, 20.0)))
    close(spikes, [1.1], 1e-9)
    assert not v[12:81].any()
    close(v[81], 20, 1e-9)


def test_no_neuron_fires_more_often_than_its_refractory_period_allows(tenth):
    kicks = [(0.1 * n, 80.0) for n in range(1, 200)]
    _, spikes = kicked(refractory=2.0, kicks=kicks, duration=20)
    assert np.diff(spikes).min() >= 2.0 - 1e-9 and len(spikes) == 10


def test_a_group_runs_wherever_it_is_used_and_whatever_the_names_there_are(tenth):
    tau = v_threshold = "not the group's"  # noqa: F841
    group = lif_group(3, 10, 50, 2)
    b2.Network(group).run(1 * b2.ms)


@settings(max_examples=20)
@given(seed=SEEDS)
def test_connections_are_those_of_the_matrix_and_no_others(seed):
    rng = np.random.default_rng(seed)
    n_to, n_from = rng.integers(1, 8, 2)
    weights = rng.random((n_to, n_from)) * (rng.random((n_to, n_from)) < 0.5)
    weights[rng.integers(n_to), rng.integers(n_from)] = 1
    source, target = (lif_group(n, 10, 50, 2) for n in (n_from, n_to))
    synapses = connect(source, target, weights)
    found = np.zeros_like(weights)
    found[synapses.j[:], synapses.i[:]] = synapses.weight[:] / b2.mV
    close(found, weights)


def test_both_directions_of_the_transpose_are_the_same_connections():
    weights = np.triu(np.ones((4, 4)))
    x, y = (lif_group(4, 10, 50, 2) for _ in range(2))
    there, back = connect(x, y, weights), connect(y, x, weights.T)
    assert set(zip(there.i, there.j, strict=True)) == set(zip(back.j, back.i, strict=True))


# The drive


@given(rate=st.floats(0.1, 1e4), weight=st.floats(-50, 50), tau=st.floats(0.1, 100))
def test_mean_and_spread_are_the_integrals_of_a_kick_and_of_its_square(rate, weight, tau):
    mean, spread = drive([rate], [weight], tau)
    kick, _ = integrate.quad(lambda t: np.exp(-t / tau), 0, 60 * tau)
    square, _ = integrate.quad(lambda t: np.exp(-t / tau) ** 2, 0, 60 * tau)
    assert mean == pytest.approx(rate / 1000 * weight * kick, rel=1e-6)
    assert spread**2 == pytest.approx(rate / 1000 * weight**2 * square, rel=1e-6)


def test_the_numbers_of_the_document_are_20_and_10_millivolts():
    close(drive([200], [10], 10), [20, 10])


def test_one_input_split_in_two_is_the_same_drive():
    close(drive([200], [7], 10), drive([150, 50], [7, 7], 10))


def test_a_simulated_membrane_has_that_mean_and_that_spread():
    rng = np.random.default_rng(0)
    step, keep, v, seen = 0.1, np.exp(-0.01), np.zeros(400), []
    for n in range(6000):
        v = v * keep + 10 * rng.poisson(200 * step / 1000, 400)
        if n > 1000 and n % 50 == 0:
            seen.append(v)
    mean, spread = drive([200], [10], 10)
    assert np.mean(seen) == pytest.approx(mean, rel=0.02) and np.std(seen) == pytest.approx(spread, rel=0.02)


# Rates


@given(
    spikes=st.lists(st.tuples(st.floats(0, 99.9), st.integers(0, 3)), max_size=60),
    width=st.sampled_from([1, 5, 10, 20, 50, 100]),
)
def test_no_spike_is_lost_or_counted_twice_whatever_the_bins(spikes, width):
    times, neurons = [time for time, _ in spikes], [neuron for _, neuron in spikes]
    rates = spike_rates(times, neurons, 4, 100, width)
    assert rates.shape == (100 // width, 4)
    close(rates.sum(axis=0) * width / 1000, np.bincount(np.array(neurons, int), minlength=4))


@given(spikes=st.lists(st.floats(0, 99.9), max_size=40), width=st.sampled_from([2, 5, 10, 25]))
def test_the_mean_rate_does_not_depend_on_the_width(spikes, width):
    neurons = np.zeros(len(spikes), int)
    close(spike_rates(spikes, neurons, 1, 100, width).mean(), spike_rates(spikes, neurons, 1, 100, 100).mean())


def test_a_spike_every_ten_milliseconds_is_a_hundred_hertz():
    close(spike_rates(np.arange(5, 100, 10), np.zeros(10, int), 1, 100, 20), np.full((5, 1), 100))


# Similarities


@given(seed=SEEDS, scale=st.floats(0.1, 1000))
def test_no_similarity_depends_on_the_height_of_the_rates(seed, scale):
    rng = np.random.default_rng(seed)
    patterns, rates = make_patterns(3, 20, 0.4, rng), rng.random(20)
    close(similarities(scale * rates, patterns), similarities(rates, patterns), 1e-9)


@given(seed=SEEDS)
def test_a_pattern_is_like_itself_and_its_opposite_is_not(seed):
    pattern = np.random.default_rng(seed).permutation([1] * 6 + [0] * 14)
    close(similarities(50 * pattern, [pattern, 1 - pattern]), [[0, 20], [1, 0], [1, -1]], 1e-9)


@given(seed=SEEDS)
def test_correlation_is_numpys_and_does_not_see_what_all_neurons_have_in_common(seed):
    rng = np.random.default_rng(seed)
    pattern, rates = rng.permutation([1] * 5 + [0] * 10), rng.random(15)
    found = similarities(rates, [pattern])[2, 0]
    assert found == pytest.approx(np.corrcoef(rates, pattern)[0, 1])
    assert similarities(rates + 7, [pattern])[2, 0] == pytest.approx(found)


def test_silence_is_like_nothing():
    close(similarities([0, 0, 0], [[1, 0, 1]]), [[2], [0], [0]])


# There and back


@pytest.mark.parametrize("p", [0.05, 0.3, 1.0])
def test_the_mean_over_many_networks_is_the_expected_return(p):
    rng = np.random.default_rng(0)
    there = (rng.random((4000, 30, 5)) < p).astype(float)
    seen = np.einsum("nij,nik->jk", there, there) / len(there)
    expected = return_matrix(5, 30, p)
    assert (np.abs(seen - expected) <= 5 * np.sqrt(expected / len(there)) + 1e-12).all()  # counts: five spreads


def test_the_diagonal_is_pn_and_beside_it_stands_p_squared_n():
    expected = return_matrix(100, 100, 0.1)
    close(np.diag(expected), np.full(100, 10))
    close(expected[~np.eye(100, dtype=bool)], np.ones(9900))


# The rule


@given(seed=SEEDS)
def test_an_example_repeated_is_said_again_exactly(seed):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=4), rng.normal(size=7)
    learned = learn_feedback(np.zeros((4, 7)), [x] * 300, [y] * 300, 0.5 / (y @ y))
    close(learned @ y, x, 1e-9)


def test_where_the_feedback_is_right_nothing_changes():
    rng = np.random.default_rng(0)
    right, y = rng.normal(size=(3, 5)), rng.normal(size=(20, 5))
    close(learn_feedback(right, y @ right.T, y, 0.1), right)


def test_one_step_goes_down_the_gradient_of_the_squared_error():
    rng = np.random.default_rng(0)
    feedback, x, y = rng.normal(size=(3, 4)), rng.normal(size=3), rng.normal(size=4)
    gradient = np.zeros_like(feedback)
    for place in np.ndindex(feedback.shape):
        up, down = feedback.copy(), feedback.copy()
        up[place] += 1e-6
        down[place] -= 1e-6
        gradient[place] = (np.sum((x - up @ y) ** 2) - np.sum((x - down @ y) ** 2)) / 4e-6
    close(learn_feedback(feedback, [x], [y], 0.01), feedback - 0.01 * gradient, 1e-8)


def test_the_rule_comes_to_the_regression():
    rng = np.random.default_rng(0)
    y = rng.normal(size=(400, 6))
    x = y @ rng.normal(size=(6, 3)) + 0.3 * rng.normal(size=(400, 3))
    learned = np.zeros((3, 6))
    for rate in (0.02, 0.005, 0.001, 0.0002):
        for _ in range(12):
            learned = learn_feedback(learned, x, y, rate)
    best = np.linalg.lstsq(y, x, rcond=None)[0].T
    np.testing.assert_allclose(learned, best, atol=0.005)


def test_a_synapse_changes_by_what_is_at_its_own_two_neurons_and_no_other():
    rng = np.random.default_rng(0)
    feedback, x, y = rng.normal(size=(3, 4)), rng.normal(size=3), rng.normal(size=4)
    before = learn_feedback(feedback, [x], [y], 0.1)
    x[2] += 1  # another neuron x, and all that it has learned
    feedback[2] += 1
    close(learn_feedback(feedback, [x], [y], 0.1)[:2], before[:2])


def test_examples_that_do_not_come_in_pairs_are_an_error():
    with pytest.raises(ValueError, match="zip"):
        learn_feedback(np.zeros((2, 3)), np.zeros((4, 2)), np.zeros((5, 3)), 0.1)


# Many networks at once


@pytest.mark.parametrize("step", [1.0, 0.1])
@pytest.mark.parametrize("seed", range(3))
def test_for_the_same_spikes_in_the_same_spikes_come_out_as_from_brian2(step, seed, recall, tenth):
    rng = np.random.default_rng(seed)
    weights = sparse(30, 20, 0.3, 25.0, rng)
    spikes = rng.random((400, 20)) < 0.1 * step**0.5
    b2.defaultclock.dt = step * b2.ms
    steps, neurons = np.nonzero(spikes)
    source, target = b2.SpikeGeneratorGroup(20, neurons, steps * step * b2.ms), lif_group(30, 10, 50, 2)
    synapses, monitor = connect(source, target, weights), b2.SpikeMonitor(target)
    ran(400 * step, source, target, synapses, monitor)
    theirs = np.zeros((400, 30))
    theirs[np.round(monitor.t / b2.ms / step).astype(int), monitor.i] = 1
    layer = recall.LIFLayer(weights, step=step)
    ours = np.array([layer(row[None].astype(np.float32))[0] for row in spikes])
    assert ours.sum() > 100
    assert np.array_equal(ours, theirs)


def test_a_steady_drive_brings_the_membrane_to_rest_there(recall):
    layer = recall.LIFLayer(np.zeros((2, 1)), tonic=np.array([20.0, -5.0]))
    for _ in range(200):
        fired = layer(np.zeros((1, 1), dtype=np.float32))
    np.testing.assert_allclose(layer.v, [[20, -5]], rtol=1e-3)
    assert not fired.any()


def test_poisson_neurons_fire_as_often_as_they_are_told(recall, monkeypatch):
    monkeypatch.setattr(recall, "REFRACTORY", 0.0)
    rates = np.array([[0.0, 10.0, 200.0]])
    each_wakes_one = 60 * np.eye(3)
    fired = recall.poisson_response(
        np.repeat(rates, 50, axis=0), each_wakes_one, np.random.default_rng(0), settle=0, duration=2000
    )
    share = fired.mean(axis=0) / 1000
    close(1000 * share / (1 - share), rates[0], 0.15)  # in the step in which a neuron fires it hears nothing


def test_what_cannot_be_simulated_is_refused_by_name(recall):
    rng, two = np.random.default_rng(0), np.full((1, 2), 10.0)
    for words, wrong in {
        r"rates have shape \(1, 2\), expected \(examples, 3\)": lambda: recall.poisson_response(two, np.eye(3), rng),
        "rates go down to -10 Hz": lambda: recall.poisson_response(-two, np.eye(2), rng),
        "duration 1 ms": lambda: recall.poisson_response(two, np.eye(2), rng, duration=1),
        r"weights have shape \(2,\)": lambda: recall.LIFLayer([1, 2]),
        "step is 0": lambda: recall.LIFLayer(np.eye(2), step=0),
        r"forward has shape \(2, 3\), expected \(3, 2\)": lambda: recall.closed_loop_rates(
            two, np.ones((2, 3)), np.ones((2, 3)), 10, rng
        ),
        "one is turned": lambda: recall.Apprentice(np.ones((3, 2)), np.ones((3, 2)), 0.1),
        "rate is 0": lambda: recall.Apprentice(np.ones((3, 2)), np.ones((2, 3)), 0),
    }.items():
        with pytest.raises(ValueError, match=words):
            wrong()


# Signal and noise on the way back


def linear_returns(n_y, p, active, n_x, networks, answer=lambda heard: heard):
    """Correlations of what returns through the transpose with the pattern, simulated without any theory."""
    rng = np.random.default_rng(0)
    for _ in range(networks):
        there = rng.random((n_y, n_x)) < p
        pattern = rng.permutation(n_x) < round(active * n_x)
        yield np.corrcoef(answer(there @ pattern.astype(float)) @ there, pattern)[0, 1]


def correlation(ratio):
    return np.sqrt(ratio / (1 + ratio))


def roughly(n_y, p, active, n_x):
    """The page's formula, for y that hear many active neurons."""
    return (1 - active) * n_y * (1 - p) / (n_x * (1 - p + p * active * n_x))


@pytest.mark.parametrize(
    ("n_y", "p", "active"),
    [(100, p, 0.3) for p in (0.02, 0.05, 0.1, 0.2, 0.5)] + [(400, 0.1, 0.3), (100, 0.1, 0.1), (200, 0.2, 0.8)],
)
def test_linear_neurons_return_what_the_ratio_of_signal_and_noise_says(n_y, p, active):
    found = np.array(list(linear_returns(n_y, p, active, 100, 300)))
    error = found.std() / np.sqrt(len(found))
    assert found.mean() == pytest.approx(correlation(signal_to_noise(n_y, p, active, 100)), abs=4 * error)
    as_if_independent = (1 - active) * n_y * (1 - p) / (100 * (1 + p))
    assert correlation(as_if_independent) - found.mean() > 20 * error
    off = np.array(list(linear_returns(n_y, p, active, 100, 300, lambda heard: heard - heard.mean())))
    mean_off = signal_to_noise(n_y, p, active, 100, lambda heard: heard - 100 * active * p)
    assert off.mean() == pytest.approx(correlation(mean_off), abs=4 * off.std() / np.sqrt(len(off)) + 0.005)


@pytest.mark.parametrize("respond", [linear, np.square, lambda heard: np.maximum(heard - 1, 0)])
def test_the_ratio_is_exact_over_all_connections_of_a_neuron_y(respond):
    n_x, p, pattern = 6, 0.3, np.array([1, 1, 1, 0, 0, 0])
    rows = np.array(list(np.ndindex(*[2] * n_x)))
    chance = p ** rows.sum(axis=1) * (1 - p) ** (n_x - rows.sum(axis=1))
    echoes = rows * respond(rows @ pattern.astype(float))[:, None]
    first, second, third, fourth = echoes[:, [0, 1, 3, 4]].T  # two active ones, two silent ones
    signal = chance @ (first - third)
    noise = (chance @ (first - second) ** 2 + chance @ (third - fourth) ** 2) / 4
    assert signal_to_noise(7, p, 0.5, n_x, respond) == pytest.approx(0.25 * (7 * signal) ** 2 / (7 * noise))


def test_the_formula_of_the_page_is_the_limit_in_which_y_hears_many():
    for p in (0.1, 0.3, 0.8):
        assert signal_to_noise(50, p, 0.4, 2000, linear) == pytest.approx(roughly(50, p, 0.4, 2000), rel=0.03)
    few = [round(float(correlation(ratio(100, 0.05, 0.3, 100))), 2) for ratio in (roughly, signal_to_noise)]
    assert few == [0.46, 0.42]  # as the page says


def test_without_its_mean_p_is_gone_and_a_threshold_at_the_mean_keeps_half():
    for p in (0.2, 0.5):
        mean = 600 * p
        without = signal_to_noise(100, p, 0.6, 1000, lambda heard: heard - mean)  # noqa: B023
        threshold = signal_to_noise(100, p, 0.6, 1000, lambda heard: np.maximum(heard - mean, 0))  # noqa: B023
        assert without == pytest.approx(0.4 * 100 / 1000, rel=0.02)
        assert threshold == pytest.approx(without / 2, rel=0.05)


def test_nothing_returns_where_all_are_connected_or_none_and_everything_by_many_neurons():
    assert signal_to_noise(100, 0, 0.3, 100) == signal_to_noise(100, 1, 0.3, 100) == 0
    assert signal_to_noise(200, 0.1, 0.3, 100) == pytest.approx(2 * signal_to_noise(100, 0.1, 0.3, 100))
    assert correlation(signal_to_noise(10**6, 0.1, 0.3, 100)) > 0.999
    for words, wrong in {"p is 2": (100, 2, 0.3, 100), "active is 1, 9 of 9": (9, 0.1, 1, 9)}.items():
        with pytest.raises(ValueError, match=words):
            signal_to_noise(*wrong)


def test_spiking_neurons_return_more_than_linear_ones_by_the_threshold_of_y_alone(recall):
    rng, found = np.random.default_rng(0), []
    for _ in range(8):
        seen, there = make_patterns(8, 100, 0.3, rng), sparse(100, 100, 0.2, 2.5, rng)
        heard, fired = seen @ there.T, recall.poisson_response(200 * seen, there, rng)
        of_spiking_y, of_linear_y = (way_down(recall, y, there.T, rng) for y in (fired, heard))
        returns = heard @ there, of_linear_y, fired @ there, of_spiking_y
        found.append([np.mean([np.corrcoef(*pair)[0, 1] for pair in zip(x, seen, strict=True)]) for x in returns])
    linear_both, only_x_spikes, only_y_spikes, both_spike = np.mean(found, axis=0)
    assert both_spike > linear_both + 0.12
    assert only_y_spikes == pytest.approx(both_spike, abs=0.03)
    assert only_x_spikes == pytest.approx(linear_both, abs=0.03)
    at_the_mean = signal_to_noise(100, 0.2, 0.3, 100, lambda heard: np.maximum(heard - 6, 0))
    assert both_spike == pytest.approx(correlation(at_the_mean), abs=0.06)


# The chapter's own figures


def document_network(seed):
    """x in the pattern, x outside and y, in Hz, over two seconds, with the document's parameters."""
    rng = np.random.default_rng(seed)
    b2.seed(seed)
    pattern = make_patterns(1, 100, 0.3, rng)[0]
    x, y = (lif_group(100, 10, 50, 2) for _ in range(2))
    senses = b2.PoissonGroup(100, 200 * pattern * b2.Hz)
    there, back = (5 * make_patterns(100, 100, 0.1, rng) for _ in range(2))
    synapses = [connect(senses, x, 10 * np.eye(100)), connect(x, y, there), connect(y, x, back)]
    monitors = [b2.SpikeMonitor(group) for group in (x, y)]
    ran(2000, x, y, senses, synapses, monitors)
    of_x, of_y = (np.bincount(monitor.i, minlength=100) / 2 for monitor in monitors)
    return of_x[pattern == 1].mean(), of_x[pattern == 0].mean(), of_y.mean()


def test_with_the_document_s_parameters_x_hardly_fires_and_y_never(tenth):
    inside, outside, of_y = np.mean([document_network(seed) for seed in range(2)], axis=0)
    assert inside == pytest.approx(2.8, abs=0.6)
    assert outside == of_y == 0


def way_down(recall, y_rates, back, rng):
    return recall.poisson_response(100 * y_rates / y_rates.mean(axis=1, keepdims=True), back, rng)


def recovered(recall, mirrored, off_y=False):
    """Of 40 patterns, those that come back as themselves by 1-norm and cosine; mean cosine to the others."""
    rng = np.random.default_rng(11)
    right, others = np.zeros(2, int), []
    for _ in range(10):
        seen = make_patterns(4, 100, 0.3, rng)
        there = sparse(100, 100, 0.1, 5, rng)
        y_rates = recall.poisson_response(200 * seen, there, rng)
        if off_y:
            y_rates = np.maximum(y_rates - y_rates.mean(axis=0), 0)
        back = there.T if mirrored else sparse(100, 100, 0.1, 5, rng)
        alike = np.array([similarities(x, seen) for x in way_down(recall, y_rates, back, rng)])
        right += [(alike[:, 0].argmin(axis=1) == range(4)).sum(), (alike[:, 1].argmax(axis=1) == range(4)).sum()]
        others.append(alike[:, 1][~np.eye(4, dtype=bool)].mean())
    return *right, np.mean(others)


def test_random_feedback_recovers_what_chance_recovers_and_the_transpose_nearly_all(recall):
    by_norm, by_cosine, _ = recovered(recall, mirrored=False)
    assert 2 <= by_norm <= 18 and 2 <= by_cosine <= 18  # three standard deviations about 10
    by_norm, by_cosine, others = recovered(recall, mirrored=True)
    assert by_norm >= 38 and by_cosine >= 39
    _, by_cosine, fewer = recovered(recall, mirrored=True, off_y=True)
    assert by_cosine >= 39 and fewer < others - 0.05


def test_stronger_connections_make_everything_fire_and_only_the_refractory_period_stops_it(recall, monkeypatch):
    def outside_and_inside(weight):
        rng = np.random.default_rng(0)
        seen = make_patterns(4, 100, 0.3, rng) == 1
        both = [sparse(100, 100, 0.1, weight, rng) for _ in range(2)]
        x, _ = recall.closed_loop_rates(200 * seen, *both, 60, rng, duration=200)
        return x[~seen].mean(), x[seen].mean()

    assert outside_and_inside(5)[0] < 1
    outside, inside = outside_and_inside(20)
    assert 0.7 * inside < outside <= inside <= 500
    monkeypatch.setattr(recall, "REFRACTORY", 0.0)
    assert min(outside_and_inside(10)) > 2000


def test_the_local_rule_says_again_with_spikes_what_it_has_never_seen(recall):
    rng = np.random.default_rng(1)
    there = sparse(400, 100, 0.1, 10, rng)
    taught, asked = make_patterns(800, 100, 0.3, rng), make_patterns(20, 100, 0.3, rng)
    codes = recall.poisson_response(200 * taught, there, rng, settle=100, duration=300)
    slow = codes.mean(axis=0)
    codes = codes - slow
    start = sparse(100, 400, 0.1, 0.001, rng)
    learned = learn_feedback(start, taught - 0.3, codes, 0.5 / np.mean(np.sum(codes**2, axis=1)))
    y_rates = recall.poisson_response(200 * asked, there, rng)

    def returned(x):
        return np.mean([similarities(rates, [one])[2, 0] for rates, one in zip(x, asked, strict=True)])

    by_rule = recall.poisson_response(y_rates, 8000 * learned, rng, tonic=80 * (0.3 - learned @ slow))
    by_mirror = way_down(recall, y_rates, there.T / 8, rng)
    by_chance = way_down(recall, y_rates, sparse(100, 400, 0.1, 1.25, rng), rng)
    assert returned(by_rule) > 0.9
    assert 0.5 < returned(by_mirror) < 0.8 and abs(returned(by_chance)) < 0.1
    assert np.corrcoef(learned.ravel(), there.T.ravel())[0, 1] > 0.5  # found, not transported
    assert abs(np.corrcoef(start.ravel(), there.T.ravel())[0, 1]) < 0.05


def test_the_spike_by_spike_rule_is_the_one_that_brian2_learns_by(recall, tenth):
    rng = np.random.default_rng(0)
    there, start = sparse(15, 8, 0.5, 20, rng), 0.1 * rng.random((8, 15))
    spikes = rng.random((300, 8)) < 0.2
    apprentice = recall.Apprentice(there, start, 0.002)
    fired = np.array([apprentice(row) for row in spikes])

    b2.defaultclock.dt = 1 * b2.ms
    steps, neurons = np.nonzero(spikes)
    x, y = b2.SpikeGeneratorGroup(8, neurons, steps * b2.ms), lif_group(15, 10, 50, 2)
    learned, monitor = LearnedFeedback(x, y, start, 0.002), b2.SpikeMonitor(y)
    ran(300, x, y, connect(x, y, there), *learned.objects, monitor)
    assert monitor.num_spikes == fired.sum() > 200
    close(learned.weights, apprentice.feedback, 1e-9)
    assert np.abs(learned.weights - start).max() > 0.1


def test_the_chapter_shows_the_rule_as_it_runs():
    assert "print(getsource(LearnedFeedback.__init__))" in (BOOK / "spiking_autoencoder.md").read_text()


def test_a_learned_feedback_that_does_not_fit_its_populations_is_refused(tenth):
    x, y = lif_group(2, 10, 50, 2), lif_group(3, 10, 50, 2)
    with pytest.raises(ValueError, match=r"shape \(3, 2\), expected \(n_x, n_y\) = \(2, 3\)"):
        LearnedFeedback(x, y, np.zeros((3, 2)), 0.1)
    with pytest.raises(ValueError, match="rate is -1"):
        LearnedFeedback(x, y, np.zeros((2, 3)), -1)


def test_the_spike_by_spike_rule_finds_the_way_back_too(recall):
    rng = np.random.default_rng(2)
    there = sparse(400, 100, 0.1, 10, rng)
    apprentice, fired = recall.Apprentice(there, sparse(100, 400, 0.1, 0.01, rng), 1e-4), 0
    for pattern in make_patterns(120, 100, 0.3, rng):
        for _ in range(200):
            fired = fired + apprentice(rng.random(100) < 0.2 * pattern)
    asked = make_patterns(20, 100, 0.3, rng)
    feedback, slow = apprentice.feedback / 200, fired / 24  # 24 s
    y_rates = recall.poisson_response(200 * asked, there, rng)
    x = recall.poisson_response(y_rates, 8000 * feedback, rng, tonic=80 * (0.3 - feedback @ slow))
    assert np.mean([similarities(rates, [one])[2, 0] for rates, one in zip(x, asked, strict=True)]) > 0.5
    assert np.corrcoef(feedback.ravel(), there.T.ravel())[0, 1] > 0.5


# The whole network, in Brian2. With steps of 1 ms and all patterns side by side, a test of four takes about a second.

MS = 1 * b2.ms


def asked(n_patterns, n_x=100, seed=100):
    return make_patterns(n_patterns, n_x, 0.3, np.random.default_rng(seed))


def recovered_of_20(feedback, weight):
    networks = [SpikingAutoencoder(feedback=feedback, weight=weight * b2.mV, dt=MS, seed=seed) for seed in range(5)]
    return sum(
        one.test(asked(4, seed=100 + seed), settle=100 * MS, listen=400 * MS, width=100 * MS).recovered.sum()
        for seed, one in enumerate(networks)
    )


@pytest.mark.parametrize(
    ("feedback", "weight", "fewest", "most"),
    [("random", 7.5, 1, 10), ("transposed", 7.5, 18, 20), ("random", 10, 1, 10), ("transposed", 10, 10, 18)],
)
def test_in_the_loop_the_transpose_recovers_what_random_feedback_does_not(feedback, weight, fewest, most):
    """By chance 5 of 20, give or take two; at 10 mV the loop runs away, and the transpose recovers about 14."""
    assert fewest <= recovered_of_20(feedback, weight) <= most


def test_the_test_gives_rates_that_settle_and_every_likeness_of_every_pattern():
    patterns = asked(3)
    recall = SpikingAutoencoder(dt=MS, seed=1).test(patterns, settle=200 * MS, listen=600 * MS, width=100 * MS)
    assert recall.y_windows.shape == recall.x_windows.shape == (8, 3, 100)
    close(recall.y_rates, recall.y_windows[2:].mean(axis=0))
    close(recall.x_rates, recall.x_windows[2:].mean(axis=0))
    early, late = (np.corrcoef(recall.y_windows[some].mean(axis=0).ravel(), recall.y_rates.ravel())[0, 1]
                   for some in (slice(0, 1), slice(2, 5)))  # fmt: skip
    assert early < late and late > 0.9
    for k, rates in enumerate(recall.x_rates):
        norms, cosines, correlations = similarities(rates, patterns)
        close(recall.one_norm[k], norms)
        close(recall.cosine[k], cosines)
        close(recall.correlation[k], correlations)
        assert norms[k] == pytest.approx(np.abs(rates / rates.max() - patterns[k]).sum())
    assert recall.recovered.all() and recall.guess.tolist() == [0, 1, 2]


def test_both_populations_live_on_both_ways():
    patterns = asked(2)
    autoencoder = SpikingAutoencoder(dt=MS, weight=15 * b2.mV)
    both = autoencoder.populations(copies=2)
    both.i_up.rates = patterns.ravel() * 200 * b2.Hz
    with autoencoder._running():
        both.network.run(400 * MS, namespace={})
    of_x = np.bincount(both.spikes_x.i, minlength=200).reshape(2, 100)
    assert both.spikes_y.num_spikes > 1000 and of_x[patterns == 1].min() > 20
    assert of_x[patterns == 0].mean() > 1  # what y says to those that nobody shows


def test_copies_side_by_side_know_nothing_of_each_other():
    patterns = asked(2)
    patterns[1] = 0
    recall = SpikingAutoencoder(dt=MS).test(patterns, settle=0 * MS, listen=200 * MS)
    assert recall.y_rates[0].any() and not recall.y_rates[1].any() and not recall.x_rates[1].any()


def test_the_same_seed_is_the_same_test_and_the_clock_is_left_as_it_was(tenth):
    b2.defaultclock.dt = 0.5 * MS
    one, same, other = (
        SpikingAutoencoder(dt=MS, seed=seed).test(asked(1), settle=0 * MS, listen=200 * MS) for seed in (1, 1, 2)
    )
    assert np.array_equal(one.x_rates, same.x_rates) and not np.array_equal(one.x_rates, other.x_rates)
    assert b2.defaultclock.dt == 0.5 * MS


@pytest.fixture(scope="module")
def taught():
    """A network that has learned for 20 s, which takes some seconds."""
    return SpikingAutoencoder(40, 160, weight=20 * b2.mV, dt=MS).learn(asked(100, 40, seed=8), rate=1e-3)


def test_learned_feedback_recovers_in_a_loop_in_which_random_and_transposed_feedback_run_away(taught):
    patterns = asked(10, 40)
    recall = taught.test(patterns)
    assert recall.recovered.all() and np.diag(recall.correlation).mean() > 0.6
    assert 0.5 < np.corrcoef(taught.U.ravel(), taught.W.T.ravel())[0, 1] < 0.95  # found, not transported
    for feedback in ("random", "transposed"):
        network = SpikingAutoencoder(40, 160, weight=20 * b2.mV, feedback=feedback, dt=MS)
        assert network.test(patterns).recovered.sum() <= 4


def test_feedback_that_was_learned_elsewhere_can_be_given(taught):
    given = SpikingAutoencoder(
        40, 160, weight=20 * b2.mV, feedback=taught.U * b2.mV, steady=taught.steady * b2.mV, recall_rate=None, dt=MS
    )
    patterns = asked(4, 40)
    close(given.test(patterns).x_rates, taught.test(patterns).x_rates)


def test_a_steady_drive_brings_x_to_rest_there():
    autoencoder = SpikingAutoencoder(3, 1, p=0, steady=[20, 45, 60] * b2.mV, dt=MS)
    both = autoencoder.populations()
    with autoencoder._running():
        both.network.run(300 * MS, namespace={})
    np.testing.assert_allclose(np.array(both.x.v / b2.mV)[:2], [20, 45], rtol=0.01)
    assert set(both.spikes_x.i) == {2}


@pytest.fixture(scope="module")
def trials():
    """Two draws of two living populations with connections of 10 mV, four patterns each, and all three ways back."""
    return ways_back(networks=2, settle=100 * MS, listen=500 * MS)


def test_of_two_living_populations_only_the_learned_feedback_brings_every_pattern_back(trials):
    by_correlation = {way: sum(trial.recalls[way].recovered.sum() for trial in trials) for way in WAYS}
    alike = {way: np.mean([np.diag(trial.recalls[way].correlation) for trial in trials]) for way in WAYS}
    assert by_correlation["learned"] == 8 and alike["learned"] > 0.5
    for way in ("random", "transposed"):  # the loop runs away
        assert by_correlation[way] <= 6 and abs(alike[way]) < 0.2
        assert all(trial.recalls[way].x_rates.mean() > 100 for trial in trials)
    assert all(trial.recalls["learned"].x_rates.mean() < 50 for trial in trials)


def test_every_distance_is_that_of_the_rates_over_the_largest_and_silence_is_as_near_as_what_was_learned(trials):
    for trial in trials:
        for recall in trial.recalls.values():
            scaled = recall.x_rates / recall.x_rates.max(axis=1, keepdims=True)
            close(recall.one_norm, np.abs(scaled[:, None] - trial.patterns[None]).sum(axis=2))
        recall, silent = trial.recalls["learned"], trial.patterns.sum(axis=1)
        assert np.diag(recall.one_norm).mean() == pytest.approx(silent.mean(), abs=6)
        assert (recall.one_norm.argmin(axis=1) == range(4)).all()


def test_the_rates_have_settled_where_they_are_measured_and_both_populations_are_alive(trials):
    for recall in (recall for trial in trials for recall in trial.recalls.values()):
        assert max(recall.y_drift, recall.x_drift) <= 1
        for windows, rates in ((recall.y_windows, recall.y_rates), (recall.x_windows, recall.x_rates)):
            close(rates, windows[-10:].mean(axis=0))
            early, late = windows[-10:-5].mean(), windows[-5:].mean()
            assert early == pytest.approx(late, rel=0.1) and late > 5


def test_without_its_weights_below_zero_the_learned_feedback_lets_the_loop_run_away():
    rng = np.random.default_rng(0)
    patterns, lessons = make_patterns(4, 100, 0.3, rng), make_patterns(1000, 100, 0.3, rng)
    network = learn_from_rates(SpikingAutoencoder(weight=10 * b2.mV, dt=MS), lessons, learn_feedback, rng)
    assert 0.4 < (network.U < 0).mean() < 0.7
    calm = network.test(patterns, listen=400 * MS)
    network.U = np.maximum(network.U, 0)
    wild = network.test(patterns, listen=400 * MS)
    assert calm.recovered.all() and calm.x_rates.mean() < 50
    assert wild.x_rates.mean() > 200 and np.diag(wild.correlation).mean() < 0.1


def test_rates_that_stay_drift_by_one_and_rates_that_move_by_more():
    rng = np.random.default_rng(0)
    rates = rng.uniform(5, 50, 5000)
    assert drift(*rng.poisson(rates, (2, 5000))) == pytest.approx(1, abs=0.1)
    assert drift(rng.poisson(rates), rng.poisson(1.2 * rates)) > 1.5
    assert drift(np.full(100, 20), np.full(100, 23)) > 1 > drift(np.full(100, 20), np.full(100, 21))  # a tenth
    assert drift(np.tile([20, 30], 50), np.tile([30, 20], 50)) > 1  # the same sum, and other neurons
    assert drift(np.zeros(3), np.zeros(3)) == 0


def test_a_test_goes_on_until_the_rates_have_settled_but_not_longer_than_it_may():
    slow = SpikingAutoencoder(
        tau=500 * MS, input_weight=4 * b2.mV, weight=5 * b2.mV, feedback=np.zeros((100, 100)) * b2.mV, dt=MS
    )  # it fills for 0.1 s before y fires
    times = {"settle": 0 * MS, "listen": 300 * MS, "width": 150 * MS}
    once, not_twice, enough = (slow.test(asked(3), longest=longest * MS, **times) for longest in (0, 500, 2000))
    assert len(once.y_windows) == len(not_twice.y_windows) == 2 and once.y_drift > 2
    assert enough.y_drift <= 1 and 2 < len(enough.y_windows) <= 12
    close(enough.y_rates, enough.y_windows[-2:].mean(axis=0))


def test_what_the_network_cannot_be_is_refused_by_name():
    for words, wrong in {
        "feedback is 'mirror', expected 'random', 'transposed' or": {"feedback": "mirror"},
        r"feedback is of shape \(2, 2\)": {"feedback": np.eye(2) * b2.mV},
        "p = 2": {"p": 2},
        "n_x = 0": {"n_x": 0},
    }.items():
        with pytest.raises(ValueError, match=words):
            SpikingAutoencoder(**wrong)
    with pytest.raises(b2.DimensionMismatchError, match="weight"):
        SpikingAutoencoder(weight=5)
    with pytest.raises(b2.DimensionMismatchError, match="feedback is in volts"):
        SpikingAutoencoder(feedback=np.ones((100, 100)))
    autoencoder = SpikingAutoencoder()
    for words, patterns in {
        "expected one row of 100": np.ones((2, 3)),
        "more than 0 and 1": np.full((1, 100), 2),
    }.items():
        with pytest.raises(ValueError, match=words):
            autoencoder.test(patterns)
    with pytest.raises(ValueError, match="multiples of the width"):
        autoencoder.test(asked(1), listen=250 * b2.ms)
    with pytest.raises(TypeError, match="give similarities"):
        SpikingAutoencoder(similarities=None).test(asked(1))


# Brian2 beside a student, and in the judge

SCRIPT = """
{start}
import glob, os, sys, tempfile, warnings
left = set(os.listdir(tempfile.gettempdir()))
print(sorted(name for name in left if "brian" in name), sys.excepthook is sys.__excepthook__)
1 / 0
"""


def run_script(start, folder, **variables):
    script, scratch = folder / "script.py", folder / "scratch"
    script.write_text(SCRIPT.format(start=start))
    scratch.mkdir()
    environment = os.environ | {"TMPDIR": str(scratch), "PYTHONPATH": str(PROJECT)} | variables
    done = subprocess.run([sys.executable, script], cwd=folder, env=environment, capture_output=True, text=True)
    return done, sorted(path.name for path in scratch.iterdir())


def test_brian2_by_itself_takes_over_errors_and_leaves_files(tmp_path):
    done, left = run_script("import brian2", tmp_path)  # why the two remedies below are needed
    assert "encountered an unexpected error" in done.stderr and len(left) == 2


def test_the_teacher_s_process_shows_errors_as_python_does_and_keeps_no_files(tmp_path):
    done, left = run_script("from solutions.models.brian import brian2", tmp_path)
    assert done.stdout == "[] True\n" and left == []
    assert "unexpected error" not in done.stderr and done.stderr.endswith("ZeroDivisionError: division by zero\n")


def test_who_imports_brian2_plainly_after_that_or_even_before_finds_it_quiet(tmp_path):
    for order in (
        "from solutions.models.brian import brian2\nimport brian2",
        "import brian2\nimport solutions.models.brian",
    ):
        folder = tmp_path / str(len(order))
        folder.mkdir()
        done, left = run_script(order, folder)
        assert done.stdout == "[] True\n" and left == []
        assert "unexpected error" not in done.stderr


def beside(source, folder):
    """The folder with what lies beside a notebook with this cell."""
    for place, path in files_beside(new_notebook(cells=[new_code_cell(source)])).items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(path.read_text())
    return folder


FIRST = "from solutions.models.brian import brian2 as b2"
INSIDE = (
    f"{FIRST}\n"
    + """
import glob, tempfile
try:
    b2.Network(b2.NeuronGroup(1, "dv/dt = -v / missing : 1", method="exact")).run(1 * b2.ms, namespace={})
except Exception as error:
    print(type(error).__name__)
"""
)


@pytest.mark.sandbox
def test_in_the_sandbox_an_error_after_brian2_is_one_plain_error_and_there_are_no_debug_files(tmp_path):
    look = "print(glob.glob(tempfile.gettempdir() + '/brian*'), b2.prefs.codegen.target)"
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in (INSIDE, "1 / 0", look)])
    ran_inside = run(notebook, folders=(beside(FIRST, tmp_path),)).cells
    assert "BrianObjectException\n" in [output.text for output in ran_inside[0].outputs]
    [error] = ran_inside[1].outputs
    assert (error.output_type, error.ename, error.evalue) == ("error", "ZeroDivisionError", "division by zero")
    assert ran_inside[2].outputs[0].text == "[] numpy\n"
    assert "unexpected error" not in str(ran_inside)


def test_in_a_notebook_an_error_after_brian2_is_one_plain_error(tmp_path):
    from nbclient import NotebookClient

    look = "print(b2.BrianLogger.tmp_log, b2.BrianLogger.tmp_script)"
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in (FIRST, "1 / 0", look)])
    beside(FIRST, tmp_path)
    NotebookClient(notebook, allow_errors=True, timeout=100, resources={"metadata": {"path": tmp_path}}).execute()
    assert [output.output_type for output in notebook.cells[1].outputs] == ["error"]
    assert notebook.cells[2].outputs[0].text == "None None\n"


# What a student is told

EXERCISES = {one.name: one for one in load("spiking_autoencoder").exercises}


def told(exercise, thing, **inputs):
    return answer(EXERCISES[exercise].probe, thing, inputs)


KICKED = {"n": 1, "tau": 10, "threshold": 50, "refractory": 2, "kicks": [[1.5, 0, 20]], "duration": 3}


def test_what_brian2_cannot_resolve_is_named_and_not_the_object_it_stands_in(tenth):
    def without_namespace(n, tau, threshold, refractory):
        return b2.NeuronGroup(n, "dv/dt = -v / tau_of_mine : volt", method="exact")

    given = told("lif_group", without_namespace, **KICKED)
    assert "tau_of_mine" in given["says"] and "debug log" not in given["says"]


@pytest.mark.parametrize("thing", [None, 3, "a group"])
def test_what_is_no_group_is_said_to_be_none(thing):
    given = told("lif_group", lambda *_: thing, **KICKED)
    assert given["raised"] == "TypeError" and "NeuronGroup" in given["says"]
    given = told("connect", lambda *_: thing, weights=[{"array": [[1, 2]]}], spikes=[[0.5, 0]], duration=2)
    assert given["raised"] == "TypeError" and "Synapses" in given["says"]


def test_the_question_leaves_the_clock_of_the_notebook_as_it_was(tenth):
    b2.defaultclock.dt = 0.5 * b2.ms
    assert "answer" in told("lif_group", lif_group, **KICKED)
    assert b2.defaultclock.dt == 0.5 * b2.ms


def test_a_pattern_with_exactly_the_share_of_neurons_is_right_too():
    def exactly(n_patterns, n_neurons, active, rng):
        count = round(active * n_neurons)
        return [rng.permutation([1] * count + [0] * (n_neurons - count)) for _ in range(n_patterns)]

    of = {"n_patterns": 4, "n_neurons": 20_000, "active": 0.3, "seed": 1}
    for part, condition in (("share", probes.share_is_right), ("alike", probes.drawn_for_themselves)):
        raw = told("make_patterns", exactly, part=part, **of)["answer"]
        assert condition(of, probes.statistics(of | {"part": part}, raw)) == ""


@pytest.mark.parametrize("share", [0.28, 0.32, float("nan")])
def test_a_share_five_spreads_off_is_not_right(share):
    assert "expected 30.0%" in probes.share_is_right(
        {"active": 0.3, "n_patterns": 1, "n_neurons": 20_000}, [0.3, share]
    )
