"""The trained networks of the chapter on the adjoint: their gradients, their limits, and the data they learn from."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solutions.adjoint import jump, loss_push, weight_gradient
from solutions.models.adjoint import event_driven, eventprop, yin_yang

SEEDS = st.integers(0, 10_000)


@pytest.fixture(scope="module")
def ep():
    return eventprop


def small(ep, seed, n_channels=8, n_hidden=6, n_out=3, recordings=4):
    """Weights in double precision, a batch of recordings with times on no grid, and a target for each."""
    rng = np.random.default_rng(seed)
    weights = ep.Weights(rng.normal(1.2, 2.0, (n_channels, n_hidden)), rng.normal(0, 0.5, (n_hidden, n_out)))
    batch = ep.events_of([(rng.uniform(0, 50, 20), rng.integers(0, n_channels, 20)) for _ in range(recordings)])
    return weights, batch, rng.integers(0, n_out, recordings)


def brute_force(ep, weights, batch, n_steps, neurons, loss, nudge=1e-6):
    """Central differences; nan where a spike appears or vanishes between the two."""
    slopes = []
    for which, matrix in enumerate(weights):
        slope = np.empty_like(matrix)
        for place in np.ndindex(matrix.shape):
            ends = []
            for sign in (1, -1):
                changed = [one.copy() for one in weights]
                changed[which][place] += sign * nudge
                ends.append(ep.forward(ep.Weights(*changed), batch, n_steps, neurons))
            same = np.array_equal(ends[0].n_spikes, ends[1].n_spikes)
            slope[place] = (loss(ends[0].voltage) - loss(ends[1].voltage)) / (2 * nudge) if same else np.nan
        slopes.append(slope)
    return slopes


# The gradient


@pytest.mark.parametrize("dt", [0.3, 1.0, 4.0])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_gradient_agrees_with_finite_differences_at_every_step_size(ep, seed, dt):
    weights, batch, targets = small(ep, seed)
    neurons, n_steps = ep.Neurons(dt=dt), round(60 / dt)
    run = ep.forward(weights, batch, n_steps, neurons)
    assert run.n_spikes.sum() > 20, "or there is nothing to test"
    _, error = ep.cross_entropy(run.voltage, targets, 5.0)
    exact = ep.eventprop(weights, batch, run, error, neurons)
    brute = brute_force(ep, weights, batch, n_steps, neurons, lambda v: ep.cross_entropy(v, targets, 5.0)[0])
    for one, other in zip(exact, brute, strict=True):
        there = np.isfinite(other)
        assert there.mean() > 0.9
        assert np.abs(one - other)[there].max() < 1e-6 * np.abs(other[there]).max() + 1e-9


def as_one_network(weights):
    """The same weights for the network that runs from event to event: no recurrent synapses."""
    hidden, out = weights
    n_in, n_hidden = hidden.shape
    table = np.zeros((n_in + n_hidden, n_hidden + out.shape[1]))
    table[:n_in, :n_hidden], table[n_in:, n_hidden:] = hidden, out
    return event_driven.Network(table, n_in, n_hidden)


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_spikes_and_gradient_converge_to_those_of_a_network_without_time_steps(ep, seed):
    weights, batch, _ = small(ep, seed, recordings=1)
    network = as_one_network(weights)
    times, channels = batch.times, batch.channels.astype(int)
    exact_run = event_driven.forward(network, times, channels, 60.0)
    exact = event_driven.gradient(network, times, channels, 1, "sum", jump, 60.0)
    late, errors = [], []
    for dt in (1.0, 0.1, 0.01):
        neurons, n_steps = ep.Neurons(dt=dt), round(60 / dt)
        run = ep.forward(weights, batch, n_steps, neurons)
        _, error = ep.cross_entropy(run.voltage, np.array([1]), 1.0)
        found = ep.eventprop(weights, batch, run, error, neurons)
        both = np.concatenate([found.hidden.ravel(), found.out.ravel()])
        known = np.concatenate([exact[:8, :6].ravel(), exact[8:, 6:].ravel()])
        errors.append(np.linalg.norm(both - known) / np.linalg.norm(known))
        spikes = np.sort(run.spike_times(dt)[0])
        due = np.sort([when for when, _ in exact_run.spikes])
        late.append(np.abs(spikes - due).max() if len(spikes) == len(due) else np.inf)
    assert late[2] < 1e-4, "milliseconds"
    assert errors[2] < 0.01
    assert errors[2] < errors[0]


@given(seed=SEEDS)
@settings(max_examples=20, deadline=None)
def test_moving_all_events_of_a_recording_by_any_time_moves_all_spikes_by_it(ep, seed):
    """Steps are no grid for events: fine steps, so that the straight line within them is one."""
    weights, batch, _ = small(ep, seed, recordings=1)
    neurons = ep.Neurons(dt=0.01)
    moved = batch._replace(times=batch.times + 0.377)
    one, other = (ep.forward(weights, some, 6000, neurons) for some in (batch, moved))
    before, after = np.sort(one.spike_times(0.01)[0]), np.sort(other.spike_times(0.01)[0])
    before, after = before[before < 55], after[after < 55.377]
    if len(before) == len(after):  # a spike that only just happens may not
        np.testing.assert_allclose(after - before, 0.377, atol=2e-3)


def test_the_gradient_of_the_readout_is_what_the_chapter_says_of_any_weight(ep):
    """dL/dw = -tau_s sum lambda_I at the spikes, for spikes at the ends of steps; a_I = -tau_s lambda_I."""
    out = np.array([[1.0, -0.5]])
    weights = ep.Weights(np.array([[30.0]]), out)
    batch = ep.events_of([([0.0], [0])])
    run = ep.forward(weights, batch, 40)
    push = np.random.default_rng(0).normal(size=(40, 2))
    found = ep.eventprop(weights, batch, run, -push[None])
    lambda_I = np.zeros((40, 2))
    for k in range(2):
        for n in range(40):  # what a unit of current at the end of step n does later: the chapter's forward step
            ahead = np.arange(0, 40 - n)
            lambda_I[n, k] = (push[n:, k] * (np.exp(-ahead / 20) - np.exp(-ahead / 5)) / 3).sum() / 5
    fired = run.step[0, : run.n_spikes[0]]
    assert len(fired) >= 1
    left = run.at[0, : len(fired), 0]
    lifted = 1 / 3 * (np.exp(-left / 20) - np.exp(-left / 5))
    later = np.exp(-left / 5)
    spikes = np.zeros((40, 1))
    spikes[fired, 0] = later
    from_current = weight_gradient(lambda_I, spikes)
    from_voltage = sum(
        lifted[s] * np.array([-(push[n:, k] * np.exp(-np.arange(40 - n) / 20)).sum() for k in range(2)])
        for s, n in enumerate(fired)
    )
    np.testing.assert_allclose(found.out, from_current + from_voltage, rtol=1e-12)


def test_a_silent_layer_hears_nothing_from_the_exact_gradient_but_something_from_the_surrogate(ep):
    weights, batch, targets = small(ep, 0)
    quiet = ep.Weights(weights.hidden * 0.01, weights.out)
    run = ep.forward(quiet, batch, 60, keep=True)
    assert run.n_spikes.sum() == 0
    _, error = ep.cross_entropy(run.voltage, targets, 1.0)
    assert not ep.eventprop(quiet, batch, run, error).hidden.any()
    assert ep.surrogate(quiet, batch, run, error).hidden.any()


def test_both_ways_back_agree_on_the_readouts(ep):
    """No spike lies between a readout weight and the loss: there is nothing to smooth."""
    weights, batch, targets = small(ep, 3)
    run = ep.forward(weights, batch, 60, keep=True)
    _, error = ep.cross_entropy(run.voltage, targets, 1.0)
    one, other = ep.eventprop(weights, batch, run, error), ep.surrogate(weights, batch, run, error)
    np.testing.assert_allclose(one.out, other.out, rtol=1e-12)
    assert not np.allclose(one.hidden, other.hidden)


def test_the_gradient_of_a_batch_is_the_sum_over_its_recordings(ep):
    weights, batch, _ = small(ep, 5, recordings=7)
    run = ep.forward(weights, batch, 60)
    error = np.random.default_rng(1).normal(size=run.voltage.shape)
    together = ep.eventprop(weights, batch, run, error)
    alone = []
    for number in range(7):
        one = ep.some(batch, np.array([number]))
        alone.append(ep.eventprop(weights, one, ep.forward(weights, one, 60), error[[number]]))
    np.testing.assert_allclose(together.hidden, sum(part.hidden for part in alone), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(together.out, sum(part.out for part in alone), rtol=1e-9, atol=1e-12)


# The loss


@pytest.mark.parametrize("shape", ["sum", "weighted"])
def test_the_loss_of_a_batch_is_that_of_the_chapter(ep, shape):
    rng = np.random.default_rng(0)
    voltage, targets, dt, gain = rng.normal(size=(5, 30, 4)), np.array([0, 3, 1, 2, 2]), 0.5, 3.0
    emphasis = np.exp(-np.arange(30) / 30) if shape == "weighted" else 1.0
    loss, error = ep.cross_entropy(voltage, targets, gain, emphasis)
    pushes = [loss_push(gain * one, target, dt, shape) for one, target in zip(voltage, targets, strict=True)]
    np.testing.assert_allclose(error, -gain * dt * np.array(pushes) / 5, rtol=1e-12, atol=1e-15)
    nudged = voltage.copy()
    nudged[2, 7, 1] += 1e-6
    assert (ep.cross_entropy(nudged, targets, gain, emphasis)[0] - loss) / 1e-6 == pytest.approx(
        error[2, 7, 1], rel=1e-3
    )


# Learning


def learned(ep, method, seed=0, epochs=6):
    points, parts = yin_yang.yin_yang(600, seed=1)
    begun = ep.initial(5, 60, 3, seed, 1.5, 3.0)
    heard = ep.events_of(yin_yang.latencies(points))
    return list(ep.train(begun, heard, parts, 50, method=method, epochs=epochs, rate=0.02, seed=seed))


@pytest.mark.parametrize("method", ["eventprop", "surrogate"])
def test_a_few_epochs_teach_more_than_any_straight_line_could(ep, method):
    """Kriener et al. report 64 % for the best network without a hidden layer."""
    epochs = learned(ep, method, epochs=12)
    points, parts = yin_yang.yin_yang(500, seed=2)
    said = ep.classify(epochs[-1].weights, ep.events_of(yin_yang.latencies(points)), 50)
    assert np.mean(said == parts) > 0.8
    assert epochs[-1].loss < epochs[0].loss


@pytest.mark.parametrize("method", ["eventprop", "surrogate"])
def test_the_same_seed_learns_the_same_weights_and_another_does_not(ep, method):
    one, again, other = (learned(ep, method, seed, 2)[-1].weights for seed in (0, 0, 1))
    assert all(np.array_equal(a, b) for a, b in zip(one, again, strict=True))
    assert not np.array_equal(one.hidden, other.hidden)


def test_training_leaves_the_first_weights_alone(ep):
    weights, batch, targets = small(ep, 0)
    kept = weights.hidden.copy()
    epochs = list(ep.train(weights, batch, targets, 60, epochs=2, batch=2))
    assert np.array_equal(weights.hidden, kept)
    assert not np.array_equal(epochs[-1].weights.hidden, kept)
    assert not np.array_equal(epochs[0].weights.hidden, epochs[1].weights.hidden), "each epoch has its own"


# Batches


def test_a_raster_and_its_events_are_the_same_batch(ep):
    raster = np.random.default_rng(0).random((3, 20, 5)) < 0.2
    batch = ep.events_of_raster(raster, dt=2.0)
    again = np.zeros_like(raster)
    for number in range(3):
        part = slice(batch.first[number], batch.first[number + 1])
        again[number, (batch.times[part] / 2).astype(int), batch.channels[part]] = True
    assert np.array_equal(again, raster)
    assert np.array_equal(batch.times, ep.events_of_raster(raster.astype(np.float32), dt=2.0).times)


def test_some_of_a_batch_are_the_recordings_asked_for(ep):
    recordings = [(np.arange(count), np.full(count, count)) for count in (3, 0, 2, 5)]
    part = ep.some(ep.events_of(recordings), np.array([3, 1, 0]))
    assert part.first.tolist() == [0, 5, 5, 8]
    assert part.channels.tolist() == [5] * 5 + [3] * 3
    assert part.times.tolist() == [0, 1, 2, 3, 4, 0, 1, 2]


@pytest.mark.parametrize("dt", [0.1, 0.3, 0.7])
def test_an_event_at_the_beginning_of_a_step_lies_in_it(ep, dt):
    batch = ep.events_of([(np.arange(100) * dt, np.zeros(100, int))])
    step, _, _ = ep._arrivals(batch, 100, ep.Neurons(dt=dt), np.dtype(float))
    assert np.array_equal(step, np.arange(100))


def test_an_empty_recording_and_events_after_the_end_are_silence(ep):
    weights, _, _ = small(ep, 0)
    run = ep.forward(weights, ep.events_of([([], []), ([70.0], [0])]), 60)
    assert not run.voltage.any()
    assert run.n_spikes.tolist() == [0, 0]


# Bad input


def test_bad_input_is_named(ep):
    weights, batch, targets = small(ep, 0)
    run = ep.forward(weights, batch, 60)
    with pytest.raises(ValueError, match="channel 8, and the weights know channels 0 to 7"):
        ep.forward(weights, ep.events_of([([1.0], [8])]), 60)
    with pytest.raises(ValueError, match="channel -1"):
        ep.forward(weights, ep.events_of([([1.0], [-1])]), 60)
    with pytest.raises(ValueError, match="at least one step"):
        ep.forward(weights, batch, 0)
    with pytest.raises(ValueError, match="do not fit"):
        ep.forward(ep.Weights(weights.hidden, weights.hidden), batch, 60)
    with pytest.raises(ValueError, match="float32"):
        ep.forward(ep.Weights(weights.hidden.astype(np.float32), weights.out), batch, 60)
    with pytest.raises(ValueError, match="tau_m > tau_s"):
        ep.forward(weights, batch, 60, ep.Neurons(tau_m=5.0, tau_s=5.0))
    with pytest.raises(ValueError, match="that of the voltage"):
        ep.eventprop(weights, batch, run, run.voltage[:, 1:])
    with pytest.raises(ValueError, match="keep=True"):
        ep.surrogate(weights, batch, run, run.voltage)
    with pytest.raises(ValueError, match="classes from 0 to 2"):
        ep.cross_entropy(run.voltage, targets + 3, 1.0)
    with pytest.raises(ValueError, match="eventprop or surrogate"):
        next(ep.train(weights, batch, targets, 60, method="adjoint"))
    with pytest.raises(ValueError, match="not before 0"):
        ep.events_of([([-1.0], [0])])
    with pytest.raises(ValueError, match="one each is expected"):
        ep.events_of([([1.0, 2.0], [0])])
    with pytest.raises(ValueError, match="list is empty"):
        ep.events_of([])
    with pytest.raises(ValueError, match="recordings, steps, channels"):
        ep.events_of_raster(np.zeros((3, 4)))


# The data


def test_yin_is_yang_turned_by_half_a_turn():
    points = np.random.default_rng(0).random((5000, 2))
    here, there = yin_yang.part_of(*points.T), yin_yang.part_of(*(1 - points).T)
    swapped = np.array([1, 0, 2, -1])[here]
    assert np.array_equal(there, swapped)


def test_the_parts_have_the_areas_of_the_figure():
    side = (np.arange(1000) + 0.5) / 1000
    part = yin_yang.part_of(*np.meshgrid(side, side))
    dots = 2 * np.pi * 0.1**2
    assert np.mean(part == 2) == pytest.approx(dots, rel=0.01)
    for half in (0, 1):
        assert np.mean(part == half) == pytest.approx((np.pi / 4 - dots) / 2, rel=0.01)


@pytest.mark.parametrize(
    ("x", "y", "part"),
    [(0.25, 0.5, 2), (0.75, 0.5, 2), (0.5, 0.9, 0), (0.5, 0.1, 1), (0.25, 0.35, 0), (0.75, 0.65, 1), (0.05, 0.05, -1)],
)
def test_single_points_lie_where_the_figure_has_them(x, y, part):
    assert yin_yang.part_of(x, y) == part


def test_classes_are_drawn_equally_often_each_in_its_part_and_again_by_seed():
    points, labels = yin_yang.yin_yang(6000, seed=3)
    assert np.array_equal(yin_yang.part_of(*points.T), labels)
    assert np.abs(np.bincount(labels) / 6000 - 1 / 3).max() < 0.03
    again, _ = yin_yang.yin_yang(6000, seed=3)
    other, _ = yin_yang.yin_yang(6000, seed=4)
    assert np.array_equal(points, again)
    assert not np.array_equal(points, other)


def test_a_point_is_five_times_and_mirrored_coordinates_mirror_them():
    (times, channels), (mirrored, _) = yin_yang.latencies([(0.2, 0.9), (0.8, 0.1)])
    np.testing.assert_allclose(times, [6, 27, 24, 3, 0])
    np.testing.assert_allclose(mirrored, 30 - np.array([6, 27, 24, 3, 30]))
    assert channels.tolist() == [0, 1, 2, 3, 4]


def test_points_that_are_none_are_refused():
    with pytest.raises(ValueError, match="at least one"):
        yin_yang.yin_yang(0, seed=0)
    with pytest.raises(ValueError, match=r"\(n, 2\)"):
        yin_yang.latencies([1.0, 2.0])
    with pytest.raises(ValueError, match="between 0 and 1"):
        yin_yang.latencies([(0.5, 1.5)])
