"""Learning delays: closed forms, finite differences, and the claims the chapter makes with their figures."""

import itertools
import math
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from autograder.probes import delays as probes
from autograder.reference.places import BOOK
from solutions.delays import (
    coincidences,
    cross_entropy,
    delay_change,
    delay_kernel,
    delay_slope,
    delayed,
    ear_probabilities,
    round_straight_through,
)
from solutions.models.delays import delay_lines
from solutions.models.delays import two_ears as sound_localisation

STEPS, TRAINS = 24, 3
SPIKES = arrays(float, (STEPS, TRAINS), elements=st.sampled_from([0.0, 0.0, 1.0, 2.0]))
DELAYS = arrays(float, TRAINS, elements=st.floats(-30, 30).map(lambda delay: round(delay, 3)))
WHOLE = arrays(float, TRAINS, elements=st.integers(-30, 30).map(float))
OFF_THE_KINKS = arrays(
    float, TRAINS, elements=st.tuples(st.integers(-9, 9), st.floats(0.01, 0.99)).map(lambda pair: sum(pair))
)


def close(one, other, within=1e-9):
    np.testing.assert_allclose(one, other, rtol=within, atol=within)


# A delay


@given(spikes=SPIKES, delays=DELAYS)
def test_a_moved_train_is_that_of_the_formula(spikes, delays):
    def at(t, n):
        return spikes[t, n] if 0 <= t < STEPS else 0.0

    moved = delayed(spikes, delays)
    for t, n in itertools.product(range(STEPS), range(TRAINS)):
        k = math.floor(delays[n])
        f = delays[n] - k
        assert moved[t, n] == pytest.approx((1 - f) * at(t - k, n) + f * at(t - k - 1, n), abs=1e-9)


def test_a_positive_delay_delays_and_all_may_be_negative():
    spike = np.zeros((100, 2))
    spike[50] = 1
    assert np.flatnonzero(delayed(spike, [5, -5])[:, 0]).tolist() == [55]
    assert np.flatnonzero(delayed(spike, [5, -5])[:, 1]).tolist() == [45]
    assert delayed(spike, [-3, -60]).sum(axis=0).tolist() == [1, 0]


@given(spikes=SPIKES, delays=DELAYS)
def test_spikes_are_kept_unless_they_leave_the_recording(spikes, delays):
    roomy = np.pad(spikes, ((32, 32), (0, 0)))
    close(delayed(roomy, delays).sum(axis=0), spikes.sum(axis=0))
    assert (delayed(spikes, delays).sum(axis=0) <= spikes.sum(axis=0) + 1e-9).all()


@given(spikes=SPIKES, one=WHOLE, other=WHOLE)
def test_whole_delays_add_up(spikes, one, other):
    roomy = np.pad(spikes, ((64, 64), (0, 0)))
    close(delayed(delayed(roomy, one), other), delayed(roomy, one + other))


@given(spikes=SPIKES, delays=OFF_THE_KINKS)
def test_the_slope_is_that_of_finite_differences_off_the_kinks(spikes, delays):
    difference = (delayed(spikes, delays + 1e-5) - delayed(spikes, delays - 1e-5)) / 2e-5
    close(delay_slope(spikes, delays), difference, 1e-6)


@given(spikes=SPIKES, delays=WHOLE)
def test_at_a_whole_delay_the_slope_is_the_one_towards_the_larger(spikes, delays):
    close(delay_slope(spikes, delays), (delayed(spikes, delays + 1e-3) - delayed(spikes, delays)) / 1e-3, 1e-6)


# Coincidence


@given(spikes=SPIKES, tau=st.floats(0.5, 50), every=st.booleans())
def test_coincidences_are_the_sums_of_pairs_written_out(spikes, tau, every):
    age = np.arange(STEPS) - np.arange(STEPS)[:, None]
    traces = np.where(age >= 0, np.exp(-np.maximum(age, 0) / tau), 0).T @ spikes
    pairs = itertools.combinations(range(TRAINS), 2) if every else [(0, n) for n in range(1, TRAINS)]
    expected = sum((traces[:, one] * traces[:, other]).sum() for one, other in pairs)
    assert coincidences(spikes, tau, every) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_two_lone_spikes_coincide_as_the_closed_form_says():
    for apart, tau in itertools.product((0, 1, 5), (1, 4)):
        spikes = np.zeros((400, 2))
        spikes[50, 0], spikes[50 + apart, 1] = 1, 1
        keep = math.exp(-1 / tau)
        assert coincidences(spikes, tau) == pytest.approx(keep**apart / (1 - keep**2))


def test_twice_the_same_sum_is_the_same_number():
    spikes = np.random.default_rng(0).integers(0, 2, (30, 4))
    assert len({coincidences(spikes, 5, True) for _ in range(20)}) == 1


@given(spikes=SPIKES, tau=st.floats(0.5, 40))
@settings(max_examples=30)
def test_the_landscape_is_the_coincidences_at_every_whole_delay(spikes, tau):
    roomy = np.pad(spikes[:, :2], ((6, 6), (0, 0)))
    heights = delay_lines.landscape(roomy.T, tau, 6)[0]
    for delay in range(-6, 7):
        assert heights[delay + 6] == pytest.approx(coincidences(delayed(roomy, [0, delay]), tau), rel=1e-9, abs=1e-9)


# Rounding


def test_rounding_lets_the_gradient_through_and_only_the_gradient():
    inputs = {"delays": [1.4, -2.6, 9.0, -31.5], "limit": 7, "upstream": [1.0, -2.0, 0.5, 3.0]}
    assert probes.through(round_straight_through, inputs | {"part": "forward"}) == [1, -3, 7, -7]
    assert probes.through(round_straight_through, inputs | {"part": "backward"}) == [1, -2, 0.5, 3]


def test_what_gives_no_gradient_has_gradient_zero_and_what_is_no_tensor_is_refused():
    inputs = {"delays": [1.4], "limit": 7, "upstream": [1.0]}
    assert probes.through(lambda delays, limit: delays.detach(), inputs | {"part": "backward"}) == [0.0]
    with pytest.raises(TypeError, match="list came back"):
        probes.through(lambda delays, limit: [1], inputs | {"part": "forward"})


# The kernel


@given(delay=st.floats(-4, 4), width=st.floats(0.3, 5), limit=st.integers(5, 12))
def test_a_kernel_is_positive_adds_up_to_one_and_is_largest_nearest_to_its_delay(delay, width, limit):
    weights = delay_kernel(delay, width, limit)
    assert len(weights) == 2 * limit + 1 and (weights >= 0).all()
    assert weights.sum() == pytest.approx(1)
    assert abs(int(weights.argmax()) - limit - delay) <= 0.5 + 1e-9


def test_a_very_narrow_kernel_is_a_whole_delay_and_a_very_wide_one_is_flat():
    close(delay_kernel(2.2, 0.05, 4), np.eye(9)[6])
    close(delay_kernel(1, 1e6, 4), np.full(9, 1 / 9))


# The ears


def test_the_second_ear_is_the_first_one_earlier_by_its_angle():
    eighteen_degrees_a_step = ear_probabilities(54, 0.2, 50, 80)
    close(eighteen_degrees_a_step[3:, 0], eighteen_degrees_a_step[:-3, 1])
    close(delayed(eighteen_degrees_a_step, [0, 54 / sound_localisation.DEGREES_PER_STEP])[3:, 1],
          eighteen_degrees_a_step[3:, 0])  # fmt: skip


@given(angle=st.floats(-90, 90), phase=st.floats(0, 1), hertz=st.sampled_from([20, 25, 40]))
def test_a_fibre_fires_at_most_with_six_tenths_and_on_average_with_its_closed_form(angle, phase, hertz):
    fire = ear_probabilities(angle, phase, hertz, 1000)
    assert fire.max() <= 0.6 + 1e-12
    assert fire.mean(axis=0) == pytest.approx(0.6 * math.comb(20, 10) / 2**20)
    close(ear_probabilities(0, phase, hertz, 50)[:, 0], ear_probabilities(0, phase, hertz, 50)[:, 1])


def test_the_generator_of_sounds_draws_with_those_probabilities():
    spikes, labels = sound_localisation.sounds(4000, np.random.default_rng(0), fibres=3)
    assert spikes.shape == (4000, 2, 50) and set(labels) == set(range(36))
    assert spikes.sum(axis=2).mean() == pytest.approx(3 * 50 * 0.6 * math.comb(20, 10) / 2**20, rel=0.02)
    close(sound_localisation.chance(np.linspace(0, 6, 9)), 0.6 * (0.5 + 0.5 * np.sin(np.linspace(0, 6, 9))) ** 10)


# Cross-entropy


@given(st.data())
def test_cross_entropy_is_ln_k_without_gain_and_does_not_care_for_a_constant(data):
    sums = data.draw(arrays(float, (5, 4), elements=st.floats(-20, 20)))
    labels, gain = data.draw(arrays(int, 5, elements=st.integers(0, 3))), data.draw(st.floats(0, 3))
    assert cross_entropy(sums, labels, 0) == pytest.approx(math.log(4))
    assert cross_entropy(sums + 1e4, labels, gain) == pytest.approx(cross_entropy(sums, labels, gain), abs=1e-6)
    assert cross_entropy(sums, labels, gain) >= 0


# The rule


@given(x=st.floats(-20, 20), tau=st.floats(0.5, 5))
def test_a_pair_lengthens_the_delay_exactly_if_the_second_spike_came_first(x, tau):
    change = delay_change([5 + x], [5.0], tau, 0.5)
    assert math.copysign(1, change) == math.copysign(1, 5 + x - 5.0) or change == 0
    assert change == pytest.approx(-delay_change([5.0], [5 + x], tau, 0.5), abs=1e-12)
    assert abs(change) <= 0.5 / math.e + 1e-12


@given(st.lists(st.floats(0, 50), min_size=1, max_size=9), st.floats(0.5, 5))
def test_where_both_inputs_arrive_together_nothing_changes(times, tau):
    assert delay_change(times, times, tau, 1.0) == pytest.approx(0, abs=1e-12)


# What the chapter learns


@pytest.fixture(scope="module")
def tutorial():
    tasks, learned = {}, {}
    for name, make in delay_lines.tutorial_tasks().items():
        tasks[name], chosen = make()
        learned[name] = delay_lines.learn(tasks[name], chosen)
    return tasks, learned


def test_the_three_tasks_stop_at_the_epochs_of_the_tutorial_with_its_losses(tutorial):
    losses = {name: result.losses for name, result in tutorial[1].items()}
    assert [len(some) for some in losses.values()] == [38, 229, 244]
    same, different, localisation = losses.values()
    assert same[:2] == pytest.approx([4237.44092, 358.86176], abs=0.02)
    assert different[[0, 1, 37, 228]] == pytest.approx([4623.93945, 56.18170, 0.93246, 0.02853], abs=0.02)
    assert localisation[[0, 9, 37, 243]] == pytest.approx([1353.12097, 41.32266, 27.54248, 0.81534], abs=0.02)


def test_a_loss_of_zero_is_not_the_top_eight_of_twenty_classes_are_aligned_and_one_is_half_way(tutorial):
    task, learned = tutorial[0]["same patterns"], tutorial[1]["same patterns"]
    ends = np.rint(learned.delays[-1])
    heights = delay_lines.landscape(task.spikes, task.tau, task.limit)
    reached = [heights[k, np.arange(2), ends[:, k].astype(int) + task.limit].sum() for k in range(20)]
    shares = np.array(reached) / heights.max(axis=2).sum(axis=1)
    assert learned.losses[-1] < 1e-6
    assert (shares > 1 - 1e-9).sum() == 8
    assert sorted(shares)[0] == pytest.approx(0.50, abs=0.01) and sorted(shares)[1] > 0.97


def test_from_the_other_side_of_a_kink_it_learns_too_but_not_in_as_many_epochs():
    task, chosen = delay_lines.tutorial_tasks()["same patterns"]()
    assert len(delay_lines.learn(task, chosen, side=1).losses) == 18


def test_the_shrinking_gaussian_finds_the_top_of_rough_landscapes_most_often(tutorial):
    starts = np.random.default_rng(0).uniform(-19, 19, (50, 20))
    found = {}
    for tau in (30, 3):
        heights = delay_lines.landscape(tutorial[0]["different patterns"].spikes, tau, 19)[:, 0]
        for way in delay_lines.WAYS:
            found[tau, way] = (delay_lines.climbed(heights, starts, way) == heights.argmax(axis=1) - 19).mean()
    shares = [round(100 * share) for share in found.values()]
    assert shares == pytest.approx([96, 67, 96, 48, 27, 80], abs=1)
    with pytest.raises(ValueError, match="way is 'hops'; expected one of interpolation"):
        delay_lines.climbed(np.ones((1, 5)), np.zeros((1, 1)), "hops")


@pytest.fixture(scope="module")
def heard():
    return sound_localisation.sounds(10_000, np.random.default_rng(99))


def test_the_ideal_observer_and_perfect_delays_are_where_the_chapter_puts_them(heard):
    spikes, labels = heard
    likely = sound_localisation.ideal_observer(spikes)
    assert sound_localisation.scores(likely, labels) == pytest.approx((0.166, 10.6), abs=0.1)
    assert cross_entropy(likely, labels, 1) == pytest.approx(2.31, abs=0.02)
    degrees = [
        sound_localisation.scores(sound_localisation.perfect(whole=whole).sums(spikes), labels).degrees
        for whole in (False, True)
    ]
    assert degrees == pytest.approx([14.2, 15.7], abs=0.1)


def test_nobody_is_right_more_often_than_the_ideal_observer(heard):
    spikes, labels = heard
    ideal = sound_localisation.scores(sound_localisation.ideal_observer(spikes), labels).accuracy
    for tau in (1, 2, 3.5, 5):
        readout = sound_localisation.perfect(tau=tau)
        assert sound_localisation.scores(readout.sums(spikes), labels).accuracy < ideal


def test_the_ideal_observer_is_the_probability_written_out():
    spikes, _ = sound_localisation.sounds(3, np.random.default_rng(1), fibres=2)
    grid = 2 * np.pi * np.arange(72) / 72
    angles = np.array([-30, 0, 45])
    rows = []
    for sound in spikes:
        row = []
        for angle in np.radians(angles):
            x = 2 * np.pi * 0.05 * np.arange(50) + grid[:, None]
            fire = np.stack([sound_localisation.chance(x), sound_localisation.chance(x + angle)], axis=1)
            row.append((fire**sound * (1 - fire) ** (2 - sound)).prod(axis=(1, 2)).mean())
        rows.append(row)
    likely = sound_localisation.ideal_observer(spikes, 2, angles, phases=72)
    close(likely - likely[:, :1], np.log(rows) - np.log(rows)[:, :1], 1e-6)


@pytest.mark.parametrize("seed", [0, 1])
def test_delays_learn_by_cross_entropy_and_reach_what_perfect_delays_reach(seed, heard):
    spikes, labels = heard
    sums = sound_localisation.fit(seed, steps=600).sums(spikes)
    assert cross_entropy(sums, labels, 1) < 2.8
    assert sound_localisation.scores(sums, labels).degrees < 1.1 * 13.3


def test_with_more_fibres_and_learned_delays_directions_are_told_well():
    spikes, labels = sound_localisation.sounds(6000, np.random.default_rng(98), fibres=12)
    readout = sound_localisation.fit(
        1, fibres=12, tau=3, widest=8, gain=3, learns_gain=True, learns_bias=True, span=5, steps=500
    )
    found = sound_localisation.scores(readout.sums(spikes), labels)
    assert found.accuracy > 0.38 and found.degrees < 4
    assert np.corrcoef(readout.delays, sound_localisation.ANGLES)[0, 1] > 0.99


def test_of_twelve_directions_nine_in_ten_are_told():
    angles = np.arange(-90, 90, 15)
    spikes, labels = sound_localisation.sounds(6000, np.random.default_rng(98), fibres=12, angles=angles)
    readout = sound_localisation.fit(
        0, fibres=12, angles=angles, tau=2, widest=8, gain=8, learns_gain=True, learns_bias=True, span=5, steps=600
    )
    assert sound_localisation.scores(readout.sums(spikes), labels, angles).accuracy > 0.89


def test_weights_and_delays_together_beat_either_alone_and_chance():
    from solutions.models.delays import co_training as spiking_delays

    both, weights, delays = (
        spiking_delays.train(3, *kinds).test_loss for kinds in ((True, True), (False, True), (True, False))
    )
    assert both < 2.85 < delays < weights < math.log(36)


def test_the_layer_in_torch_moves_spikes_as_the_exercise_does():
    import torch

    from solutions.models.delays import co_training as spiking_delays

    trains = np.random.default_rng(0).integers(0, 2, (4, 50)).astype(float)
    delays = torch.tensor([2.25, -3.5, 0.0, 7.0], requires_grad=True)
    moved = spiking_delays.shifted(torch.tensor(trains, dtype=torch.float32), delays)
    for n, delay in enumerate(delays.tolist()):
        close(moved[:, :, n].detach().numpy(), delayed(trains.T, np.full(4, delay)), 1e-6)
    moved.sum(dim=1)[:, 0].mul(torch.arange(50)).sum().backward()
    expected = (delay_slope(trains.T, np.full(4, 2.25)).sum(axis=1) * np.arange(50)).sum()
    assert float(delays.grad[0]) == pytest.approx(expected, rel=1e-4)


# Brian2


@pytest.fixture(scope="module")
def brian():
    from solutions.models.delays import moving_delays as brian_delays

    return brian_delays


EARLY, LATE = [3, 13, 23, 33, 43, 53], [3, 13, 23, 36, 46, 56]


@pytest.mark.parametrize(
    ("way", "arrivals", "attribute"),
    [
        ("never changed", EARLY, 2),
        ("delay = in on_pre", EARLY, 5),
        ("run_regularly", EARLY, 2),
        ("S.delay in a network_operation", EARLY, 5),
        ("S.delay between two runs", LATE, 5),
        ("S.delay and initialise_queue", LATE, 5),
    ],
)
def test_a_delay_changes_in_a_run_if_the_queue_is_told_and_else_only_seems_to(way, arrivals, attribute, brian):
    found = brian.tried(way)
    assert found.arrivals.tolist() == arrivals
    assert found.attribute == pytest.approx(attribute)


def test_what_brian_is_not_asked_for_is_refused_in_words(brian):
    with pytest.raises(ValueError, match="way is 'magic'; expected one of never changed"):
        brian.tried("magic")
    with pytest.raises(ValueError, match="rule is 'luck'; expected 'timing' or 'adds'"):
        brian.compete(np.array([1.0]), rule="luck")


@pytest.mark.parametrize(("start", "fixed"), [((2, 4), 1.0), ((0, 0.3), 1.0), ((2, 4), 3.0)])
def test_competing_neurons_reach_the_delay_that_aligns_their_inputs(start, fixed, brian):
    result = brian.compete(np.array([1, 2, 3, 4, 6, 8, 9.0]), start, fixed, repetitions=150, rate=0.02)
    assert result.delays[-1] == pytest.approx([fixed, fixed], abs=0.1)


def test_a_rule_that_only_adds_runs_away(brian):
    assert brian.compete(np.array([1, 2, 3, 4, 6, 8, 9.0]), rule="adds", repetitions=60).delays[-1].min() > 5


def test_importing_brian_leaves_the_report_of_errors_as_it_was(brian):
    assert sys.excepthook.__module__ != "brian2.utils.logger"


# Right in other words

RIGHT = {
    "delayed": """
def delayed(spikes, delays):
    out = [[0.0 for _ in row] for row in spikes]
    for n, delay in enumerate(delays):
        whole = math.floor(delay)
        for t, row in enumerate(spikes):
            for later, share in ((whole, 1 - (delay - whole)), (whole + 1, delay - whole)):
                if 0 <= t + later < len(spikes):
                    out[t + later][n] += share * row[n]
    return out
""",
    "delay_slope": """
def delay_slope(spikes, delays):
    spikes = np.array(spikes, float)
    out = np.zeros_like(spikes)
    for n, delay in enumerate(delays):
        k = math.floor(delay)
        for t in range(len(spikes)):
            if 0 <= t - k < len(spikes):
                out[t, n] -= spikes[t - k, n]
            if 0 <= t - k - 1 < len(spikes):
                out[t, n] += spikes[t - k - 1, n]
    return out
""",
    "coincidences": """
def coincidences(spikes, tau, every_pair=False):
    import torch
    v, total = 0, 0.0
    for row in torch.as_tensor(np.array(spikes, dtype=float)):
        v = math.exp(-1 / tau) * v + row
        for i in range(len(row) if every_pair else 1):
            total = total + sum(v[i] * v[j] for j in range(i + 1, len(row)))
    return total
""",
    "round_straight_through": """
def round_straight_through(delays, limit):
    import torch
    class Whole(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x.clamp(-limit, limit).round()
        @staticmethod
        def backward(ctx, g):
            return g
    return Whole.apply(delays)
""",
    "delay_kernel": """
def delay_kernel(delay, width, limit):
    weights = [math.exp(-((k - delay) / width) ** 2 / 2) for k in range(-limit, limit + 1)]
    return [w / sum(weights) for w in weights]
""",
    "ear_probabilities": """
def ear_probabilities(angle, phase, hertz, steps):
    def p(cycles):
        return 0.6 * math.cos(math.pi * (cycles - 0.25)) ** 20
    return [(p(hertz * t / 1000 + phase), p(hertz * t / 1000 + phase + angle / 360)) for t in range(steps)]
""",
    "cross_entropy": """
def cross_entropy(sums, labels, gain):
    import torch
    return torch.nn.functional.cross_entropy(gain * torch.tensor(np.array(sums)), torch.tensor(np.array(labels)))
""",
    "delay_change": """
def delay_change(first, second, tau, rate):
    change = 0
    for one in first:
        for other in second:
            change += rate * (one - other) / tau * math.exp(-abs(one - other) / tau)
    return change
""",
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_answer_in_other_words_earns_every_point(name):
    from autograder.beside.check import answer
    from autograder.beside.verdict import Answers, verdict
    from autograder.exercises import load
    from autograder.reference.record import record

    exercise, names = load("delays").exercise(name), {"np": np, "math": math}
    exec(RIGHT[name], names)
    for seed in ("one student", "another"):
        known = record(exercise, seed)
        given = {n: answer(known["probe"], names[name], case["inputs"]) for n, case in enumerate(known["cases"])}
        assert verdict(known, Answers(given)).points == exercise.points


# What the tutorial gets wrong


def test_a_class_stands_for_its_angle_and_not_for_its_number_in_degrees():
    spikes, labels = sound_localisation.sounds(400, np.random.default_rng(3), fibres=2000)
    ears = spikes @ np.exp(-2j * np.pi * 0.05 * np.arange(50))
    ahead = np.degrees(np.angle(ears[:, 1] * ears[:, 0].conj()))
    assert np.abs(ahead - sound_localisation.ANGLES[labels]).mean() < 4


def test_the_time_constant_shrinks_while_the_third_task_is_learned(tutorial):
    task = tutorial[0]["localisation"]
    assert (task.tau, task.decay) == (40, 0.01)
    as_it_was = delay_lines.learn(task._replace(decay=0.0), lambda: np.arange(36), epochs=3).losses
    assert delay_lines.learn(task, lambda: np.arange(36), epochs=3).losses[2] != pytest.approx(as_it_was[2])


def test_the_step_by_step_loop_of_the_benchmark_stops_where_the_table_does(tutorial):
    import torch

    sys.path.insert(0, str(BOOK.parent / "benchmarks"))
    from delays_step_by_step import Shifted, train

    task, _ = delay_lines.tutorial_tasks()["same patterns"]()
    layer = Shifted(-task.start, task.limit)
    patterns = np.pad(task.spikes, ((0, 0), (0, 0), (0, 1)))
    torch.set_num_threads(1)
    losses = train(patterns, layer, task.rate, task.tau, task.batch, task.stop, epochs=3)
    assert losses == pytest.approx(tutorial[1]["same patterns"].losses[:3], rel=1e-5)
