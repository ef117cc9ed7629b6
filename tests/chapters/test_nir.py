"""A trained layer leaves the course as a NIR graph, and is the same network when it is read."""

import nir
import numpy as np
import pytest
from sklearn.exceptions import NotFittedError

from solutions import EventPropClassifier
from solutions.models.adjoint import layer, recordings, yin_yang
from solutions.models.adjoint.nir_graph import NODES, from_nir, to_nir

NEURONS = layer.Neurons(tau_m=15.0, tau_s=4.0, theta=0.8, dt=0.5)
POINTS, PARTS = yin_yang.yin_yang(60, seed=1)


@pytest.fixture(scope="module")
def trained():
    network = EventPropClassifier(n_hidden=20, epochs=2, random_state=0, tau_m=15.0, tau_s=4.0, threshold=0.8, dt=0.5)
    return network.fit(yin_yang.latencies(POINTS), PARTS)


def test_what_is_written_and_read_has_the_same_spikes_and_the_same_voltages(trained, tmp_path):
    nir.write(tmp_path / "network.nir", trained.to_nir())
    weights, neurons = from_nir(nir.read(tmp_path / "network.nir"), dt=0.5)
    assert neurons == pytest.approx(NEURONS)
    events = recordings.events_of(yin_yang.latencies(POINTS))
    ran, again = (layer.forward(one, events, 100, NEURONS) for one in (trained.weights_, weights))
    assert ran.n_spikes.sum() > 100
    np.testing.assert_array_equal(ran.voltage, again.voltage)
    np.testing.assert_array_equal(ran.n_spikes, again.n_spikes)
    for one, other in zip(ran.spike_times(0.5), again.spike_times(0.5), strict=True):
        np.testing.assert_array_equal(one, other)


def simulated(graph, times, channels, duration, dt=2e-6):
    """When each hidden neuron fires (s), from nothing but what the graph's equations say, by small Euler steps."""
    hidden, weight = graph.nodes["hidden"], graph.nodes["to_hidden"].weight
    arrivals = {round(time / dt): channel for time, channel in zip(times, channels, strict=True)}
    current, v = np.zeros(len(weight)), hidden.v_leak.copy()
    spikes = [[] for _ in v]
    for step in range(round(duration / dt)):
        v += dt / hidden.tau_mem * (hidden.v_leak - v + hidden.r * current)
        current -= dt / hidden.tau_syn * current
        if step in arrivals:
            current += hidden.w_in / hidden.tau_syn * weight[:, arrivals[step]]
        for fired in np.flatnonzero(v > hidden.v_threshold):
            spikes[fired].append(step * dt)
            v[fired] = hidden.v_reset[fired]
    return spikes


def test_a_simulator_that_knows_only_the_graph_finds_the_same_spikes(trained):
    times, channels = yin_yang.latencies(POINTS)[0]
    fine = NEURONS._replace(dt=0.05)
    run = layer.forward(trained.weights_, recordings.events_of([(times, channels)]), 1000, fine)
    (ours,) = run.spike_times(0.05)
    theirs = simulated(trained.to_nir(), np.asarray(times) / 1000, channels, 0.05)
    for neuron in range(20):
        mine = np.sort(ours[run.neuron[0, : len(ours)] == neuron])
        np.testing.assert_allclose(1000 * np.array(theirs[neuron]), mine, atol=0.02)
    assert len(ours) > 5


def test_what_is_not_such_a_layer_is_named(trained):
    graph = trained.to_nir()
    del graph.nodes["readout"]
    with pytest.raises(ValueError, match="graph has the edges"):
        from_nir(graph)
    graph = trained.to_nir()
    graph.nodes["hidden"].tau_mem[3] = 1.0
    with pytest.raises(ValueError, match="graph has neurons hidden with tau_mem"):
        from_nir(graph)
    with pytest.raises(NotFittedError):
        EventPropClassifier().to_nir()


def test_the_graph_has_one_way_from_the_channels_to_the_classes():
    graph = to_nir(layer.initial(5, 7, 3, 0, 0.0, 1.0))
    assert set(graph.nodes) == set(NODES)
    assert graph.nodes["to_hidden"].weight.shape == (7, 5) and graph.nodes["to_readout"].weight.shape == (3, 7)
