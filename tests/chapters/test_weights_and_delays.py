"""Weights and delays together: arrivals, slopes of delays, surrogates, and kernels, against theory."""

import runpy

import jupytext
import numpy as np
import pytest

from autograder.reference import places
from solutions import DelayedNetwork
from solutions.adjoint import jump, next_spike
from solutions.delays import delay_kernel
from solutions.models.adjoint.event_driven import random_spikes
from solutions.models.adjoint.finite_differences import finite_differences
from solutions.models.weights_and_delays.surrogate import surrogate_weight_gradient
from solutions.weights_and_delays import (
    agreement,
    arrivals,
    delay_gradient,
    delayed_jump,
    dense_kernel,
    surrogate_spike,
)


def recurrent(seed):
    """A network whose hidden neurons hear each other, its input, and its run."""
    network, heard = DelayedNetwork(5, 4, 2, seed=seed, threshold=0.7), random_spikes(seed, n_in=5)
    return network, heard, network.run(*heard)


@pytest.mark.parametrize("seed", [0, 1])
def test_arrivals_are_those_of_the_recurrent_network(seed):
    network, (times, senders), run = recurrent(seed)
    sent = np.append(times, [when for when, _ in run.spikes])
    who = np.append(senders, [network.n_in + neuron for _, neuron in run.spikes])
    found = arrivals(sent, who, network.weights, network.delays, 100.0)
    np.testing.assert_allclose(found, network.heard(run, 1)[:, :3], rtol=1e-12)


def test_the_slope_of_a_delay_is_that_of_finite_differences():
    network, heard = DelayedNetwork(4, 3, 2, seed=2, threshold=0.5), random_spikes(2, n_in=4, each=3)
    run = network.run(*heard)
    assert len(run.spikes) > 5
    rows = network.heard(run, 1)
    found = delay_gradient(rows[:, :3], network.weights, rows[:, 3:])
    brute = finite_differences(network, *heard, 1, by="delays")["sum"]
    there = ~np.isnan(brute)
    assert there.mean() > 0.9
    assert np.abs(found - brute)[there].max() <= 1e-6 * np.abs(brute[there]).max()


def test_all_delays_longer_is_the_same_as_a_later_input():
    """The slopes of all synapses of one input add up to the slope of its spike times."""
    network, (times, senders), run = recurrent(0)
    _, slopes = network.gradients(run, 1)
    later = [network.run(times + step * (senders == 2), senders).loss(1) for step in (1e-4, -1e-4)]
    assert slopes[2].sum() == pytest.approx((later[0] - later[1]) / 2e-4, rel=1e-5)


def test_without_delays_the_jump_is_the_one_of_the_adjoint():
    rng = np.random.default_rng(0)
    lambdas, weights = rng.normal(size=(6, 4, 2)), rng.normal(size=4)
    before = jump(*lambdas[3].T, weights, 2, 1.8, 0.9)[2]
    assert delayed_jump(lambdas, 3, 2, weights, np.zeros(4, int), 1.8, 0.9) == pytest.approx(before, rel=1e-12)


def test_a_spike_that_nobody_hears_in_time_is_only_reset():
    lambdas = np.random.default_rng(0).normal(size=(6, 3, 2))
    found = delayed_jump(lambdas, 3, 1, np.ones(3), np.array([3, 4, 9]), 2.0, 0.5)
    assert found == pytest.approx(lambdas[3, 1, 0] * 2.0 / 1.5)


def test_the_surrogate_slope_has_the_area_of_one_spike_and_its_peak_at_the_threshold():
    voltage = np.linspace(-9, 11, 200_001)
    for steepness in (2.0, 5.0, 20.0):
        spikes, slope = surrogate_spike(voltage, 1.0, steepness)
        assert slope.sum() * 1e-4 == pytest.approx(1, abs=1e-6)
        assert slope.max() == pytest.approx(steepness / 4)
        assert voltage[slope.argmax()] == pytest.approx(1)
        soft = 1 / (1 + np.exp(-steepness * (voltage - 1)))
        np.testing.assert_allclose(np.gradient(soft, voltage)[1:-1], slope[1:-1], atol=1e-5 * steepness**3)
        assert set(spikes) == {0, 1}


def test_agreement_is_a_cosine():
    rng = np.random.default_rng(0)
    first, second = rng.normal(size=(2, 6, 3))
    expected = [np.corrcoef(np.append(a, -a), np.append(b, -b))[0, 1] for a, b in zip(first.T, second.T, strict=True)]
    np.testing.assert_allclose(agreement(first, second), expected)
    np.testing.assert_allclose(agreement(first, -1e-200 * first), -1)
    assert not agreement(first, 0 * first).any()


def test_the_dense_kernel_has_its_slope_and_becomes_a_delay():
    for width in (0.4, 1.3, 4.0):
        up, down = (dense_kernel(5.3 + step, width, 12)[0] for step in (1e-5, -1e-5))
        share, slope = dense_kernel(5.3, width, 12)
        np.testing.assert_allclose(slope, (up - down) / 2e-5, atol=1e-8)
        assert share.sum() == pytest.approx(1)
        assert slope.sum() == pytest.approx(0, abs=1e-12)
    np.testing.assert_allclose(dense_kernel(5.3, 0.01, 12)[0], np.eye(12)[5], atol=1e-12)
    assert dense_kernel(20.2, 1.5, 41)[1] @ np.arange(41) == pytest.approx(1)
    np.testing.assert_allclose(dense_kernel(7.3, 1.1, 15)[0], delay_kernel(0.3, 1.1, 7))


def test_the_surrogate_is_of_one_layer_in_steps_within_the_duration():
    recurrent_network, heard, _ = recurrent(0)
    with pytest.raises(ValueError, match="among hidden neurons"):
        surrogate_weight_gradient(recurrent_network, *heard, 1, 5.0, surrogate_spike=surrogate_spike)
    weights = recurrent_network.weights
    weights[5:, :4] = 0
    one_layer = DelayedNetwork(5, 4, 2, weights=weights)
    with pytest.raises(ValueError, match="dt is 0"):
        surrogate_weight_gradient(one_layer, *heard, 1, 5.0, surrogate_spike=surrogate_spike, dt=0)


def test_without_hidden_spikes_the_surrogate_is_the_slope_of_outputs_that_hear_soft_spikes():
    """Small steps of a weight move the mean output voltages as spikes of the size slope times change would."""
    weights = np.zeros((2 + 1, 1 + 2))
    weights[:2, 0], weights[2, 1:] = (0.4, 0.7), (1.3, -0.6)
    delays, dt, n_steps = np.array([[1.0, 0, 0], [2.5, 0, 0], [0, 3.0, 0.5]]), 0.1, 1000
    network, given = DelayedNetwork(2, 1, 2, weights=weights, delays=delays), ([5.0, 9.0, 20.0], [0, 1, 0])
    found, spikes = surrogate_weight_gradient(network, *given, 0, 4.0, surrogate_spike=surrogate_spike, dt=dt)
    assert spikes == 0

    def through(kicks):
        """The voltage a step at a time, of a neuron whose current is lifted by so much at each step."""
        V, I, seen = 0.0, 0.0, []
        for kick in kicks:
            V, I = V * np.exp(-dt / 20) + (np.exp(-dt / 20) - np.exp(-dt / 5)) / 3 * I, I * np.exp(-dt / 5) + kick
            seen.append(V)
        return np.array(seen)

    by_weight, kicks = [], np.zeros((2, n_steps))
    for when, sender in zip(*given, strict=True):
        kicks[sender, round((when + delays[sender, 0]) / dt)] += 1
    traces = [through(row) for row in kicks]
    slope = surrogate_spike(weights[:2, 0] @ traces, 1.0, 4.0)[1]
    for trace in traces:
        soft = slope * trace  # how the soft spikes change with this weight
        means = [
            weights[2, 1 + out] * through(np.append(np.zeros(wait), soft)[:n_steps]).mean()
            for out, wait in ((0, 30), (1, 5))
        ]
        by_weight.append(np.dot([0.5 - 1, 0.5], means))  # both scores are 0: each output has a probability of a half
    np.testing.assert_allclose(found[:, 0], by_weight, rtol=1e-9)


# what the page says


def test_the_neuron_of_the_first_figure_tells_the_orders_by_its_delays():
    weights, delays = np.array([[2.5, 0.0]] * 3 + [[0.0, 1.0]]), np.zeros((4, 2))
    for waits, expected in (((0, 0, 0), [0, 0]), ((20, 10, 0), [1, 0])):
        delays[:3, 0] = waits
        network = DelayedNetwork(3, 1, 1, weights=weights, delays=delays)
        runs = [network.run([10.0, 20.0, 30.0], senders) for senders in ([0, 1, 2], [2, 1, 0])]
        assert [len(run.spikes) for run in runs] == expected


def test_surrogate_and_exact_gradients_share_their_sign_and_not_much_more():
    cells = [cell.source for cell in jupytext.read(places.page("weights_and_delays"), fmt="md:myst").cells]
    (comparing,) = (text for text in cells if text.startswith("STEEP = "))
    names = {
        "np": np,
        "DelayedNetwork": DelayedNetwork,
        "random_spikes": random_spikes,
        "next_spike": next_spike,
        "jump": jump,
        "surrogate_spike": surrogate_spike,
        "surrogate_weight_gradient": surrogate_weight_gradient,
        "agreement": agreement,
        "print": lambda *_: None,
    }
    exec(comparing.replace("(1.0, 2.0, 5.0, 10.0, 20.0, 50.0)", "(1.0, 50.0)"), names)
    whole, inner = names["cosines"].mean(axis=1), names["centred"].mean(axis=1)
    assert (whole > 0.85).all()
    assert (names["cosines"] < 0).sum(axis=1).tolist() == [1, 1]
    assert abs(inner[0]) < 0.1
    assert inner[1] == pytest.approx(0.45, abs=0.05)
    assert whole[0] == pytest.approx(whole[1], abs=0.03)


def test_where_only_the_order_tells_words_apart_weights_without_delays_do_it_too():
    """One seed of the table: ``benchmarks/weights_or_delays.py`` has all."""
    learned = runpy.run_path(str(places.PROJECT / "benchmarks" / "weights_or_delays.py"))["learned"]
    weights, delays = (learned(kind, 0.3, 2)[1] for kind in ("weights, without delays", "delays"))
    assert weights > 0.9
    assert delays < weights - 0.3
