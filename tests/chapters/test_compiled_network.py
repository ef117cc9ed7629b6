"""The compiled event-driven network does what the readable one does."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from solutions import CompiledEventDrivenNetwork, EventDrivenNetwork
from solutions.adjoint import next_spike
from solutions.models.adjoint.compiled import CompiledEventDrivenNetwork as Bare
from solutions.models.adjoint.event_driven import MOST_SPIKES, most_spikes, random_spikes
from solutions.models.adjoint.event_kernels import _at_threshold
from solutions.models.adjoint.run import LOSSES

BOTH = (EventDrivenNetwork, CompiledEventDrivenNetwork)
both_networks = pytest.mark.parametrize("kind", BOTH)


@st.composite
def networks(draw):
    """Some inputs, hidden neurons and outputs; many synapses are not there, and some neurons are alike."""
    n_in, n_hidden, n_out = draw(st.integers(1, 4)), draw(st.integers(0, 7)), draw(st.integers(0, 2))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    shape = (n_in + n_hidden, n_hidden + n_out)
    weights = rng.normal(0.0, 1.0, shape)
    weights[:n_in] += draw(st.sampled_from([0.0, 2.0, 5.0]))
    weights[n_in:, :n_hidden] *= 0.5 / max(n_hidden, 1) ** 0.5  # they do not excite each other without end
    weights *= rng.random(shape) < draw(st.sampled_from([0.3, 1.0]))
    if n_hidden > 1 and draw(st.booleans()):
        twins = n_hidden // 2 * 2
        weights[:, :twins:2] = weights[:, 1:twins:2]
        weights[n_in : n_in + twins, :twins] = 0.0  # if they heard each other, rounding would part them
    return n_in, n_hidden, n_out, weights, draw(st.sampled_from([0.7, 1.0, 2.0]))


@st.composite
def heard(draw, n_in):
    """Input spikes in any order, some at the same time, and perhaps a long silence before the last of them."""
    times = draw(st.lists(st.one_of(st.floats(0, 80), st.integers(0, 40).map(float)), max_size=15))
    times += [1000 * draw(st.integers(1, 40)) + times[-1]] if times and draw(st.booleans()) else []
    senders = draw(st.lists(st.integers(0, n_in - 1), min_size=len(times), max_size=len(times)))
    return np.array(times), np.array(senders, dtype=int)


def close(one, other, within=1e-9):
    np.testing.assert_allclose(one, other, rtol=within, atol=within)


def alike(one, other):
    return np.array_equal(one.senders, other.senders) and np.allclose(one.times, other.times, rtol=1e-9, atol=1e-9)


@settings(max_examples=200, deadline=None)
@given(known=networks(), data=st.data())
def test_both_have_the_same_events_voltages_losses_and_gradients(known, data):
    *numbers, weights, threshold = known
    spikes, duration = data.draw(heard(numbers[0])), data.draw(st.sampled_from([60.0, 100.0, 45_000.0]))
    readable, compiled = (kind(*numbers, weights=weights, threshold=threshold) for kind in BOTH)
    run, again = readable.run(*spikes, duration), compiled.run(*spikes, duration)
    # A spike that so small a change makes come, or go, or take another time, is one that rounding decides on.
    for other in (threshold * (1 - 1e-12), threshold * (1 + 1e-12)):
        assume(alike(run, EventDrivenNetwork(*numbers, weights=weights, threshold=other).run(*spikes, duration)))
    assert again.senders.tolist() == run.senders.tolist()
    assert again.times.dtype == run.times.dtype and again.senders.dtype == run.senders.dtype
    close(again.times, run.times)
    moments = np.random.default_rng(0).uniform(-1.0, 1.2 * duration, 30)
    close(again.voltages(moments), run.voltages(moments), 1e-7)
    close(again.currents, run.currents, 1e-7)
    for shape in LOSSES if numbers[2] and len(run.spikes) < 100 else ():
        target = numbers[2] - 1
        assert again.loss(target, shape) == pytest.approx(run.loss(target, shape), rel=1e-7, abs=1e-9)
        exact = readable.gradient(run, target, shape)
        close(compiled.gradient(again, target, shape), exact, 1e-5 * max(1.0, np.abs(exact).max()))


@given(
    V=st.floats(-3, 0.999),
    I=st.floats(-5, 40),
    threshold=st.floats(1, 2),
    tau_m=st.floats(8, 40),
    ratio=st.one_of(st.floats(1.05, 30), st.integers(2, 19)),
)
def test_the_time_of_a_spike_is_that_of_the_reference_whatever_the_time_constants(V, I, threshold, tau_m, ratio):
    tau_s = tau_m / ratio
    fast = I / (ratio - 1)
    whole = ratio if isinstance(ratio, int) else 0
    x = _at_threshold(1.0, V + fast, fast, threshold, float(ratio), whole)
    found = -tau_m * math.log(x) if x else math.inf
    around = [next_spike(V, I, threshold * (1 + far), tau_m, tau_s) for far in (-1e-9, 0.0, 1e-9)]
    assume(math.isinf(around[0]) == math.isinf(around[2]) and (math.isinf(around[0]) or around[2] - around[0] < 1e-3))
    slack = 0 if math.isinf(around[1]) else around[2] - around[0] + 1e-9
    assert found == around[1] or abs(found - around[1]) <= slack


# At the same time


@both_networks
def test_of_neurons_that_spike_at_the_same_time_the_lowest_is_first(kind):
    weights = np.zeros((41, 40))
    weights[0] = 10.0
    spikes = kind(1, 40, 0, weights=weights).run([0.0], [0]).spikes
    assert [neuron for _, neuron in spikes] == [*range(40)] * (len(spikes) // 40) and len(spikes) >= 40
    assert len({when for when, _ in spikes}) == len(spikes) // 40


@both_networks
def test_who_is_at_the_threshold_and_hears_another_spikes_at_once_or_is_held_back(kind):
    weights = np.array([[10.0, 10.0, 10.0], [0.0, 3.0, -20.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    (first, one), (second, other), *rest = kind(1, 3, 0, weights=weights).run([0.0], [0]).spikes
    assert (one, other) == (0, 1) and second == pytest.approx(first, abs=1e-12)
    assert 2 not in {neuron for _, neuron in rest}


@both_networks
def test_an_input_comes_before_a_spike_at_the_same_time_and_inputs_as_they_were_given(kind):
    network = kind(3, 1, 0, weights=[[10.0], [0.0], [0.0], [0.0]])
    when = network.run([0.0], [0]).times[1:3][-1]
    run = network.run([when, 0.0, when], [2, 0, 1])
    assert run.senders[:5].tolist() == [-1, 0, 2, 1, 3]
    assert run.times[2:5].tolist() == [when] * 3
    held = kind(3, 1, 0, weights=[[10.0], [-30.0], [0.0], [0.0]]).run([when, 0.0], [1, 0])
    assert not held.spikes


# What is refused, and what is given up


@both_networks
def test_a_run_without_end_is_given_up_at_the_same_time(kind):
    network = kind(1, 2, 0, weights=[[300.0, 300.0], [0.0, 300.0], [300.0, 0.0]])
    with pytest.raises(RuntimeError, match=rf"more than {MOST_SPIKES} hidden spikes in 5\.61395 ms: the neurons"):
        network.run([5.0], [0])


def test_a_large_network_may_have_more_spikes():
    assert most_spikes(5) == most_spikes(1000) == MOST_SPIKES and most_spikes(10_000) == 100_000


def test_the_compiled_network_takes_no_part_that_it_does_not_ask():
    with pytest.raises(ValueError, match="next_spike is given, and None is expected"):
        Bare(next_spike=next_spike)
    deaf = Bare(seed=0)
    with pytest.raises(ValueError, match="jump is None"):
        deaf.gradient(deaf.run(*random_spikes(0)), 1)


def test_weights_are_not_changed_behind_the_back_of_the_lists_that_are_made_from_them():
    network, spikes = CompiledEventDrivenNetwork(seed=0), random_spikes(0)
    run = network.run(*spikes)
    with pytest.raises(ValueError, match="read-only"):
        network.weights[0, 0] = 5.0
    mine = 2 * network.weights
    other = network.with_weights(mine)
    network.weights = mine
    assert network.run(*spikes).spikes == other.run(*spikes).spikes != run.spikes
    mine[:] = 0.0
    assert network.run(*spikes).spikes == other.run(*spikes).spikes


# Many


def test_a_thousand_spikes_of_many_neurons_are_the_same():
    rng, weights = np.random.default_rng(0), np.zeros((600, 300))
    for n in range(300):
        weights[rng.choice(300, 5, replace=False), n] = 4.0
        weights[300 + rng.choice(300, 5, replace=False), n] = rng.normal(0, 0.8, 5)
    spikes = rng.uniform(0, 90, 300), np.arange(300)
    run, again = (kind(300, 300, 0, weights=weights).run(*spikes, 120.0) for kind in BOTH)
    assert len(run.spikes) > 700 and again.senders.tolist() == run.senders.tolist()
    close(again.times, run.times)
