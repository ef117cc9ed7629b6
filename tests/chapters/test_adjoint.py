"""The adjoint: exact steps, exact gradients, what Euler's step makes of them, and what they cannot see."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from autograder.exercises import load
from solutions.adjoint import (
    euler_adjoint,
    exact_adjoint,
    forward,
    jump,
    loss_push,
    next_spike,
    spike_time_gradient,
    weight_gradient,
)
from solutions.models.adjoint.compiled import CompiledEventDrivenNetwork
from solutions.models.adjoint.event_driven import MOST_SPIKES, EventDrivenNetwork, random_spikes
from solutions.models.adjoint.finite_differences import finite_differences
from solutions.models.adjoint.run import LOSSES
from solutions.models.adjoint.time_stepped import time_stepped_gradient

CHAPTER = load("adjoint")
TAU_M, TAU_S = 20.0, 5.0
SHAPES = ("average", "sum", "weighted", "max")
TAUS = st.tuples(st.floats(8, 40), st.floats(1, 6))
STEPS = st.lists(st.integers(0, 59), max_size=8)
PUSHES = arrays(float, st.integers(1, 40), elements=st.floats(-2, 2))


def close(one, other, within=1e-9):
    np.testing.assert_allclose(one, other, rtol=within, atol=within)


def epsp(t, tau_m=TAU_M, tau_s=TAU_S):
    """The voltage a time t after a spike of weight 1."""
    t = np.maximum(t, 0)
    return tau_s / (tau_m - tau_s) * (np.exp(-t / tau_m) - np.exp(-t / tau_s))


def corrected(dt):
    """The weight that keeps the sum of the current over steps the same."""
    return TAU_S * (1 - np.exp(-dt / TAU_S)) / dt


def wanted(voltage):
    """The push on the right one of twenty outputs, if the others are silent."""
    return 19 / (19 + np.exp(voltage))


def density(voltage):
    return np.log(np.exp(voltage) + 19) - voltage


def mean_push(voltage):
    still, rise = np.diff(voltage) == 0, np.diff(voltage)
    return np.where(still, wanted(voltage[:-1]), -np.diff(density(voltage)) / np.where(still, 1, rise))


PARTS = {EventDrivenNetwork: {"next_spike": next_spike, "jump": jump}, CompiledEventDrivenNetwork: {"jump": jump}}
both_networks = pytest.mark.parametrize("kind", PARTS)


def listening_and_firing(seed=0, n_in=8, n_hidden=5, n_out=3, weights=None, kind=EventDrivenNetwork):
    return kind(n_in, n_hidden, n_out, weights=weights, seed=seed, **PARTS[kind])


def gradient(network, times, senders, target, shape, duration=100.0):
    return network.gradient(network.run(times, senders, duration), target, shape)


# A neuron that listens


@given(steps=STEPS, weight=st.floats(-3, 3), dt=st.floats(0.01, 15), taus=TAUS)
def test_voltage_and_current_are_sums_of_those_of_each_spike_whatever_the_step(steps, weight, dt, taus):
    tau_m, tau_s = taus
    trace = forward(steps, weight, 60, dt, tau_m, tau_s)
    since = dt * (np.arange(60)[:, None] - np.array(steps, dtype=float).reshape(1, -1))
    close(trace[:, 0], weight * epsp(since, tau_m, tau_s).sum(axis=1))
    close(trace[:, 1], weight * (np.exp(-np.maximum(since, 0) / tau_s) * (since >= 0)).sum(axis=1))


def test_the_means_of_the_source_come_out_with_its_corrected_weight():
    trace = forward([100, 150], corrected(1.0), 1400, 1.0)
    assert np.mean(trace[:, 0]) == 0.0064685114737184106
    assert np.mean(trace[:, 1]) == pytest.approx(0.007142857142857143, rel=1e-15)
    fine = forward([10_000, 15_000], corrected(0.01), 140_000, 0.01)
    assert np.mean(fine[:, 0]) == pytest.approx(0.007135718450596187, rel=1e-13)
    assert np.mean(fine[:, 1]) == pytest.approx(0.0071428571428571435, rel=1e-13)


def test_without_the_correction_the_step_does_not_matter_and_with_it_it_does():
    coarse, fine = forward([100, 150], 1, 1400, 1.0), forward([10_000, 15_000], 1, 140_000, 0.01)
    assert np.abs(coarse - fine[::100]).max() < 1e-14
    coarse, fine = coarse * corrected(1.0), fine * corrected(0.01)
    assert np.abs(coarse - fine[::100])[:, 0].max() > 0.01


# Backwards


@given(push=PUSHES, dt=st.floats(0.01, 2), taus=TAUS)
def test_eulers_adjoint_is_the_derivative_of_eulers_neuron(push, dt, taus):
    """Of sum(dt * push * V) over steps, each of which moves V and I by Euler's step: kick every V and every I."""
    tau_m, tau_s = taus
    lambdas = euler_adjoint(push, dt, tau_m, tau_s)
    of_V, of_I = 0.0, 0.0  # dL/dV and dL/dI by the chain rule, step by step
    for n in range(len(push) - 1, -1, -1):
        of_V, of_I = -push[n] * dt + (1 - dt / tau_m) * of_V, dt / tau_m * of_V + (1 - dt / tau_s) * of_I
        close(lambdas[n], [-of_V / tau_m, -of_I / tau_s])


def test_eulers_adjoint_gives_the_values_of_the_source():
    voltage = forward([100, 150], corrected(1.0), 1400, 1.0)[:, 0]
    found = spike_time_gradient(euler_adjoint(wanted(voltage), 1.0), 1.0, [100, 150])
    close(found, [3.02033966e-04, 5.71670902e-05], 1e-12)
    assert found.sum() == pytest.approx(0.00035920105593634233, rel=1e-12)


def test_a_constant_push_telescopes():
    lambdas = euler_adjoint(np.ones(1400), 1.0)
    differences = (lambdas[:, 0] - lambdas[:, 1])[::-1]
    assert sum(differences) == 5.000000000000002
    assert sum(differences) == pytest.approx(TAU_S * lambdas[0, 1])
    assert np.abs(differences[200:]).max() < 5e-4  # and all of it comes from the end


@given(push=PUSHES, dt=st.floats(0.01, 15), taus=TAUS, parts=st.integers(2, 5))
def test_an_exact_step_is_any_number_of_shorter_ones(push, dt, taus, parts):
    whole = exact_adjoint(push, dt, *taus)
    close(whole, exact_adjoint(np.repeat(push, parts), dt / parts, *taus)[::parts])


@given(taus=TAUS)
def test_both_adjoints_have_one_limit(taus):
    push = np.sin(np.arange(30))
    exact = exact_adjoint(push, 1.0, *taus)
    errors = [
        np.abs(euler_adjoint(np.repeat(push, parts), 1 / parts, *taus)[::parts] - exact).max() for parts in (50, 100)
    ]
    assert errors[0] / errors[1] == pytest.approx(2, rel=0.05)


@given(push=PUSHES, dt=st.floats(0.01, 15), taus=TAUS)
def test_a_constant_push_is_approached_and_a_push_is_felt_in_proportion(push, dt, taus):
    close(exact_adjoint(3 * push, dt, *taus), 3 * exact_adjoint(push, dt, *taus))
    close(exact_adjoint(np.ones(4000), 1.0, *taus)[0], [1, 1])


# The time of a spike


EXACT_SLOPE = 1.3925e-4


def moved(first, second):
    """The loss of two spikes at any times, integrated without a grid."""
    listening = EventDrivenNetwork(1, 0, 20, weights=np.eye(1, 20))
    return 800 * listening.run([first, second], [0, 0], 800.0).loss(0, "average")


def test_the_exact_slopes_of_two_spikes_are_equal_and_opposite_and_those_of_brute_force():
    slopes = np.array([moved(100.004, 150) - moved(99.996, 150)])
    slopes = np.append(slopes, moved(100, 150.004) - moved(100, 149.996)) / 0.008
    close(slopes, [EXACT_SLOPE, -EXACT_SLOPE], 5e-9)
    for dt, within in ((1.0, 3e-7), (0.1, 5e-9)):
        steps = [round(100 / dt), round(150 / dt)]
        voltage = forward(steps, 1, round(1400 / dt), dt)[:, 0]
        found = spike_time_gradient(exact_adjoint(mean_push(voltage), dt), 1, steps)
        close(found, [EXACT_SLOPE, -EXACT_SLOPE], within)
        assert abs(found.sum()) < 1e-15


def test_brute_force_is_met_more_and_more_closely_as_the_step_gets_shorter():
    brute = (moved(100.004, 130) - moved(99.996, 130)) / 0.008
    errors = []
    for dt in (1.0, 0.5, 0.25):
        steps = [round(100 / dt), round(130 / dt)]
        voltage = forward(steps, 1, round(500 / dt), dt)[:, 0]
        errors.append(spike_time_gradient(exact_adjoint(mean_push(voltage), dt), 1, steps)[0] - brute)
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.1) and errors[1] / errors[2] == pytest.approx(4, rel=0.2)


def test_eulers_sum_falls_with_the_step_and_is_an_artefact():
    sums = []
    for dt in (1.0, 0.1, 0.01):
        steps = [round(100 / dt), round(150 / dt)]
        voltage = forward(steps, corrected(dt), round(1400 / dt), dt)[:, 0]
        sums.append(spike_time_gradient(euler_adjoint(wanted(voltage), dt), 1, steps).sum())
    close(sums, [3.6e-4, 3.6e-5, 3.6e-6], 1e-5)
    assert [f"{one:.1e}" for one in sums] == ["3.6e-04", "3.6e-05", "3.6e-06"]


@given(steps=st.lists(st.integers(0, 200), min_size=1, max_size=12), weight=st.floats(-4, 4), dt=st.floats(0.1, 3))
def test_moving_all_spikes_together_changes_the_loss_by_that_of_the_start_minus_that_of_the_end(steps, weight, dt):
    voltage = forward(steps, weight, 260, dt)[:, 0]
    assume((np.abs(np.diff(voltage))[1:] > 1e-12).all() or not np.diff(voltage).any())
    slopes = spike_time_gradient(exact_adjoint(mean_push(voltage), dt), weight, steps)
    assert slopes.sum() == pytest.approx(density(0.0) - density(voltage[-1]), abs=1e-6)


def bell_spikes(rng, peak_rate):
    """As in the source: each step of 1 ms by itself, the rate a Gaussian bell around 200 ms, 200 ms wide."""
    rate = peak_rate / 1000 * np.exp(-((np.arange(1400) - 200) ** 2) / (2 * 200**2))
    return np.flatnonzero(rng.random(1400) < rate)


@pytest.mark.parametrize(
    ("peak_rate", "mean"), [(10, 8.2e-4), (20, 1.7e-3), (50, 4.4e-3), (100, 1.0e-2), (200, 2.5e-2)]
)
def test_the_sweep_over_rates_has_the_means_of_the_source_and_without_euler_there_is_nothing(peak_rate, mean):
    rng = np.random.default_rng(peak_rate)
    sums, exact = [], []
    for _ in range(120):
        steps = bell_spikes(rng, peak_rate)
        voltage = forward(steps, corrected(1.0), 1400, 1.0)[:, 0]
        sums.append(spike_time_gradient(euler_adjoint(wanted(voltage), 1.0), 1, steps).sum())
        exact.append(spike_time_gradient(exact_adjoint(mean_push(voltage), 1.0), corrected(1.0), steps).sum())
    assert np.mean(sums) == pytest.approx(mean, rel=0.15)
    assert np.min(sums) > -1e-4
    assert np.abs(exact).max() < 1e-6


def test_one_sweep_of_ten_draws_in_seven_has_one_without_a_spike_and_its_sum_is_zero():
    rng = np.random.default_rng(2)
    empty = np.mean([[len(bell_spikes(rng, 10)) == 0 for _ in range(10)] for _ in range(300)], axis=1) > 0
    assert empty.mean() == pytest.approx(1 / 7, abs=0.06)
    voltage = forward([], 1, 1400, 1.0)[:, 0]
    assert spike_time_gradient(euler_adjoint(wanted(voltage), 1.0), 1, []).sum() == 0


# A weight


@given(
    spikes=arrays(float, (12, 3), elements=st.sampled_from([0.0, 1.0])),
    lambda_I=arrays(float, (12, 4), elements=st.floats(-2, 2)),
    tau_s=st.floats(1, 9),
)
def test_a_weight_collects_lambda_I_over_the_spikes_that_go_through_it(spikes, lambda_I, tau_s):
    found = weight_gradient(lambda_I, spikes, tau_s)
    assert found.shape == (3, 4)
    for j, k in np.ndindex(3, 4):
        assert found[j, k] == pytest.approx(-tau_s * sum(lambda_I[n, k] for n in range(12) if spikes[n, j]))


@settings(max_examples=10, deadline=None)
@given(weight=st.floats(-3, 3))
def test_the_slope_of_a_weight_is_that_of_the_loss(weight):
    """A push that does not depend on the voltage is the loss -sum(dt * push * V) itself, with V between steps."""
    push, dt, steps = np.cos(np.arange(50) / 9), 0.5, [3, 10, 30]
    spikes = np.zeros((50, 1))
    spikes[steps] = 1
    found = weight_gradient(exact_adjoint(push, dt)[:, [1]], spikes)[0, 0]

    def loss(weight):
        fine = forward(np.array(steps) * 100, weight, 5000, dt / 100)[:, 0]
        return -(np.repeat(push, 100) * fine).sum() * dt / 100

    assert found == pytest.approx(loss(weight + 1) - loss(weight), rel=1e-2)


# When it fires


@given(
    V=st.floats(-3, 0.99),
    I=st.floats(-5, 20),
    threshold=st.floats(1, 2),
    tau_m=st.floats(8, 40),
    tau_s=st.floats(1, 6),
)
def test_a_spike_comes_when_the_voltage_first_reaches_the_threshold(V, I, threshold, tau_m, tau_s):
    when = next_spike(V, I, threshold, tau_m, tau_s)

    def voltage(t):
        return V * np.exp(-t / tau_m) + I * epsp(t, tau_m, tau_s)

    if math.isinf(when):
        assert (voltage(np.linspace(0, 300, 3001)) <= threshold + 1e-9).all()
    else:
        assert voltage(when) == pytest.approx(threshold, abs=1e-9)
        assert (voltage(np.linspace(0, when, 500)[:-1]) < threshold + 1e-9).all()


def test_from_rest_there_is_a_spike_from_a_known_current_on():
    """The peak of the EPSP is I 4^(-4/3) where tau_m = 4 tau_s, after 20/3 log 4 ms."""
    least = 4 ** (4 / 3)
    assert math.isinf(next_spike(0, least * (1 - 1e-9), 1))
    assert next_spike(0, least * (1 + 1e-9), 1) == pytest.approx(20 / 3 * math.log(4), abs=1e-3)


# Back through a spike


def test_the_jump_of_a_neuron_that_nobody_hears():
    before = jump([2.0, 5.0], [1.0, 1.0], [0.0, 0.0], 0, 3.0, 1.0)
    close(before, [2 * 3 / (3 - 1), 5])


def test_what_was_given_to_the_jump_is_left_as_it_was():
    given = np.array([1.0, 2.0]), np.array([0.5, 0.5]), np.array([0.0, 3.0])
    copies = [one.copy() for one in given]
    jump(*given, 0, 2.0, 1.0)
    for one, other in zip(given, copies, strict=True):
        assert np.array_equal(one, other)


@given(
    lambda_V=arrays(float, 4, elements=st.floats(-2, 2)),
    lambda_I=arrays(float, 4, elements=st.floats(-2, 2)),
    weights=arrays(float, 4, elements=st.floats(-2, 2)),
    n=st.integers(0, 3),
    above=st.floats(0.05, 5),
    threshold=st.floats(0.5, 2),
)
def test_the_jump_is_that_of_the_paper(lambda_V, lambda_I, weights, n, above, threshold):
    before = jump(lambda_V, lambda_I, weights, n, threshold + above, threshold)
    felt = sum(weights[m] * (lambda_V[m] - lambda_I[m]) for m in range(4))
    expected = lambda_V.copy()
    expected[n] = lambda_V[n] + (threshold * lambda_V[n] + felt) / above
    close(before, expected)


@both_networks
def test_a_neuron_that_fires_and_hears_itself_has_the_slopes_of_brute_force(kind):
    """Two hidden neurons, each with a synapse onto itself, and one output."""
    weights = np.array([[6.0, 4.0, 0], [7.0, 3.0, 0], [1.5, 0.8, 2.0], [-0.7, 1.2, -1.0]])
    weights = np.hstack([weights, [[0], [0], [1.0], [2.0]]])
    network = listening_and_firing(n_in=2, n_hidden=2, n_out=2, weights=weights, kind=kind)
    heard = np.array([3.0, 9.0, 20.0]), np.array([0, 1, 0])
    brute = finite_differences(network, *heard, 0)
    for shape in LOSSES:
        exact = gradient(network, *heard, 0, shape)
        assert np.abs(exact - brute[shape]).max() < 1e-8 * np.abs(exact).max()


@both_networks
@pytest.mark.parametrize("seed", [0, 1, 4])
def test_the_gradient_of_a_random_recurrent_network_is_that_of_brute_force_for_three_losses(kind, seed):
    network, heard = listening_and_firing(seed, kind=kind), random_spikes(seed)
    assert 20 < len(network.run(*heard).spikes) < 50
    brute = finite_differences(network, *heard, 1)
    assert len(brute) == 3
    for shape, slopes in brute.items():
        exact = gradient(network, *heard, 1, shape)
        assert not np.isnan(slopes).any()
        assert np.abs(exact - slopes).max() < 1e-8 * np.abs(slopes).max()


def test_a_neuron_is_asked_once_when_it_will_spike_until_something_arrives_or_it_has_fired():
    asked = []

    def counted(V, I, threshold):
        asked.append(I)
        return next_spike(V, I, threshold)

    weights = np.zeros((21, 20))
    weights[0] = np.linspace(9, 11, 20)  # one spike reaches them all, and they do not hear each other
    network = EventDrivenNetwork(1, 20, 0, weights=weights, next_spike=counted)
    run = network.run([0.0], [0])
    assert len(run.spikes) >= 20
    assert len(asked) <= len(run.spikes) + 20


@both_networks
def test_the_network_run_from_event_to_event_is_that_of_a_very_fine_grid(kind):
    network, heard = listening_and_firing(1, kind=kind), random_spikes(1)
    run = network.run(*heard)
    dt = 0.001
    V, I = np.zeros(8), np.zeros(8)
    arriving = np.zeros((100_000, 8))
    np.add.at(arriving, np.round(heard[0] / dt).astype(int), network.weights[heard[1]])
    keep_m, keep_s = np.exp(-dt / TAU_M), np.exp(-dt / TAU_S)
    fired = []
    for n in range(100_000):
        V, I = V * keep_m + I * (keep_m - keep_s) / 3, I * keep_s + arriving[n]
        for k in np.flatnonzero(V[:5] >= 1):
            fired.append((n * dt, int(k)))
            V[k] = 0
            I = I + network.weights[8 + k]
    assert [k for _, k in fired] == [k for _, k in run.spikes]
    close([t for t, _ in fired], [t for t, _ in run.spikes], 0.05)
    close(V, run.voltages([100.0])[0], 0.02)


@both_networks
def test_the_integral_of_a_loss_does_not_depend_on_where_it_is_cut(kind):
    network, heard = listening_and_firing(3, kind=kind), random_spikes(3)
    run = network.run(*heard)
    moments = (np.arange(400_000) + 0.5) / 4000
    outputs = run.voltages(moments)[:, 5:]
    odds = np.exp(outputs)
    assert run.loss(2, "average") == pytest.approx(-np.log(odds[:, 2] / odds.sum(axis=1)).mean(), abs=1e-8)
    for shape, weights in (("sum", 1.0), ("weighted", np.exp(-moments / 100)[:, None])):
        scores = (outputs * weights).mean(axis=0)
        assert run.loss(2, shape) == pytest.approx(np.log(np.exp(scores).sum()) - scores[2], abs=1e-8)


@both_networks
def test_a_loss_that_is_not_there_is_missed_by_name(kind):
    run = listening_and_firing(0, kind=kind).run(*random_spikes(0))
    with pytest.raises(ValueError, match="'mean', expected one of average, sum, weighted"):
        run.loss(0, "mean")


def test_the_time_stepped_gradient_is_far_off_at_1_ms_and_comes_closer_with_the_step():
    errors = []
    for seed in (0, 1, 3, 9):
        network, heard = listening_and_firing(seed), random_spikes(seed)
        exact = gradient(network, *heard, 1, "sum")
        row = [time_stepped_gradient(network, *heard, 1, dt)[0] - exact for dt in (1.0, 0.1, 0.01)]
        errors.append([np.linalg.norm(one) / np.linalg.norm(exact) for one in row])
    median = np.median(errors, axis=0)
    assert median[0] > 0.07 and median[1] > 0.02 and median[2] < 0.02


def test_the_time_stepped_gradient_is_that_of_the_push_of_the_plain_sum():
    """Silent hidden neurons leave only the readout, whose slopes follow from ``loss_push`` and Euler's adjoint."""
    network = listening_and_firing(n_in=1, n_hidden=1, n_out=2, weights=[[20.0, 0.0, 0.0], [0.0, 3.0, 0.0]])
    found, count = time_stepped_gradient(network, [5.0], [0], 0, 0.5, 60.0)
    trace = forward([10], 20.0, 120, 0.5)
    fired = [int(np.flatnonzero(trace[:, 0] >= 1)[0])]
    assert count >= 1
    assert found[1, 1] < 0 < found[1, 2]
    while len(fired) < count:  # after a reset the voltage starts from 0, and the current goes on
        left = fired[-1]
        again = trace[left, 1] * epsp(0.5 * np.arange(120 - left))
        fired.append(left + int(np.flatnonzero(again >= 1)[0]))
    outputs = np.zeros((120, 2))
    outputs[:, 0] = forward(fired, 3.0, 120, 0.5)[:, 0]
    push = loss_push(outputs, 0, 0.5, "sum")
    spikes = np.zeros((120, 1))
    spikes[fired] = 1
    lambda_I = np.stack([euler_adjoint(push[:, k], 0.5)[:, 1] for k in range(2)], axis=1)
    close(found[1, 1:], weight_gradient(lambda_I, spikes)[0])


# What a network is given


def test_a_network_of_outputs_alone_needs_no_parts_and_one_that_fires_says_which_is_missing():
    run = EventDrivenNetwork(2, 0, 2, weights=np.ones((2, 2))).run([1.0, 2.0], [0, 1])
    assert run.spikes == []
    close(run.voltages([50.0])[0], epsp(49) + epsp(48))
    heard = random_spikes(0)
    with pytest.raises(ValueError, match="next_spike is None"):
        EventDrivenNetwork(seed=0).run(*heard)
    deaf = EventDrivenNetwork(seed=0, next_spike=next_spike)
    with pytest.raises(ValueError, match="jump is None"):
        deaf.gradient(deaf.run(*heard), 1)


@both_networks
def test_the_same_seed_draws_the_same_weights_and_another_does_not(kind):
    one, again, other = (kind(seed=seed).weights for seed in (0, 0, 1))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_what_is_given_to_the_parts_is_what_a_student_expects():
    """Numbers and arrays of their own: a jump that changes what it was given, and gives it back, does no harm."""

    def careless(lambda_V, lambda_I, weights, n, current, threshold):
        before = jump(lambda_V, lambda_I, weights, n, current, threshold)
        lambda_V[:], lambda_I[:] = before, 99.0
        return lambda_V

    asked = []
    watched = lambda V, I, threshold: asked.append((V, I, threshold)) or next_spike(V, I, threshold)  # noqa: E731
    network = EventDrivenNetwork(seed=0, next_spike=watched, jump=careless)
    exact = gradient(listening_and_firing(0), *random_spikes(0), 1, "sum")
    assert np.array_equal(gradient(network, *random_spikes(0), 1, "sum"), exact)
    assert {type(value) for values in asked for value in values} == {float}


def test_whoever_can_spike_is_asked_and_who_cannot_is_not():
    """Neurons that nobody asks about end below the threshold, still rising or never driven enough."""
    asked = []
    counted = lambda V, I, threshold: asked.append(1) or next_spike(V, I, threshold)  # noqa: E731
    for seed in range(10):
        network = EventDrivenNetwork(seed=seed, next_spike=counted, jump=jump)
        run = network.run(*random_spikes(seed))
        between = np.linspace(run.times[:-1], run.times[1:], 50)[1:-1].T
        for k, moments in enumerate(between):
            if run.times[k + 1] - run.times[k] > 1e-6:
                assert run.voltages(moments)[:, :5].max() < 1 + 1e-9
    assert len(asked) < 10 * 100


@both_networks
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"weights": np.zeros((2, 2))}, r"weights have shape \(2, 2\); \(13, 8\) is expected"),
        ({"threshold": 0.0}, "threshold is 0.0, and above 0 is expected"),
    ],
)
def test_a_network_that_cannot_be_is_refused(kind, arguments, said):
    with pytest.raises(ValueError, match=said):
        kind(**arguments)


@both_networks
def test_input_that_cannot_be_is_refused(kind):
    network = listening_and_firing(0, kind=kind)
    with pytest.raises(ValueError, match="comes from 8, and the inputs are 0 to 7"):
        network.run([1.0], [8])
    with pytest.raises(ValueError, match=r"at -1\.0 ms, and none before 0"):
        network.run([-1.0], [0])
    with pytest.raises(ValueError, match="one each is expected"):
        network.run([1.0, 2.0], [0])
    with pytest.raises(ValueError, match="target is 3, expected one of the outputs 0 to 2"):
        network.run([1.0], [0]).loss(3)
    with pytest.raises(ValueError, match="dt is 0, and a step above 0"):
        time_stepped_gradient(network, [1.0], [0], 0, 0)


def test_parts_that_are_wrong_are_named():
    def without(**parts):
        return EventDrivenNetwork(seed=0, **({"next_spike": next_spike, "jump": jump} | parts))

    heard = random_spikes(0)
    with pytest.raises(ValueError, match=r"next_spike gave -1\.0"):
        without(next_spike=lambda V, I, threshold: -1.0).run(*heard)
    with pytest.raises(RuntimeError, match=f"more than {MOST_SPIKES} hidden spikes"):
        without(next_spike=lambda V, I, threshold: 0.0).run(*heard)
    shapeless = without(jump=lambda *given: 0.0)
    with pytest.raises(ValueError, match=r"jump gave shape \(\)"):
        shapeless.gradient(shapeless.run(*heard), 1)


# What the exact gradient cannot see


def staircase(weight):
    network = listening_and_firing(n_in=1, n_hidden=1, n_out=2, weights=[[weight, 0.0, 0.0], [0.0, 4.0, 0.0]])
    run = network.run([5.0, 12.0, 30.0], [0, 0, 0], 60.0)
    return len(run.spikes), run.loss(0, "average"), network.gradient(run, 0, "average")[0, 0]


def test_a_silent_neuron_has_no_gradient():
    count, _, slope = staircase(3.0)
    assert count == 0 and slope == 0


def test_the_slope_knows_nothing_of_a_spike_that_is_about_to_appear_and_explodes_just_after():
    low, high = 4.0, 4.6
    assert staircase(low)[0] == 1 and staircase(high)[0] == 2
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if staircase(middle)[0] == 1 else (low, middle)
    before, after = staircase(low), staircase(high)
    assert before[1] - after[1] > 0.05  # the riser
    assert abs(before[2]) < 0.02  # which the slope before it does not show
    assert abs(after[2]) > 10  # and behind it the slope is all but vertical


# Four losses


def loss_of(voltage, target, shape):
    """The four losses as the chapter's table has them, on a grid."""

    def cross_entropy(scores):
        return np.log(np.exp(scores).sum()) - scores[target]

    n_steps = len(voltage)
    if shape == "average":
        return np.mean([cross_entropy(row) for row in voltage])
    if shape == "max":
        return cross_entropy(voltage.max(axis=0))
    factor = np.exp(-np.arange(n_steps) / n_steps) if shape == "weighted" else np.ones(n_steps)
    return cross_entropy((factor[:, None] * voltage).mean(axis=0))


@pytest.mark.parametrize("shape", SHAPES)
@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 1000), dt=st.floats(0.1, 3))
def test_the_push_is_minus_the_slope_of_the_loss(shape, seed, dt):
    rng = np.random.default_rng(seed)
    voltage = rng.normal(size=(9, 3))
    push = loss_push(voltage, 1, dt, shape)
    for place in np.ndindex(voltage.shape):
        nudge = np.zeros_like(voltage)
        nudge[place] = 1e-6
        slope = (loss_of(voltage + nudge, 1, shape) - loss_of(voltage - nudge, 1, shape)) / 2e-6
        assert push[place] == pytest.approx(-slope / dt, abs=1e-8 / dt)


@pytest.mark.parametrize("shape", SHAPES)
def test_pushes_of_all_outputs_cancel(shape):
    voltage = np.random.default_rng(0).normal(size=(50, 4))
    push = loss_push(voltage, 3, 0.5, shape)
    close(push.sum(axis=1) if shape != "max" else push.sum(), 0)
    assert push[:, 3].sum() > 0


def test_a_shape_that_is_not_there_is_missed_by_name():
    with pytest.raises(ValueError, match="'mean', expected 'average', 'sum', 'weighted' or 'max'"):
        loss_push([[0.0, 1.0]], 0, 1.0, "mean")


def slopes_of_spikes(shape):
    """The chapter's example: 24 spikes before 600 ms, a recording of 1400."""
    sent = np.sort(np.random.default_rng(3).choice(np.arange(40, 600), 24, replace=False))
    outputs = np.zeros((1400, 20))
    outputs[:, 0] = forward(sent, 3.0, 1400, 1.0)[:, 0]
    push = loss_push(outputs, 0, 1.0, shape)[:, 0]
    return spike_time_gradient(exact_adjoint(push, 1.0), 3.0, sent), push


def test_the_plain_sum_tells_spikes_in_the_middle_nothing():
    slopes, push = slopes_of_spikes("sum")
    assert np.abs(slopes).max() < 1e-12 and np.ptp(push) == 0


def test_the_weighted_sum_tells_every_spike_to_come_earlier():
    assert (slopes_of_spikes("weighted")[0] > 0).all()


def test_the_average_tells_the_last_spike_to_come_later_and_pushes_hardest_into_silence():
    slopes, push = slopes_of_spikes("average")
    assert slopes[-1] < 0 < slopes[0]
    assert push[:600].max() <= push[-1] + 1e-12


def test_the_maximum_is_heard_of_by_few_spikes():
    slopes, push = slopes_of_spikes("max")
    assert (push > 0).sum() == 1
    assert (np.abs(slopes) > 0.01 * np.abs(slopes).max()).sum() < 10
