"""The exact gradient of weights and delays, where each synapse has a delay of its own."""

import numpy as np
import pytest

from solutions import DelayedNetwork, EventDrivenNetwork
from solutions.models.adjoint.event_driven import random_spikes
from solutions.models.adjoint.finite_differences import finite_differences


def layered(seed):
    """Three layers of hidden neurons, 3, 3 and 2, with synapses from each to the next alone, and two outputs."""
    rng = np.random.default_rng(seed)
    weights = np.zeros((4 + 8, 8 + 2))
    weights[:4, :3] = rng.normal(2.5, 1.0, (4, 3))
    weights[4:7, 3:6] = rng.normal(2.0, 0.5, (3, 3))
    weights[7:10, 6:8] = rng.normal(2.0, 0.5, (3, 2))
    weights[10:12, 8:] = rng.normal(0.0, 1.0, (2, 2))
    return DelayedNetwork(4, 8, 2, weights=weights, seed=seed), random_spikes(seed, n_in=4, each=5)


def recurrent(seed):
    """Four hidden neurons that hear each other."""
    return DelayedNetwork(5, 4, 2, seed=seed, threshold=0.7), random_spikes(seed, n_in=5)


@pytest.mark.parametrize("made", [layered, recurrent])
@pytest.mark.parametrize("by", ["weights", "delays"])
@pytest.mark.parametrize("seed", [0, 1])
def test_the_gradient_is_that_of_finite_differences(made, by, seed):
    network, heard = made(seed)
    run = network.run(*heard)
    assert len(run.spikes) > 10
    assert made is recurrent or {neuron for _, neuron in run.spikes} & {6, 7}, "the last layer speaks"
    brute = finite_differences(network, *heard, 1, by=by)
    assert np.isnan(brute["sum"]).mean() < 0.1
    for shape, expected in brute.items():
        found = network.gradients(run, 1, shape)[by == "delays"]
        there = ~np.isnan(expected)
        assert np.abs(expected[there]).max() > 1e-6
        np.testing.assert_allclose(found[there], expected[there], rtol=1e-6, atol=1e-6 * np.abs(expected[there]).max())


def test_without_delays_it_is_the_network_without_delays():
    plain, heard = EventDrivenNetwork(seed=1), random_spikes(1)
    network = DelayedNetwork(weights=plain.weights, delays=np.zeros_like(plain.weights))
    run, again = plain.run(*heard), network.run(*heard)
    assert again.spikes == run.spikes
    there = plain.weights != 0  # where there is no synapse, nothing arrives
    np.testing.assert_allclose(network.gradient(again, 0), plain.gradient(run, 0) * there, rtol=1e-12, atol=1e-15)


def test_a_delay_at_all_inputs_is_a_stimulus_that_comes_later():
    network, (times, senders) = recurrent(2)
    later = network.delays.copy()
    later[: network.n_in] += 7.0
    spikes = network.run(times + 7.0, senders, duration=107.0).spikes
    again = network.with_delays(later).run(times, senders, duration=107.0).spikes
    assert [neuron for _, neuron in again] == [neuron for _, neuron in spikes]
    np.testing.assert_allclose([when for when, _ in again], [when for when, _ in spikes], rtol=1e-12)


def test_what_arrives_too_late_moves_nothing():
    network, heard = recurrent(0)
    late = network.delays.copy()
    late[3] = 200.0
    network = network.with_delays(late)
    weights, delays = network.gradients(network.run(*heard), 0)
    assert not weights[3].any() and not delays[3].any() and delays.any()


def test_what_cannot_be_a_delay_is_named():
    delays = np.ones((13, 8))
    with pytest.raises(ValueError, match=r"delays have shape \(2, 2\); \(13, 8\), that of weights, is expected"):
        DelayedNetwork(delays=np.ones((2, 2)))
    delays[0, 0] = -0.5
    with pytest.raises(ValueError, match=r"delays go down to -0\.5 ms; none below 0 is expected"):
        DelayedNetwork(delays=delays)
