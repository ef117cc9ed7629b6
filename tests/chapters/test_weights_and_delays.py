"""Weights and delays together: arrivals, slopes of delays, surrogates, and kernels, against theory."""

import json

import jupytext
import numpy as np
import pytest
import timed_words
import torch
import weights_or_delays

from autograder.reference import places
from solutions import DelayedNetwork
from solutions.adjoint import jump, next_spike
from solutions.delays import delay_kernel
from solutions.models.adjoint.event_driven import random_spikes
from solutions.models.adjoint.finite_differences import finite_differences
from solutions.models.weights_and_delays.dense import DenseNetworks, raster_of
from solutions.models.weights_and_delays.exact import ExactNetworks
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


def one_layer(seed, **others):
    """Two networks without synapses among their hidden neurons, the same side by side, and three words for each."""
    rng = np.random.default_rng(seed)
    first = rng.normal(2.5, 1.5, (2, 4, 5)), rng.normal(0.0, 1.0, (2, 5, 3)), rng.integers(0, 80, (2, 4, 5)) / 10
    alone = []
    for weights_in, weights_out, waits in zip(*first, strict=True):
        weights, delays = np.zeros((2, 4 + 5, 5 + 3))
        weights[:4, :5], weights[4:, 5:], delays[:4, :5] = weights_in, weights_out, waits
        alone.append(DelayedNetwork(4, 5, 3, weights=weights, delays=delays, **others))
    times = torch.tensor(rng.integers(0, 700, (2, 3, 12)) / 10)
    times[:, 2, 9:] = torch.inf  # the third word is shorter
    return first, alone, times, torch.tensor(rng.integers(0, 4, (2, 3, 12)))


def test_many_networks_at_once_have_the_spikes_and_the_exact_slopes_of_each_alone():
    first, alone, times, senders = one_layer(0)
    together = ExactNetworks(*first)
    scores, counts = together(times, senders, 80.0)
    asked = torch.tensor([[0, 1, 2], [2, 0, 1]])
    torch.nn.functional.cross_entropy(scores.flatten(0, 1), asked.flatten(), reduction="sum").backward()
    for g, network in enumerate(alone):
        by_weight, by_delay = np.zeros((2, 9, 8))
        for b in range(3):
            there = torch.isfinite(times[g, b])
            run = network.run(times[g, b, there], senders[g, b, there], duration=80.0)
            expected = np.bincount([neuron for _, neuron in run.spikes], minlength=5)
            assert counts[g, b].tolist() == expected.tolist()
            loss = torch.nn.functional.cross_entropy(scores[g, b], asked[g, b]).item()
            assert loss == pytest.approx(run.loss(int(asked[g, b])), rel=1e-9)
            found = network.gradients(run, int(asked[g, b]))
            by_weight, by_delay = by_weight + found[0], by_delay + found[1]
        assert counts[g].sum() > 20
        for found, expected in (
            (together.weights_in, by_weight[:4, :5]),
            (together.weights_out, by_weight[4:, 5:]),
            (together.delays, by_delay[:4, :5]),
        ):
            np.testing.assert_allclose(found.grad[g], expected, rtol=1e-6, atol=1e-9 * np.abs(expected).max())


def test_with_narrow_kernels_dense_networks_spike_as_the_event_driven_ones_do():
    """Each neuron as often, and a little later: it resets only where a step ends."""
    first, alone, times, senders = one_layer(1)
    dense = DenseNetworks(*first, 8.0, dt=0.05, surrogate_spike=surrogate_spike)
    raster = raster_of(times, senders, 4, 80.0, 0.05)
    with torch.no_grad():
        spikes = dense.hidden_spikes(dense.lift(raster)).numpy()
    for g, network in enumerate(alone):
        run = network.run(times[g, 0], senders[g, 0], duration=80.0)
        expected = sorted((neuron, when) for when, neuron in run.spikes)
        found = sorted((neuron, 0.05 * step) for step, neuron in zip(*np.nonzero(spikes[g, 0]), strict=True))
        assert len(found) > 8
        assert [neuron for neuron, _ in found] == [neuron for neuron, _ in expected]
        late = np.subtract([when for _, when in found], [when for _, when in expected])
        assert late.min() >= 0
        assert late.max() < 0.5


def test_the_dense_slopes_by_torch_are_those_that_were_written_out():
    first, alone, times, senders = one_layer(0)
    dense = DenseNetworks(*first, 8.0, dt=0.1, surrogate_spike=surrogate_spike)
    scores, counts = dense(raster_of(times, senders, 4, 100.0, 0.1))
    torch.nn.functional.cross_entropy(scores[:, 0], torch.tensor([1, 1]), reduction="sum").backward()
    for g, network in enumerate(alone):
        given = times[g, 0].numpy(), senders[g, 0].numpy()
        written, n_spikes = surrogate_weight_gradient(network, *given, 1, 5.0, surrogate_spike=surrogate_spike)
        assert int(counts[g, 0].sum()) == n_spikes > 8
        np.testing.assert_allclose(dense.weights_in.grad[g], written, rtol=1e-9, atol=1e-15)


def test_the_kernels_of_dense_networks_are_those_of_the_exercise_with_their_slopes():
    (weights_in, weights_out, delays), *_ = one_layer(0)
    dense = DenseNetworks(weights_in, weights_out, delays, 8.0, surrogate_spike=surrogate_spike)
    kernels = dense.kernels(1.3)
    kernels[..., 3].sum().backward()
    for place in np.ndindex(*delays.shape):
        share, slope = dense_kernel(delays[place], 1.3, 9)
        np.testing.assert_allclose(kernels[place].detach(), share, atol=1e-14)
        assert float(dense.delays.grad[place]) == pytest.approx(slope[3], abs=1e-14)


def test_where_no_neuron_fires_the_dense_slopes_are_those_of_finite_differences():
    """Of networks in which a spike is as large as slope times change of voltage, since that is what they learn by."""
    first, _, times, senders = one_layer(0)
    dense = DenseNetworks(*first, 8.0, threshold=4.0, steepness=1.0, surrogate_spike=surrogate_spike)
    raster, asked, width = raster_of(times, senders, 4, 80.0), torch.tensor([1] * 6), 3.0
    since = np.subtract.outer(np.arange(80), np.arange(80)).clip(0)
    answer = torch.tensor((np.exp(-since / 20) - np.exp(-since / 5)) / 3)  # to a lone arrival, without spikes

    def loss(scores):
        return torch.nn.functional.cross_entropy(scores.flatten(0, 1), asked)

    heard = dense(raster, width)
    assert not heard.counts.any()
    loss(heard.scores).backward()
    with torch.no_grad():
        before = answer @ dense.lift(raster, width)
        slope = torch.tensor(surrogate_spike(before.numpy().ravel(), 4.0, 1.0)[1].reshape(before.shape))
        for parameter in (dense.weights_in, dense.delays):
            brute = torch.zeros_like(parameter)
            for place in np.ndindex(*parameter.shape):
                ends = []
                for step in (1e-3, -1e-3):
                    parameter[place] += step
                    ends.append(loss(dense.scores(slope * (answer @ dense.lift(raster, width) - before))))
                    parameter[place] -= step
                brute[place] = (ends[0] - ends[1]) / 2e-3
            largest = float(parameter.grad.abs().max())
            assert largest > 0
            np.testing.assert_allclose(parameter.grad, brute, atol=1e-5 * largest)


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


# the tables of the last section

BESIDE_RANDOM = weights_or_delays.BESIDE_RANDOM
KEPT = json.loads(weights_or_delays.KEPT.read_text())


def test_the_page_has_the_tables_that_were_measured():
    page = places.page("weights_and_delays").read_text("utf-8")
    for rows in KEPT.values():
        assert weights_or_delays.table(rows) in page
    assert weights_or_delays.at_a_glance(KEPT) in page


def test_equal_networks_learn_equally_many_numbers():
    for rows in KEPT.values():
        numbers = [row["numbers"] for row in rows if "as many neurons" not in row["learns"]]
        assert max(numbers) < 1.08 * min(numbers)


@pytest.mark.slow
@pytest.mark.parametrize("name", KEPT)
def test_three_seeds_of_a_table_learned_anew_do_as_well(name):
    """Weights beside random delays, by whichever gradient takes less time.

    One seed alone may not: sums in another order may change a spike.
    """
    row = min((row for row in KEPT[name] if row["learns"] == BESIDE_RANDOM), key=lambda row: row["seconds"])
    again = weights_or_delays.row(timed_words.tasks()[name], row["learns"], row["gradient"], (0, 1, 2), (row["rate"],))
    assert np.mean(again["test"]) == pytest.approx(np.mean(row["test"][:3]), abs=0.1)


def test_the_surrogate_tells_orders_without_delays_where_the_exact_gradient_does_not():
    """As the page says; to learn a row of the surrogate anew takes too long for a test."""
    shares = {(row["learns"], row["gradient"]): np.mean(row["test"]) for row in KEPT["orders"]}
    assert shares["weights, no delays", "surrogate"] > 2 * shares["weights, no delays", "exact"]
    assert shares[BESIDE_RANDOM, "exact"] > 1.5 * shares["weights, no delays", "exact"]


def test_where_the_page_says_that_both_are_better_than_either_alone_they_are():
    """By the exact gradient, for as many numbers, beyond two standard errors, and with the fewest spikes."""
    rows = {row["learns"]: row for row in KEPT["rhythm"] if row["gradient"] == "exact"}
    both = rows["weights and delays"]
    for alone in ("weights, no delays", "delays, fixed random weights"):
        points, error = weights_or_delays.difference(rows[alone], both)
        assert points > 2 * error
    assert both["spikes"] == min(row["spikes"] for row in rows.values())


def test_knocks_are_off_in_every_other_recording_by_what_is_said():
    for times, _, said in timed_words.tasks()["rhythm"].draw(0):
        knocks = times - 60.0 * np.arange(4)
        off = np.abs(knocks - np.median(knocks, axis=1, keepdims=True)).max(axis=1)
        assert np.abs(off[said == 1] - 15.0).max() < 6.0
        assert off[said == 0].max() < 6.0


@pytest.mark.parametrize("name", timed_words.tasks())
def test_words_of_a_task_are_of_its_channels_and_no_two_parts_share_one(name):
    task = timed_words.tasks()[name]
    parts = task.draw(0)
    for times, senders, said in parts:
        assert set(said) == set(range(task.n_out))
        assert set(senders.ravel()) == set(range(task.n_in))
        assert (times[np.isfinite(times)] < task.duration).mean() > 0.99
    drawn = [tuple(row[np.isfinite(row)]) for words in parts for row in words.times]
    assert len(set(drawn)) == len(drawn)


def test_the_heidelberg_digits_are_run_by_the_same_command(tmp_path, monkeypatch, capsys):
    """A file laid out as theirs, with 260 recordings of two digits, 1 and 3, and one of another."""
    h5py = pytest.importorskip("h5py")
    path, labels = tmp_path / "shd_train.h5", [1, 3] * 130 + [11]
    rng = np.random.default_rng(0)
    with h5py.File(path, "w") as file:
        for name, kind in (("times", "float16"), ("units", "uint16")):
            data = file.create_dataset(f"spikes/{name}", (len(labels),), dtype=h5py.vlen_dtype(np.dtype(kind)))
            for number in range(len(labels)):
                events = np.sort(rng.uniform(0, 0.6, 40)) if name == "times" else 43 + 87 * rng.integers(0, 8, 40)
                data[number] = events.astype(kind)
        file["labels"] = np.array(labels)
    task = timed_words.tasks(str(path))["heidelberg"]
    train, validation, test = task.draw(0)
    assert [len(words.said) for words in (train, validation, test)] == [80, 60, 60]
    assert set(train.senders.ravel()) == set(range(8))
    short = task._replace(epochs=1)
    monkeypatch.setattr(weights_or_delays, "tasks", lambda file=None: {"heidelberg": short} if file else {})
    monkeypatch.setattr(
        weights_or_delays, "KINDS", {"weights and delays": weights_or_delays.KINDS["weights and delays"]}
    )
    monkeypatch.setattr("sys.argv", ["weights_or_delays.py", "--task", "heidelberg"])
    weights_or_delays.main()
    assert "not run here" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", [*["weights_or_delays.py", "--task", "heidelberg"], "--file", str(path)])
    weights_or_delays.main()
    assert capsys.readouterr().out.count("| weights and delays |") == 2
