"""The trained networks of the chapter on the adjoint: their gradients, their limits, and the data they learn from."""

import loss_shapes
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from solutions.adjoint import jump, loss_push, next_spike, weight_gradient
from solutions.models.adjoint import layer, learning, recordings, yin_yang
from solutions.models.adjoint.classifiers import EventPropClassifier, SurrogateClassifier
from solutions.models.adjoint.event_driven import EventDrivenNetwork

SEEDS = st.integers(0, 10_000)


def small(seed, n_channels=8, n_hidden=6, n_out=3, n_recordings=4):
    """Weights in double precision, a batch of recordings with times on no grid, and a target for each."""
    rng = np.random.default_rng(seed)
    weights = layer.Weights(rng.normal(1.2, 2.0, (n_channels, n_hidden)), rng.normal(0, 0.5, (n_hidden, n_out)))
    batch = recordings.events_of(
        [(rng.uniform(0, 50, 20), rng.integers(0, n_channels, 20)) for _ in range(n_recordings)]
    )
    return weights, batch, rng.integers(0, n_out, n_recordings)


def brute_force(weights, batch, targets, n_steps, neurons, gain, nudge=1e-6):
    """Central differences; nan where a spike appears or vanishes between the two."""
    slopes = []
    for which, matrix in enumerate(weights):
        slope = np.empty_like(matrix)
        for place in np.ndindex(matrix.shape):
            ends = []
            for sign in (1, -1):
                changed = [one.copy() for one in weights]
                changed[which][place] += sign * nudge
                nudged = layer.Weights(*changed), batch, targets, n_steps, neurons
                ends.append(learning.loss_and_gradient(*nudged, gain=gain))
            (up, _, above), (down, _, below) = ends
            slope[place] = (up - down) / (2 * nudge) if np.array_equal(above.n_spikes, below.n_spikes) else np.nan
        slopes.append(slope)
    return slopes


# The gradient


@pytest.mark.parametrize("dt", [0.3, 1.0, 4.0])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_gradient_agrees_with_finite_differences_at_every_step_size(seed, dt):
    weights, batch, targets = small(seed)
    neurons, n_steps = layer.Neurons(dt=dt), round(60 / dt)
    _, exact, run = learning.loss_and_gradient(weights, batch, targets, n_steps, neurons, gain=5.0)
    assert run.n_spikes.sum() > 20, "or there is nothing to test"
    brute = brute_force(weights, batch, targets, n_steps, neurons, gain=5.0)
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
    return EventDrivenNetwork(n_in, n_hidden, out.shape[1], weights=table, next_spike=next_spike, jump=jump)


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_spikes_and_gradient_converge_to_those_of_a_network_without_time_steps(seed):
    weights, batch, _ = small(seed, n_recordings=1)
    network = as_one_network(weights)
    exact_run = network.run(batch.times, batch.channels, 60.0)
    exact = network.gradient(exact_run, 1, "sum")
    late, errors = [], []
    for dt in (1.0, 0.1, 0.01):
        neurons, n_steps = layer.Neurons(dt=dt), round(60 / dt)
        _, found, run = learning.loss_and_gradient(weights, batch, np.array([1]), n_steps, neurons, gain=1.0)
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
def test_moving_all_events_of_a_recording_by_any_time_moves_all_spikes_by_it(seed):
    """Steps are no grid for events: fine steps, so that the straight line within them is one."""
    weights, batch, _ = small(seed, n_recordings=1)
    neurons = layer.Neurons(dt=0.01)
    moved = batch._replace(times=batch.times + 0.377)
    one, other = (layer.forward(weights, some, 6000, neurons) for some in (batch, moved))
    before, after = np.sort(one.spike_times(0.01)[0]), np.sort(other.spike_times(0.01)[0])
    before, after = before[before < 55], after[after < 55.377]
    if len(before) == len(after):  # a spike that only just happens may not
        np.testing.assert_allclose(after - before, 0.377, atol=2e-3)


def test_the_gradient_of_the_readout_is_what_the_chapter_says_of_any_weight():
    """dL/dw = -tau_s sum lambda_I at the spikes, for spikes at the ends of steps; a_I = -tau_s lambda_I."""
    out = np.array([[1.0, -0.5]])
    weights = layer.Weights(np.array([[30.0]]), out)
    batch = recordings.events_of([([0.0], [0])])
    run = layer.forward(weights, batch, 40)
    push = np.random.default_rng(0).normal(size=(40, 2))
    found = layer.eventprop(weights, batch, run, -push[None])
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


def test_a_silent_layer_hears_nothing_from_the_exact_gradient_but_something_from_the_surrogate():
    weights, batch, targets = small(0)
    quiet = layer.Weights(weights.hidden * 0.01, weights.out)
    run = layer.forward(quiet, batch, 60, keep=True)
    assert run.n_spikes.sum() == 0
    _, exact, _ = learning.loss_and_gradient(quiet, batch, targets, 60, gain=1.0)
    _, smoothed, _ = learning.loss_and_gradient(quiet, batch, targets, 60, gain=1.0, method="surrogate")
    assert not exact.hidden.any()
    assert smoothed.hidden.any()


def test_both_ways_back_agree_on_the_readouts():
    """No spike lies between a readout weight and the loss: there is nothing to smooth."""
    weights, batch, targets = small(3)
    _, one, _ = learning.loss_and_gradient(weights, batch, targets, 60, gain=1.0)
    _, other, _ = learning.loss_and_gradient(weights, batch, targets, 60, gain=1.0, method="surrogate")
    np.testing.assert_allclose(one.out, other.out, rtol=1e-12)
    assert not np.allclose(one.hidden, other.hidden)


def test_the_gradient_of_a_batch_is_the_sum_over_its_recordings():
    weights, batch, _ = small(5, n_recordings=7)
    run = layer.forward(weights, batch, 60)
    error = np.random.default_rng(1).normal(size=run.voltage.shape)
    together = layer.eventprop(weights, batch, run, error)
    alone = []
    for number in range(7):
        one = recordings.some(batch, np.array([number]))
        alone.append(layer.eventprop(weights, one, layer.forward(weights, one, 60), error[[number]]))
    np.testing.assert_allclose(together.hidden, sum(part.hidden for part in alone), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(together.out, sum(part.out for part in alone), rtol=1e-9, atol=1e-12)


# The loss


@pytest.mark.parametrize("shape", ["sum", "weighted"])
def test_the_loss_of_a_batch_is_that_of_the_chapter(shape):
    """The number is that of the chapter's table, and the gradient is what ``loss_push`` makes of the same voltages."""
    weights, batch, targets = small(0)
    neurons, gain = layer.Neurons(dt=0.5), 3.0
    emphasis = np.exp(-np.arange(120) / 120) if shape == "weighted" else np.ones(120)
    options = {"gain": gain, "emphasis": emphasis}
    loss, gradient, run = learning.loss_and_gradient(weights, batch, targets, 120, neurons, **options)
    scores = gain * np.einsum("t,btk->bk", emphasis, run.voltage) / 120
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    assert loss == pytest.approx(-np.log(shares[np.arange(4), targets]).mean(), rel=1e-12)
    pushes = [loss_push(gain * one, target, 0.5, shape) for one, target in zip(run.voltage, targets, strict=True)]
    pushed = layer.eventprop(weights, batch, run, -gain * 0.5 * np.array(pushes) / 4, neurons)
    given = {"gain": gain, "push": lambda scores, target: 0.5 * loss_push(scores, target, 0.5, shape)}
    unknown, handed_over, _ = learning.loss_and_gradient(weights, batch, targets, 120, neurons, **given)
    assert np.isnan(unknown)
    for one, other, third in zip(gradient, pushed, handed_over, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(third, other, rtol=1e-12, atol=1e-15)


@pytest.mark.slow
def test_the_exact_gradient_of_the_average_loss_makes_a_layer_worse_than_it_began_and_that_of_the_sum_better():
    """On spoken digits by new speakers; the surrogate gradient of the same average loss does not."""
    page = loss_shapes.cell("listeners")
    average = {"push": page["every_moment"]}

    def right(method="eventprop", **options):
        return page["learn_digits"](method, epochs=12, **options)[-1][1]

    assert right(**average) < right(hidden=False, **average) - 0.1 < right("surrogate", **average)
    assert right() > right(hidden=False) + 0.03


def test_without_its_hidden_layer_only_the_readouts_learn():
    points, parts = yin_yang.yin_yang(60, seed=1)
    begun, heard = layer.initial(5, 20, 3, 0, 1.5, 3.0), recordings.events_of(yin_yang.latencies(points))
    *_, last = learning.train(begun, heard, parts, 50, epochs=2, hidden=False)
    np.testing.assert_array_equal(last.weights.hidden, begun.hidden)
    assert not np.allclose(last.weights.out, begun.out)


# Learning


def learned(method, seed=0, epochs=6):
    points, parts = yin_yang.yin_yang(600, seed=1)
    begun = layer.initial(5, 60, 3, seed, 1.5, 3.0)
    heard = recordings.events_of(yin_yang.latencies(points))
    return list(learning.train(begun, heard, parts, 50, method=method, epochs=epochs, rate=0.02, seed=seed))


@pytest.mark.parametrize("method", ["eventprop", "surrogate"])
def test_a_few_epochs_teach_more_than_any_straight_line_could(method):
    """Kriener et al. report 64 % for the best network without a hidden layer."""
    epochs = learned(method, epochs=12)
    points, parts = yin_yang.yin_yang(500, seed=2)
    said = learning.classify(epochs[-1].weights, recordings.events_of(yin_yang.latencies(points)), 50)
    assert np.mean(said == parts) > 0.8
    assert epochs[-1].loss < epochs[0].loss


@pytest.mark.parametrize("method", ["eventprop", "surrogate"])
def test_the_same_seed_learns_the_same_weights_and_another_does_not(method):
    one, again, other = (learned(method, seed, 2)[-1].weights for seed in (0, 0, 1))
    assert all(np.array_equal(a, b) for a, b in zip(one, again, strict=True))
    assert not np.array_equal(one.hidden, other.hidden)


def test_training_leaves_the_first_weights_alone():
    weights, batch, targets = small(0)
    kept = weights.hidden.copy()
    epochs = list(learning.train(weights, batch, targets, 60, epochs=2, batch=2))
    assert np.array_equal(weights.hidden, kept)
    assert not np.array_equal(epochs[-1].weights.hidden, kept)
    assert not np.array_equal(epochs[0].weights.hidden, epochs[1].weights.hidden), "each epoch has its own"


# With the conventions of scikit-learn


BOTH = pytest.mark.parametrize("classifier", [EventPropClassifier, SurrogateClassifier])


def yin_yang_recordings(size, seed):
    points, parts = yin_yang.yin_yang(size, seed)
    return yin_yang.latencies(points), np.array(yin_yang.PARTS)[parts]


@BOTH
def test_ten_epochs_of_2000_points_tell_more_than_nine_of_ten_new_ones(classifier):
    network = classifier(epochs=10, rate=0.02, random_state=0).fit(*yin_yang_recordings(2000, 0))
    assert network.score(*yin_yang_recordings(1000, 1000)) > 0.93
    assert network.classes_.tolist() == ["dot", "yang", "yin"]
    assert [epoch.number for epoch in network.history_] == list(range(1, 11))


def quick(classifier, **changed):
    return classifier(**({"n_hidden": 20, "epochs": 2, "random_state": 0} | changed))


@BOTH
def test_a_classifier_keeps_its_parameters_and_can_be_cloned(classifier):
    network = quick(classifier, shape="weighted", rate=0.03)
    fitted = network.fit(*yin_yang_recordings(60, 0))
    assert fitted is network
    again = clone(network)
    assert again.get_params() == network.get_params()
    assert not hasattr(again, "weights_")
    assert again.set_params(n_hidden=7).fit(*yin_yang_recordings(60, 0)).weights_.hidden.shape == (5, 7)
    assert "rate=0.03" in repr(network)


@BOTH
def test_a_random_state_gives_the_same_again_whatever_its_form_and_none_does_not(classifier, capfd):
    given = yin_yang_recordings(60, 0)
    one, again, other = (quick(classifier, random_state=seed).fit(*given).weights_ for seed in (3, 3, 4))
    assert np.array_equal(one.hidden, again.hidden)
    assert not np.array_equal(one.hidden, other.hidden)
    states = [np.random.RandomState(5), np.random.RandomState(5), None, None]
    one, again, free, freer = (quick(classifier, random_state=state).fit(*given).weights_ for state in states)
    assert np.array_equal(one.hidden, again.hidden)
    assert not np.array_equal(free.hidden, freer.hidden)
    assert capfd.readouterr() == ("", ""), "a library call shows no progress"


def test_the_classifier_is_what_the_chapter_trains_step_by_step():
    points, parts = yin_yang.yin_yang(300, seed=0)
    network = EventPropClassifier(epochs=2, random_state=0).fit(yin_yang.latencies(points), parts)
    begun = layer.initial(yin_yang.CHANNELS, 120, 3, seed=0, mean=1.5, spread=3.0)
    batch = recordings.events_of(yin_yang.latencies(points))
    *_, last = learning.train(begun, batch, parts, 50, epochs=2, rate=0.01)
    assert np.array_equal(network.weights_.hidden, last.weights.hidden)


@BOTH
def test_asked_before_it_has_learned_it_says_so(classifier):
    with pytest.raises(NotFittedError):
        classifier().predict([([1.0], [0])])


def test_a_classifier_names_what_it_cannot_learn_from():
    given, labels = yin_yang_recordings(30, 0)
    for changed, said in (
        ({"n_hidden": 0}, "n_hidden is 0, and at least 1"),
        ({"shape": "max"}, "shape is 'max', expected one of sum, weighted"),
        ({"tau_m": 5.0}, "tau_m > tau_s"),
        ({"duration": 0.0}, "at least one step"),
    ):
        with pytest.raises(ValueError, match=said):
            quick(EventPropClassifier, **changed).fit(given, labels)
    for wrong, of_whom, said in (
        (given, labels[:-1], r"labels have shape \(29,\); one for each of 30"),
        (given, ["yin"] * 30, "at least two classes"),
        ([([], []), ([], [])], [0, 1], "no event at all"),
        ([([1.0], [-1]), ([1.0], [0])], [0, 1], "channel -1"),
    ):
        with pytest.raises(ValueError, match=said):
            quick(EventPropClassifier).fit(wrong, of_whom)
    with pytest.raises(ValueError, match="channel 9, and the weights know channels 0 to 4"):
        quick(EventPropClassifier).fit(given, labels).predict([([1.0], [9])])


# Batches


def test_a_raster_and_its_events_are_the_same_batch():
    raster = np.random.default_rng(0).random((3, 20, 5)) < 0.2
    batch = recordings.events_of_raster(raster, dt=2.0)
    again = np.zeros_like(raster)
    for number in range(3):
        part = slice(batch.first[number], batch.first[number + 1])
        again[number, (batch.times[part] / 2).astype(int), batch.channels[part]] = True
    assert np.array_equal(again, raster)
    assert np.array_equal(batch.times, recordings.events_of_raster(raster.astype(np.float32), dt=2.0).times)


def test_some_of_a_batch_are_the_recordings_asked_for():
    given = [(np.arange(count), np.full(count, count)) for count in (3, 0, 2, 5)]
    part = recordings.some(recordings.events_of(given), np.array([3, 1, 0]))
    assert part.first.tolist() == [0, 5, 5, 8]
    assert part.channels.tolist() == [5] * 5 + [3] * 3
    assert part.times.tolist() == [0, 1, 2, 3, 4, 0, 1, 2]


@pytest.mark.parametrize("dt", [0.1, 0.3, 0.7])
def test_an_event_at_the_beginning_of_a_step_lies_in_it(dt):
    batch = recordings.events_of([(np.arange(100) * dt, np.zeros(100, int))])
    _, step, _, _ = layer._arrivals(batch, 100, layer.Neurons(dt=dt), np.dtype(float))
    assert np.array_equal(step, np.arange(100))


def test_an_empty_recording_and_events_after_the_end_are_silence():
    weights, _, _ = small(0)
    run = layer.forward(weights, recordings.events_of([([], []), ([70.0], [0])]), 60)
    assert not run.voltage.any()
    assert run.n_spikes.tolist() == [0, 0]


# Bad input


def test_bad_input_is_named():
    weights, batch, targets = small(0)
    run = layer.forward(weights, batch, 60)
    with pytest.raises(ValueError, match="channel 8, and the weights know channels 0 to 7"):
        layer.forward(weights, recordings.events_of([([1.0], [8])]), 60)
    with pytest.raises(ValueError, match="channel -1"):
        layer.forward(weights, recordings.events_of([([1.0], [-1])]), 60)
    with pytest.raises(ValueError, match="at least one step"):
        layer.forward(weights, batch, 0)
    with pytest.raises(ValueError, match="do not fit"):
        layer.forward(layer.Weights(weights.hidden, weights.hidden), batch, 60)
    with pytest.raises(ValueError, match="float32"):
        layer.forward(layer.Weights(weights.hidden.astype(np.float32), weights.out), batch, 60)
    with pytest.raises(ValueError, match="tau_m > tau_s"):
        layer.forward(weights, batch, 60, layer.Neurons(tau_m=5.0, tau_s=5.0))
    with pytest.raises(ValueError, match="that of the voltage"):
        layer.eventprop(weights, batch, run, run.voltage[:, 1:])
    with pytest.raises(ValueError, match="keep=True"):
        layer.surrogate(weights, batch, run, run.voltage)
    with pytest.raises(ValueError, match=r"error has shape .* and emphasis"):
        layer.eventprop(weights, batch, run, run.voltage, emphasis=np.ones(60))
    with pytest.raises(ValueError, match="classes from 0 to 2"):
        learning.loss_and_gradient(weights, batch, targets + 3, 60)
    with pytest.raises(ValueError, match="eventprop or surrogate"):
        next(learning.train(weights, batch, targets, 60, method="adjoint"))
    with pytest.raises(ValueError, match="not before 0"):
        recordings.events_of([([-1.0], [0])])
    with pytest.raises(ValueError, match="one each is expected"):
        recordings.events_of([([1.0, 2.0], [0])])
    with pytest.raises(ValueError, match="list is empty"):
        recordings.events_of([])
    with pytest.raises(ValueError, match="recordings, steps, channels"):
        recordings.events_of_raster(np.zeros((3, 4)))


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
