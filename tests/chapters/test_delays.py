"""Learning delays: closed forms, finite differences, and the claims the chapter makes with their figures."""

import itertools
import math
import re
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from autograder.probes import delays as probes
from solutions import CoincidenceNetwork, DelayLayer, TwoEars, co_train, compete, learn_delays, toy_problem
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


def test_zeros_behind_a_train_do_for_as_long_a_delay_and_with_fewer_its_end_comes_in_again():
    page = (Path(__file__).resolve().parents[2] / "book/delays.md").read_text()
    [code] = re.findall(r"(def read_behind_zeros.*?\n)\n\n", page, re.DOTALL)
    names = {"np": np}
    exec(code, names)
    train = np.zeros(12)
    train[[1, 10]] = 1
    for zeros, at in ((4, [5]), (2, [0, 5]), (0, [2, 5])):
        moved = names["read_behind_zeros"](train, 4, zeros)
        assert np.flatnonzero(moved).tolist() == at
        assert (moved == delayed(train[:, None], [4])[:, 0]).all() == (zeros >= 4)


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
    heights = delay_lines.landscape(roomy.T, tau, 6, coincidences=coincidences)[0]
    for delay in range(-6, 7):
        assert heights[delay + 6] == pytest.approx(coincidences(delayed(roomy, [0, delay]), tau), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("part", [lambda s, tau: coincidences(s[:-1], tau), lambda s, tau: coincidences(s, tau) ** 2])
def test_a_landscape_is_only_made_of_coincidences_that_pairs_of_spikes_add_up_to(part):
    spikes = np.random.default_rng(0).integers(0, 2, (4, 2, 30))
    with pytest.raises(ValueError, match="expected traces that add up"):
        delay_lines.landscape(spikes, 5, 6, coincidences=part)


def test_a_landscape_of_less_than_no_spikes_is_refused():
    with pytest.raises(ValueError, match="spikes has a value of -1; expected how many spikes there are"):
        delay_lines.landscape(-np.ones((2, 5)), 5, 2, coincidences=coincidences)


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
    close(delayed(eighteen_degrees_a_step, [0, 54 / TwoEars().degrees_per_step])[3:, 1],
          eighteen_degrees_a_step[3:, 0])  # fmt: skip


@given(angle=st.floats(-90, 90), phase=st.floats(0, 1), hertz=st.sampled_from([20, 25, 40]))
def test_a_fibre_fires_at_most_with_six_tenths_and_on_average_with_its_closed_form(angle, phase, hertz):
    fire = ear_probabilities(angle, phase, hertz, 1000)
    assert fire.max() <= 0.6 + 1e-12
    assert fire.mean(axis=0) == pytest.approx(0.6 * math.comb(20, 10) / 2**20)
    close(ear_probabilities(0, phase, hertz, 50)[:, 0], ear_probabilities(0, phase, hertz, 50)[:, 1])


def test_the_generator_of_sounds_draws_with_those_probabilities():
    spikes, labels = TwoEars(fibres=3).sounds(4000, np.random.default_rng(0))
    assert spikes.shape == (4000, 2, 50) and set(labels) == set(range(36))
    assert spikes.sum(axis=2).mean() == pytest.approx(3 * 50 * 0.6 * math.comb(20, 10) / 2**20, rel=0.02)
    fire, drawn = TwoEars()._tones(500, np.random.default_rng(0))
    draws = np.random.default_rng(0)
    assert (drawn == draws.integers(0, 36, 500)).all()
    angles, phases = TwoEars().angles[drawn], draws.random(500)
    asked = [ear_probabilities(*sound, 50, 50).T for sound in zip(angles, phases, strict=True)]
    close(fire, asked, 1e-7)


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
def toys():
    problems = {name: toy_problem(name) for name in delay_lines.PROBLEMS}
    return problems, {name: learn_delays(problem) for name, problem in problems.items()}


def test_the_three_toy_problems_stop_at_the_epochs_of_learning_delays_v2_with_its_losses(toys):
    losses = {name: result.losses for name, result in toys[1].items()}
    assert [len(some) for some in losses.values()] == [38, 229, 244]
    same, different, localisation = losses.values()
    assert same[:2] == pytest.approx([4237.44092, 358.86176], abs=0.02)
    assert different[[0, 1, 37, 228]] == pytest.approx([4623.93945, 56.18170, 0.93246, 0.02853], abs=0.02)
    assert localisation[[0, 9, 37, 243]] == pytest.approx([1353.12097, 41.32266, 27.54248, 0.81534], abs=0.02)


def test_a_loss_of_zero_is_not_the_top_eight_of_twenty_classes_are_aligned_and_one_is_half_way(toys):
    task, learned = toys[0]["same patterns"], toys[1]["same patterns"]
    ends = np.rint(learned.delays[-1])
    heights = delay_lines.landscape(task.spikes, task.tau, task.limit, coincidences=coincidences)
    reached = [heights[k, np.arange(2), ends[:, k].astype(int) + task.limit].sum() for k in range(20)]
    shares = np.array(reached) / heights.max(axis=2).sum(axis=1)
    assert learned.losses[-1] < 1e-6
    assert (shares > 1 - 1e-9).sum() == 8
    assert sorted(shares)[0] == pytest.approx(0.50, abs=0.01) and sorted(shares)[1] > 0.97


def test_from_the_other_side_of_a_kink_it_learns_too_but_not_in_as_many_epochs():
    assert len(learn_delays(toy_problem("same patterns"), side=1).losses) == 18


def test_a_toy_problem_is_learned_alike_each_time_and_leaves_numpys_generator_alone(toys):
    np.random.seed(7)
    again = learn_delays(toys[0]["different patterns"]).losses
    assert (again == toys[1]["different patterns"].losses).all()
    np.random.seed(7), toy_problem("different patterns"), learn_delays(toys[0]["same patterns"])
    assert np.random.rand() == np.random.RandomState(7).rand()


def test_a_toy_problem_that_there_is_not_is_refused_in_words():
    with pytest.raises(ValueError, match="name is 'chess'; expected one of same patterns, different patterns"):
        toy_problem("chess")
    with pytest.raises(ValueError, match="ear_probabilities is None; 'localisation' needs"):
        delay_lines.toy_problem("localisation")


def test_the_shrinking_gaussian_finds_the_top_of_rough_landscapes_most_often(toys):
    starts = np.random.default_rng(0).uniform(-19, 19, (50, 20))
    found = {}
    for tau in (30, 3):
        spikes = toys[0]["different patterns"].spikes
        heights = delay_lines.landscape(spikes, tau, 19, coincidences=coincidences)[:, 0]
        for way in delay_lines.WAYS:
            found[tau, way] = (delay_lines.climbed(heights, starts, way) == heights.argmax(axis=1) - 19).mean()
    shares = [round(100 * share) for share in found.values()]
    assert shares == pytest.approx([96, 67, 96, 48, 27, 80], abs=1)
    with pytest.raises(ValueError, match="way is 'hops'; expected one of interpolation"):
        delay_lines.climbed(np.ones((1, 5)), np.zeros((1, 1)), "hops")


@pytest.fixture(scope="module")
def ears():
    return TwoEars()


@pytest.fixture(scope="module")
def heard(ears):
    return ears.sounds(10_000, np.random.default_rng(99))


def test_the_ideal_observer_and_perfect_delays_are_where_the_chapter_puts_them(ears, heard):
    spikes, labels = heard
    likely = ears.ideal_observer(spikes)
    assert ears.scores(likely, labels) == pytest.approx((0.166, 10.6), abs=0.1)
    assert cross_entropy(likely, labels, 1) == pytest.approx(2.31, abs=0.02)
    degrees = [ears.scores(ears.logits(spikes, ears.perfect(whole=whole)), labels).degrees for whole in (False, True)]
    assert degrees == pytest.approx([14.2, 15.7], abs=0.1)


def test_degrees_belong_to_the_median_and_percent_to_the_most_probable_answer(ears, heard):
    spikes, labels = heard
    perfect, whole = (ears.logits(spikes, ears.perfect(whole=whole)) for whole in (False, True))
    for logits, degrees in ((ears.ideal_observer(spikes), 10.3), (perfect, 12.5), (whole, 12.6)):
        assert ears.median_degrees(logits, labels) == pytest.approx(degrees, abs=0.1)
        assert ears.median_degrees(logits, labels) < ears.scores(logits, labels).degrees
    says_0 = np.tile(ears.angles == 0, (len(spikes), 1)) * 99.0
    assert ears.median_degrees(says_0, labels) == ears.scores(says_0, labels).degrees == pytest.approx(44.8, abs=0.1)
    assert np.abs(ears.angles[:, None] - ears.angles).mean() == pytest.approx(60, abs=0.1)  # a guess at random


@given(chances=arrays(float, 5, elements=st.floats(0.01, 1)))
def test_no_answer_is_off_by_less_on_average_than_the_median(chances):
    ears = TwoEars(angles=[-40, -10, 0, 30, 35])
    off = [ears.median_degrees(np.log(chances)[None], np.array([truth])) for truth in range(5)]
    by_answer = np.abs(ears.angles[:, None] - ears.angles) @ chances
    assert np.dot(off, chances) == pytest.approx(by_answer.min())


def test_in_slow_motion_each_phase_is_a_direction_of_a_head_and_at_50_hertz_it_is_not():
    widest, speed = 0.6e-3, 343  # seconds between a head's ears, metres a second
    for hertz, fits in ((50, False), (500, True)):
        late = TwoEars().angles / 360 / hertz
        assert (np.abs(late).max() <= widest) == fits
    assert 90 / 360 / 50 * speed == pytest.approx(1.7, abs=0.05)  # the head that the numbers alone ask for, in metres
    assert 360 * 50 * widest == pytest.approx(11, abs=0.5) and 360 * 500 * widest < 180 < 360 * 840 * widest


def test_nobody_is_right_more_often_than_the_ideal_observer(ears, heard):
    spikes, labels = heard
    ideal = ears.scores(ears.ideal_observer(spikes), labels).accuracy
    for tau in (1, 2, 3.5, 5):
        assert ears.scores(ears.logits(spikes, ears.perfect(tau=tau)), labels).accuracy < ideal


def test_the_ideal_observer_is_the_probability_written_out():
    angles = np.array([-30, 0, 45])
    ears = TwoEars(fibres=2, angles=angles)
    spikes, _ = TwoEars(fibres=2).sounds(3, np.random.default_rng(1))
    rows = []
    for sound in spikes:
        row = []
        for angle in angles:
            fire = np.array([ear_probabilities(angle, place / 72, 50, 50).T for place in range(72)])
            row.append((fire**sound * (1 - fire) ** (2 - sound)).prod(axis=(1, 2)).mean())
        rows.append(row)
    likely = ears.ideal_observer(spikes, phases=72)
    close(likely - likely[:, :1], np.log(rows) - np.log(rows)[:, :1], 1e-6)


@given(delays=arrays(float, 4, elements=st.floats(-12, 12)), seed=st.integers(0, 99))
@settings(max_examples=20)
def test_between_whole_delays_the_sums_of_a_sound_lie_on_lines_and_at_them_they_are_the_coincidences(delays, seed):
    ears = TwoEars()
    spikes, _ = ears.sounds(1, np.random.default_rng(seed))
    roomy = np.pad(spikes, ((0, 0), (0, 0), (14, 14)))
    for delay, found in zip(delays, ears.sums(roomy, delays, 3.5)[0], strict=True):
        assert found == pytest.approx(coincidences(delayed(roomy[0].T, [0, delay]), 3.5), rel=1e-6, abs=1e-9)


def test_where_each_detector_has_fibres_of_its_own_perfect_delays_are_right_in_nine_of_a_hundred(ears):
    sums, labels = ears.pairs_apart(4000, np.random.default_rng(5), ears.perfect().delays, tau=2)
    found = ears.scores(sums, labels)
    assert found.accuracy == pytest.approx(0.09, abs=0.015) and found.degrees == pytest.approx(19, abs=1)


@pytest.mark.parametrize("seed", [0, 1])
def test_delays_learn_by_cross_entropy_and_reach_what_perfect_delays_reach(seed, ears, heard):
    spikes, labels = heard
    sums = ears.logits(spikes, ears.learn(seed, steps=600))
    assert cross_entropy(sums, labels, 1) < 2.8
    assert ears.scores(sums, labels).degrees < 1.1 * 13.3


def test_with_more_fibres_and_learned_delays_directions_are_told_well():
    ears = TwoEars(fibres=12)
    spikes, labels = ears.sounds(6000, np.random.default_rng(98))
    readout = ears.learn(1, tau=3, widest=8, gain=3, learns_gain=True, learns_bias=True, span=5, steps=500)
    found = ears.scores(ears.logits(spikes, readout), labels)
    assert found.accuracy > 0.38 and found.degrees < 4
    assert np.corrcoef(readout.delays, ears.angles)[0, 1] > 0.99


def test_of_twelve_directions_nine_in_ten_are_told():
    ears = TwoEars(fibres=12, angles=np.arange(-90, 90, 15))
    spikes, labels = ears.sounds(6000, np.random.default_rng(98))
    readout = ears.learn(0, tau=2, widest=8, gain=8, learns_gain=True, learns_bias=True, span=5, steps=600)
    assert ears.scores(ears.logits(spikes, readout), labels).accuracy > 0.89


def test_weights_and_delays_together_beat_either_alone_and_chance(ears):
    both, weights, delays = (
        co_train(ears, 3, *kinds).test_loss for kinds in ((True, True), (False, True), (True, False))
    )
    assert both < 2.85 < delays < weights < math.log(36)


def test_delays_alone_end_where_figure_and_table_say_and_lower_with_first_weights_twice_as_large(ears):
    for gain, mean in ((0.5, 3.28), (1.0, 3.13)):
        assert co_train(ears, 0, learns_weights=False, gain=gain).test_loss == pytest.approx(mean, abs=0.03)


def test_what_is_not_to_learn_stays_as_it_was_and_nothing_to_learn_is_refused(ears):
    with pytest.raises(ValueError, match="learns_delays and learns_weights are both False"):
        co_train(ears, learns_delays=False, learns_weights=False)
    network = co_train(ears, 0, learns_weights=False, epochs=2).network
    assert (network.readout.weight == 0.5 * torch.eye(36)).all()
    network = co_train(ears, 0, learns_delays=False, epochs=2).network
    assert (network.line.delays == CoincidenceNetwork(seed=0).line.delays).all()


# The layer


@given(spikes=SPIKES, delays=arrays(float, TRAINS, elements=st.floats(-9, 9)))
@settings(max_examples=30)
def test_the_layer_in_torch_moves_spikes_as_the_exercise_does(spikes, delays):
    layer = DelayLayer(TRAINS, max_delay=9, rounded=False, initial=torch.as_tensor(delays), dtype=torch.float64)
    batch = torch.as_tensor(np.stack([spikes, spikes[::-1]]))
    with torch.no_grad():
        for moved, given in zip(layer(batch), batch, strict=True):
            close(moved, delayed(given, delays))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_one_train_goes_along_all_lines_of_a_layer(dtype):
    trains = torch.as_tensor(np.random.default_rng(0).integers(0, 2, (4, 50)), dtype=dtype)
    layer = DelayLayer(4, 12, rounded=False, initial=[2.25, -3.5, 0.0, 7.0], dtype=dtype)
    moved = layer(trains[:, :, None])
    assert moved.dtype == dtype and moved.shape == (4, 50, 4)
    for n, delay in enumerate(layer.delays.tolist()):
        close(moved[:, :, n].detach().numpy(), delayed(trains.numpy().T, np.full(4, delay)).T, 1e-6)
    (moved[:, :, 0] * torch.arange(50)).sum().backward()
    expected = (delay_slope(trains.numpy().T, np.full(4, 2.25)).sum(axis=1) * np.arange(50)).sum()
    assert float(layer.delays.grad[0]) == pytest.approx(expected, rel=1e-4)


def test_the_gradients_of_a_layer_are_those_of_finite_differences_away_from_the_kinks():
    draws = torch.Generator().manual_seed(0)
    layer = DelayLayer(3, 6, rounded=False, initial=[1.25, -3.4, 5.9], dtype=torch.float64)
    spikes = torch.rand(2, 15, 3, generator=draws, dtype=torch.float64, requires_grad=True)

    def moved(spikes, delays):
        return torch.func.functional_call(layer, {"delays": delays}, spikes)

    assert torch.autograd.gradcheck(moved, (spikes, layer.delays.detach().clone().requires_grad_()))


@pytest.mark.parametrize("before", [(), (2,), (2, 3)])
def test_each_connection_of_a_layer_with_outputs_has_a_delay_and_a_gradient_of_its_own(before):
    draws = torch.Generator().manual_seed(0)
    layer = DelayLayer(3, 6, rounded=False, seed=1, outputs=4, dtype=torch.float64)
    spikes = torch.rand(*before, 15, 3, generator=draws, dtype=torch.float64, requires_grad=True)
    moved = layer(spikes)
    assert layer.delays.shape == (4, 3) and moved.shape == (*before, 15, 4, 3)
    trains = spikes.detach().numpy().reshape(-1, 15, 3)
    for output, delays in enumerate(layer.delays.detach().numpy()):
        for one, train in zip(moved.detach().numpy().reshape(-1, 15, 4, 3), trains, strict=True):
            close(one[:, output], delayed(train, delays))

    def called(spikes, delays):
        return torch.func.functional_call(layer, {"delays": delays}, spikes)

    assert torch.autograd.gradcheck(called, (spikes, layer.delays.detach().clone().requires_grad_()))
    alone = DelayLayer(3, 6, rounded=False, seed=1, outputs=4, dtype=torch.float64)(spikes[..., :1])
    close(alone[..., :, 0].detach(), moved[..., :, 0].detach())


def test_a_rounding_layer_shifts_by_whole_steps_exactly_and_its_gradient_passes_the_rounding_and_the_limit():
    layer = DelayLayer(3, 5, initial=[2.4, -1.6, 9.0])
    spikes = torch.as_tensor(np.random.default_rng(1).integers(0, 2, (30, 3)), dtype=torch.float32)
    moved = layer(spikes)
    assert (moved.detach().numpy() == delayed(spikes.numpy(), [2, -2, 5])).all()
    weights = torch.rand(30, 3, generator=torch.Generator().manual_seed(0))
    (moved * weights).sum().backward()
    close(layer.delays.grad, (delay_slope(spikes.numpy(), [2, -2, 5]) * weights.numpy()).sum(axis=0), 1e-5)
    assert layer.delays.grad.abs().min() > 0


def test_a_spike_that_leaves_the_recording_is_lost_and_comes_in_nowhere():
    layer = DelayLayer(2, 10, initial=[6.0, -6.0])
    spikes = torch.zeros(20, 2)
    spikes[[3, 17]] = 1
    assert [np.flatnonzero(train).tolist() for train in layer(spikes).detach().numpy().T] == [[9], [11]]


def test_a_layer_learns_to_align_what_comes_late_by_as_much_as_it_comes_late():
    late = torch.tensor([0, 3, 11, 6])
    spikes = torch.zeros(60, 4)
    spikes[20 + late, torch.arange(4)] = 1
    layer = DelayLayer(4, 15, initial=0)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
    for _ in range(200):
        counts = layer(spikes).cumsum(dim=0)
        apart = ((counts - counts[:, 2:3]) ** 2).sum()  # steps between each spike and the latest
        optimizer.zero_grad(), apart.backward(), optimizer.step()
    assert apart == 0
    assert torch.round(layer.delays - layer.delays[2]).tolist() == (11 - late).tolist()


def test_a_layer_is_saved_and_read_back_and_one_seed_is_one_layer():
    one, other = DelayLayer(5, 8, seed=1), DelayLayer(5, 8, seed=2)
    assert (one.delays == DelayLayer(5, 8, seed=1).delays).all() and (one.delays != other.delays).any()
    assert one.delays.abs().max() <= 8
    other.load_state_dict(one.state_dict())
    spikes = torch.rand(3, 20, 5, generator=torch.Generator().manual_seed(0))
    assert list(one.state_dict()) == ["delays"] and (one(spikes) == other(spikes)).all()
    assert not DelayLayer(2, trainable=False).delays.requires_grad


def test_a_layer_refuses_what_it_cannot_move_in_words():
    with pytest.raises(ValueError, match=r"max_delay is 0.5; expected a whole number of steps above 0"):
        DelayLayer(2, 0.5)
    with pytest.raises(ValueError, match="outputs is 0; expected at least 1"):
        DelayLayer(2, outputs=0)
    with pytest.raises(ValueError, match=r"spikes have shape \(9, 2\); expected \(..., steps, 3 or 1\)"):
        DelayLayer(3)(torch.zeros(9, 2))


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
        compete(np.array([1.0]), rule="luck")


@pytest.mark.parametrize(("start", "fixed"), [((2, 4), 1.0), ((0, 0.3), 1.0), ((2, 4), 3.0)])
def test_competing_neurons_reach_the_delay_that_aligns_their_inputs(start, fixed):
    result = compete(np.array([1, 2, 3, 4, 6, 8, 9.0]), start, fixed, repetitions=150, rate=0.02)
    assert result.delays[-1] == pytest.approx([fixed, fixed], abs=0.1)


def test_circuits_side_by_side_learn_what_each_learns_alone(brian):
    patterns, starts = brian.random_circuits(3)
    together = compete(patterns, starts, repetitions=40)
    for k, (pattern, start) in enumerate(zip(patterns, starts, strict=True)):
        alone = compete(pattern, start, repetitions=40)
        close(together.delays[-1, k], alone.delays[-1])
        assert (np.sort(alone.spike_times) == np.sort(together.spike_times[together.winners // 2 == k])).all()


def test_half_of_a_hundred_circuits_miss_a_faster_rule_misses_fewer_and_hills_are_what_remains(brian):
    patterns, starts = brian.random_circuits(100)

    def rests(pattern, delay):
        """Where the drift leads from a delay, in steps of a tenth of a millisecond."""
        towards = np.sign(brian.drift(pattern, delay, delay_change=delay_change))
        while -1 < delay < 12 and np.sign(brian.drift(pattern, delay, delay_change=delay_change)) == towards:
            delay += 0.1 * towards
        return delay

    predicted = np.array([[rests(one, delay) for delay in both] for one, both in zip(patterns, starts, strict=True)])
    behind_a_hill = np.abs(predicted - 1) > 0.5
    missed = {}
    for name, how in (
        ("as it is", {}),
        ("faster", {"rate": 0.1, "winner_learns": True}),
        ("anew", {"rate": 0.1, "anew_after": 8}),
    ):
        ends = compete(patterns, starts, repetitions=140, **how).delays[-1]
        missed[name] = np.abs(ends - 1) > 0.5
        if name == "faster":
            assert (np.abs(ends - predicted) < 0.5).mean() > 0.93
    circuits = {name: one.any(axis=1).sum() for name, one in missed.items()}
    assert circuits == pytest.approx({"as it is": 50, "faster": 18, "anew": 13}, abs=3)
    spikes, slow = np.array([len(pattern) for pattern in patterns]), missed["as it is"].any(axis=1)
    assert slow[spikes <= 4].mean() == pytest.approx(0.6, abs=0.05) and slow[spikes >= 7].mean() < 0.3
    assert behind_a_hill.sum() == 16
    assert missed["as it is"][behind_a_hill].all() and missed["faster"][behind_a_hill].all()
    assert (missed["faster"] & ~behind_a_hill).sum() < 10
    assert (missed["anew"] & behind_a_hill).sum() < 8


def test_a_pattern_that_resembles_itself_has_a_second_resting_place_and_the_melody_has_none(brian):
    where = np.arange(0, 5.6, 0.1)
    for pattern, places in (([1, 2, 3, 4, 6, 8, 9], [1]), ([1, 5, 9], [1, 5.2])):
        pulls = np.array([brian.drift(pattern, delay, delay_change=delay_change) for delay in where])
        down = where[1:][(pulls[:-1] > 0) & (pulls[1:] <= 0)]
        assert down == pytest.approx(places, abs=0.11)


@pytest.mark.parametrize("stages", [5, 20])
def test_a_chain_of_lags_delays_by_its_mean_spreads_by_its_root_and_slows_down_what_is_on_its_way(stages, brian):
    found = brian.lagged(stages)
    late = found.arrivals - (1 + 10 * np.arange(6))
    assert late[[0, 1]] == pytest.approx([2, 2], abs=0.1) and late[3:] == pytest.approx([5] * 3, abs=0.3)
    assert found.spreads[[0, 5]] == pytest.approx([2 / stages**0.5, 5 / stages**0.5], rel=0.15)
    assert 2.5 < late[2] < 4.5
    with pytest.raises(ValueError, match="stages is 0; expected at least 1"):
        brian.lagged(0)


def test_a_wide_view_leaves_nearly_nothing_of_the_pull_and_most_circuits_miss(brian):
    patterns, starts = brian.random_circuits(20)
    pulls = {
        tau: np.mean([-brian.drift(one, 2.5, tau=tau, delay_change=delay_change) for one in patterns]) for tau in (2, 6)
    }
    assert 0 < pulls[6] < 0.5 * pulls[2]
    ends = compete(patterns, starts, repetitions=140, tau=6).delays[-1]
    assert (np.abs(ends - 1).max(axis=1) > 0.5).mean() >= 0.8


def test_a_rule_that_only_adds_runs_away():
    assert compete(np.array([1, 2, 3, 4, 6, 8, 9.0]), rule="adds", repetitions=60).delays[-1].min() > 5


def test_importing_brian_leaves_the_report_of_errors_as_it_was(brian):
    assert sys.excepthook.__module__ != "brian2.utils.logger"


# What Learning delays (v2) gets wrong


def test_a_class_stands_for_its_angle_and_not_for_its_number_in_degrees():
    ears = TwoEars(fibres=2000)
    spikes, labels = ears.sounds(400, np.random.default_rng(3))
    waves = spikes @ np.exp(-2j * np.pi * 0.05 * np.arange(50))
    ahead = np.degrees(np.angle(waves[:, 1] * waves[:, 0].conj()))
    assert np.abs(ahead - ears.angles[labels]).mean() < 4


def test_the_time_constant_shrinks_while_the_third_task_is_learned(toys):
    task = toys[0]["localisation"]
    assert (task.tau, task.decay) == (40, 0.01)
    as_it_was = learn_delays(task._replace(decay=0.0), lambda: np.arange(36), epochs=3).losses
    assert learn_delays(task, lambda: np.arange(36), epochs=3).losses[2] != pytest.approx(as_it_was[2])


def test_what_is_called_unsolvable_for_now_is_unsolvable_for_at_most_16_of_20_classes_can_win():
    import delays_all_random as switches

    for multiply_all, pairs in ((False, 16), (True, 15)):
        table = switches.sums(switches.all_random(), multiply_all)
        apart = switches.excluding(table)
        assert apart.sum() == 2 * pairs and switches.most_together(apart) == 16
        one, other = np.argwhere(apart)[0]
        inner = table[:, :, 1:-1, 1:-1].reshape(20, 20, -1)
        wins = inner[one, one][:, None] >= inner[one, other]  # for all delays of the one and all of the other
        assert not (wins & (inner[other, other] >= inner[other, one][:, None])).any()
        one, other = np.argwhere(~apart & ~np.eye(20, dtype=bool))[0]
        wins = inner[one, one][:, None] >= inner[one, other]
        assert (wins & (inner[other, other] >= inner[other, one][:, None])).any()
    table = switches.sums(switches.same_patterns(), False)
    assert switches.trained(table, 1) == (20, pytest.approx(0, abs=1e-6), 13)
    spikes = switches.all_random()[3, 5].T
    moved = delayed(np.pad(spikes, ((40, 40), (0, 0))), [0, 4, -7])
    every_pair = switches.sums(switches.all_random(), True)[3, 5, 4 + 20, -7 + 20]
    assert every_pair == pytest.approx(coincidences(moved[40:-40], 10, True), rel=0.01)


def test_the_step_by_step_loop_of_the_benchmark_stops_where_the_table_does(toys):
    from delays_step_by_step import Shifted, train

    task = toys[0]["same patterns"]
    layer = Shifted(-task.start, task.limit)
    patterns = np.pad(task.spikes, ((0, 0), (0, 0), (0, 1)))
    torch.set_num_threads(1)
    np.random.set_state(task.state)
    losses = train(patterns, layer, task.rate, task.tau, task.batch, task.stop, epochs=3)
    assert losses == pytest.approx(toys[1]["same patterns"].losses[:3], rel=1e-5)
