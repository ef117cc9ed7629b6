"""LIF neurons as filters: what the theory says of them, and right answers of every kind."""

import cmath
import json
import math
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from autograder import probes
from autograder.beside.check import answer
from autograder.beside.verdict import Answers, verdict
from autograder.exercises import load
from autograder.reference.record import questions, record
from solutions.leaky_integrator import leaky_integrator
from solutions.lif_filters import (
    band_pass,
    euler_gain,
    firing_rate,
    identify_neuron,
    leaky_integrate_and_fire,
    measured_gain,
)
from solutions.models.lif_filters.compiled import LIFNeurons

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "book/lif_filters.md"
CHAPTER = load("lif_filters")

CURRENTS = st.floats(-10, 10).map(lambda value: round(value, 6))
SIGNALS = arrays(float, st.integers(1, 40), elements=CURRENTS)
MANY = arrays(float, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=12), elements=CURRENTS)
TAUS = st.floats(1, 100)
THRESHOLDS = st.floats(0.05, 5)


def close(one, other):
    np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9)


def spikes_of(*neuron):
    return leaky_integrate_and_fire(*neuron)[0]


def voltage_of(tau):
    """A membrane that never fires, as a function of its signal."""
    return lambda signal: leaky_integrate_and_fire(signal, tau, math.inf)[1]


# The neuron


@given(current=st.one_of(SIGNALS, MANY), tau=TAUS)
def test_a_neuron_that_never_fires_is_a_leaky_integrator(current, tau):
    output, membrane = leaky_integrate_and_fire(current, tau, math.inf)
    close(membrane, leaky_integrator(current, tau))
    assert not output.any()


@given(current=st.one_of(SIGNALS, MANY), tau=TAUS, threshold=THRESHOLDS)
def test_a_voltage_is_kept_below_the_threshold_and_is_zero_where_there_is_a_spike(current, tau, threshold):
    output, membrane = leaky_integrate_and_fire(current, tau, threshold)
    assert output.shape == membrane.shape == current.shape
    assert set(output.ravel()) <= {0, 1}
    assert (membrane < threshold).all()
    assert (membrane[output == 1] == 0).all()


@given(current=arrays(float, st.integers(1, 40), elements=st.floats(0.1, 10)), tau=TAUS, data=st.data())
def test_after_a_spike_the_past_is_forgotten(current, tau, data):
    threshold = data.draw(st.floats(0.05, 1)) * leaky_integrator(current, tau).max()  # so it fires at least once
    output, membrane = leaky_integrate_and_fire(current, tau, threshold)
    after = data.draw(st.sampled_from(np.flatnonzero(output).tolist())) + 1
    afresh = leaky_integrate_and_fire(current[after:], tau, threshold)
    assert np.array_equal(afresh[0], output[after:])
    assert np.array_equal(afresh[1], membrane[after:])


@given(current=MANY, tau=TAUS, threshold=THRESHOLDS)
def test_each_neuron_fires_for_itself(current, tau, threshold):
    alone = [leaky_integrate_and_fire(channel, tau, threshold) for channel in current.T]
    for together, apart in zip(
        leaky_integrate_and_fire(current, tau, threshold), zip(*alone, strict=True), strict=True
    ):
        assert np.array_equal(together, np.stack(apart, axis=1))


@given(current=SIGNALS, tau=TAUS, threshold=THRESHOLDS, power=st.integers(-3, 3))
def test_only_the_ratio_of_current_and_threshold_counts(current, tau, threshold, power):
    assert np.array_equal(
        spikes_of(current, tau, threshold), spikes_of(current * 2.0**power, tau, threshold * 2.0**power)
    )


def test_reaching_the_threshold_exactly_is_enough():
    output, membrane = leaky_integrate_and_fire([1, 1, 1, 1, 1], 2, 0.75)
    assert output.tolist() == [0, 1, 0, 1, 0]
    assert membrane.tolist() == [0.5, 0, 0.5, 0, 0.5]


def test_of_the_three_currents_of_figure_1_only_the_largest_fires_and_every_11_steps():
    output = spikes_of(np.tile([0.0, 0.1, 0.3], (60, 1)), 10, 0.2)
    assert output.sum(axis=0).tolist() == [0, 0, 5]
    assert (np.flatnonzero(output[:, 2]) + 1).tolist() == [11, 22, 33, 44, 55]


def test_with_a_reset_to_one_there_are_979_spikes_instead_of_45():
    assert spikes_of(np.ones(1000), 10, 0.9).sum() == 45
    v, spikes = 0.0, 0
    for _ in range(1000):
        v += (1 - v) / 10
        z = v >= 0.9
        v = (1 - z) * v + z
        spikes += z
    assert spikes == 979


@pytest.mark.parametrize("empty", [(0,), (0, 3)])
def test_no_steps_give_no_spikes(empty):
    output, membrane = leaky_integrate_and_fire(np.ones(empty), 5, 1)
    assert output.shape == membrane.shape == empty


# The compiled twin


@given(current=st.one_of(SIGNALS, MANY), tau=TAUS, threshold=st.one_of(THRESHOLDS, st.just(math.inf)), data=st.data())
def test_the_compiled_neurons_have_the_numbers_of_the_readable_one_whole_or_in_pieces(current, tau, threshold, data):
    spikes, voltages = leaky_integrate_and_fire(current, tau, threshold)
    neurons, cut = LIFNeurons(tau, threshold), data.draw(st.integers(0, len(current)))
    for part in (slice(None), slice(cut), slice(cut, None)):
        if part.start is None:
            neurons.reset()
        for ours, readable in zip(neurons.run(current[part]), (spikes[part], voltages[part]), strict=True):
            assert ours.dtype == readable.dtype and np.array_equal(ours, readable)
    assert np.array_equal(neurons.voltage_, np.atleast_1d(voltages[-1]))
    neurons.reset()
    counts = neurons.count(current[:cut]) + neurons.count(current[cut:])
    assert counts.shape == current.shape[1:] and np.array_equal(counts, spikes.sum(axis=0))


@given(current=MANY, tau=TAUS, threshold=THRESHOLDS)
def test_the_compiled_neurons_read_other_forms_of_the_same_numbers(current, tau, threshold):
    single = current.astype(np.float32)
    wanted = leaky_integrate_and_fire(single, tau, threshold)
    for form in (single, np.asfortranarray(single), single.tolist(), np.repeat(single, 2, axis=1)[:, ::2]):
        assert np.array_equal(LIFNeurons(tau, threshold).run(form), wanted)
    deep = current[:, :, np.newaxis]
    assert LIFNeurons(tau, threshold).count(deep).shape == deep.shape[1:]


def test_a_current_that_does_not_fit_is_refused():
    neurons = LIFNeurons(20, 1)
    neurons.run(np.ones((5, 3)))
    with pytest.raises(ValueError, match="currents of 4 neurons were given, and there are 3: reset"):
        neurons.run(np.ones((5, 4)))
    with pytest.raises(ValueError, match="one number was given"):
        neurons.count(1.0)
    assert LIFNeurons(20, 1).run(np.ones((0, 3)))[0].shape == (0, 3)


# How often


@given(tau=TAUS, threshold=THRESHOLDS, above=st.floats(1.01, 50))
def test_after_one_interval_of_continuous_time_the_voltage_is_at_the_threshold(tau, threshold, above):
    current = threshold * above
    interval = 1 / firing_rate(current, tau, threshold)
    assert current * (1 - math.exp(-interval / tau)) == pytest.approx(threshold)


@given(tau=TAUS, threshold=THRESHOLDS, share=st.floats(-20, 1))
def test_a_current_up_to_the_threshold_never_fires(tau, threshold, share):
    assert firing_rate(threshold * share, tau, threshold) == 0
    assert not spikes_of(np.full(300, threshold * min(share, 1 - 1e-9)), tau, threshold).any()


@given(tau=st.floats(1.5, 40), threshold=THRESHOLDS, above=st.floats(1.05, 5))
def test_the_simulated_interval_is_the_closed_form_of_eulers_longer_memory_rounded_up(tau, threshold, above):
    current = threshold * above
    effective = -1 / math.log(1 - 1 / tau)  # the time constant whose exact step is Euler's
    interval = 1 / firing_rate(current, effective, threshold)
    assume(abs(interval - round(interval)) > 1e-6)
    when = np.flatnonzero(spikes_of(np.full(3 * math.ceil(interval) + 1, current), tau, threshold)) + 1
    assert when[:3].tolist() == [math.ceil(interval) * n for n in (1, 2, 3)]


@given(threshold=THRESHOLDS, above=st.floats(1.2, 5))
def test_with_short_steps_the_simulated_rate_becomes_the_closed_form(threshold, above):
    tau, current = 2000, threshold * above
    rate = firing_rate(current, tau, threshold)
    when = np.flatnonzero(spikes_of(np.full(math.ceil(2.5 / rate), current), tau, threshold))
    assert 1 / (when[1] - when[0]) == pytest.approx(rate, rel=0.005)


@given(tau=TAUS, threshold=THRESHOLDS)
def test_a_strong_current_fires_as_if_there_were_no_leak(tau, threshold):
    current = 1e5 * threshold
    assert firing_rate(current, tau, threshold) == pytest.approx(current / (tau * threshold), rel=1e-4)


# Gain


@pytest.mark.parametrize("tau", [1.5, 4, 10, 37.5])
@pytest.mark.parametrize("frequency", [0.0013, 0.0159, 0.0871, 0.2113, 0.4937])
def test_what_is_measured_on_the_membrane_is_the_closed_form(tau, frequency):
    assert measured_gain(voltage_of(tau), frequency) == pytest.approx(euler_gain(frequency, tau), rel=0.005)


@pytest.mark.parametrize("frequency", [0.0011, 0.0043, 0.0613, 0.2371])
@pytest.mark.parametrize("window", [2, 5, 12])
def test_a_moving_average_is_measured_as_the_geometric_series_says(window, frequency):
    mean = lambda signal: np.convolve(signal, np.full(window, 1 / window))[: len(signal)] + 3.0  # noqa: E731
    turned = [cmath.exp(2j * math.pi * frequency * n) for n in range(window)]
    assert measured_gain(mean, frequency) == pytest.approx(abs(sum(turned)) / window, rel=0.01)


@given(frequency=st.floats(0, 0.5), tau=TAUS)
def test_the_closed_form_is_the_transform_of_the_membranes_answer_to_one_pulse(frequency, tau):
    assume(tau < 20)
    pulse = np.zeros(1000)
    pulse[0] = 1
    transform = np.sum(voltage_of(tau)(pulse) * np.exp(-2j * np.pi * frequency * np.arange(1000)))
    assert euler_gain(frequency, tau) == pytest.approx(abs(transform), abs=1e-9)


@given(tau=TAUS)
def test_the_gain_is_one_for_a_constant_and_least_for_the_fastest_signal(tau):
    gains = [euler_gain(frequency, tau) for frequency in np.linspace(0, 0.5, 50)]
    assert gains[0] == pytest.approx(1)
    assert gains[-1] == pytest.approx(1 / (2 * tau - 1))
    assert all(later <= earlier + 1e-12 for earlier, later in pairwise(gains))


@given(tau=st.floats(5, 100))
def test_at_the_cutoff_half_of_the_power_is_left_and_in_short_steps_exactly(tau):
    cutoff = 1 / (2 * math.pi * tau)
    assert euler_gain(cutoff, tau) == pytest.approx(math.sqrt(0.5), rel=0.4 / tau)
    kept = 1 - 1 / tau
    of_the_steps = math.acos(1 - (1 - kept) ** 2 / (2 * kept)) / (2 * math.pi)
    assert euler_gain(of_the_steps, tau) == pytest.approx(math.sqrt(0.5))


@given(tau=st.floats(20, 1000), turn=st.floats(0.01, 3))
def test_the_gain_of_short_steps_is_that_of_continuous_time(tau, turn):
    frequency = turn / (2 * math.pi * tau)
    assert euler_gain(frequency, tau) == pytest.approx(1 / abs(1 + 1j * turn), rel=2 / tau)


# What the chapter says of rhythms


def test_the_cosine_falls_silent_where_the_gain_has_fallen_to_what_the_threshold_asks():
    steps = np.arange(4000)[:, np.newaxis]
    frequencies = np.array([0.005, 0.01, 0.02, 0.025, 0.03, 0.0375, 0.0395, 0.05, 0.1, 0.3])
    fires = spikes_of((1 + np.cos(2 * np.pi * steps * frequencies)) / 2, 10, 0.7).any(axis=0)
    assert fires.tolist() == [(1 + euler_gain(f, 10)) / 2 >= 0.7 for f in frequencies]
    assert fires.tolist() == [True] * 6 + [False] * 4


def test_pulses_begin_to_count_where_their_geometric_series_reaches_the_threshold():
    steps = np.arange(3000)[:, np.newaxis]
    periods = np.arange(2, 20)
    fires = spikes_of(4.0 * (steps % periods == 0), 10, 0.7).any(axis=0)
    assert fires.tolist() == [0.4 / (1 - 0.9**period) >= 0.7 for period in periods]
    assert periods[fires].max() == 8


# Two neurons


@pytest.mark.parametrize(("low", "high"), [(0.005, 0.05), (0.004, 0.03), (0.008, 0.05)])
def test_the_band_pass_is_the_difference_of_two_low_passes_at_every_frequency(low, high):
    def low_pass(cutoff, frequency):
        kept = 1 - 2 * math.pi * cutoff
        return (1 - kept) / (1 - kept * cmath.exp(-2j * math.pi * frequency))

    for frequency in (low / 8, low, math.sqrt(low * high), high, 8 * high):
        gain = measured_gain(lambda signal: band_pass(signal, low, high), frequency)
        assert gain == pytest.approx(abs(low_pass(high, frequency) - low_pass(low, frequency)), rel=0.03)


def test_a_band_pass_forgets_a_constant():
    assert abs(band_pass(np.ones(2000), 0.005, 0.05)[-1]) < 1e-9


def test_a_steeper_band_pass_of_another_making_passes_too():
    """Two stages of one, each with a wider band: the check asks what comes through, not how."""

    def two_stages(signal, low, high):
        return band_pass(band_pass(signal, low / 1.8, high * 1.8), low / 1.8, high * 1.8)

    assert answered("band_pass", two_stages).status == "passed"


@pytest.fixture(scope="module")
def spiking_band_pass():
    """The circuit of the page, as it stands there."""
    [cell] = re.findall(r"```\{code-cell\} ipython3\n(def spiking_band_pass.*?)```", PAGE.read_text(), re.DOTALL)
    names = {"np": np, "leaky_integrate_and_fire": leaky_integrate_and_fire}
    exec(cell, names)
    return names["spiking_band_pass"]


def periods_that_pass(circuit, size):
    """How many steps apart pulses of a size may come, so that the third neuron goes on firing."""
    steps, periods = np.arange(4000)[:, np.newaxis], np.arange(1, 41)
    a, b, third = (spikes[1000:].mean(axis=0) for spikes in circuit(size * (steps % periods == 0)))
    peaks = size / 10 / (1 - 0.9**periods)
    assert np.array_equal(a > 0, peaks >= 0.55) and np.array_equal(b > 0, peaks >= 0.9)
    assert np.array_equal(third, np.where(b > 0, 0, a))
    return periods[third > 0].tolist()


@pytest.mark.parametrize(("size", "shortest", "longest"), [(4, 6, 12), (5, 8, 22), (3.5, 5, 9)])
def test_two_high_passes_that_fire_make_a_band_pass_and_its_edges_go_with_the_loudness(
    size, shortest, longest, spiking_band_pass
):
    assert periods_that_pass(spiking_band_pass, size) == list(range(shortest, longest + 1))


def test_the_third_neuron_lets_out_one_spike_before_a_fast_song_is_silenced(spiking_band_pass):
    steps, periods = np.arange(1000)[:, np.newaxis], np.arange(1, 5)
    assert spiking_band_pass(4.0 * (steps % periods == 0))[2].sum(axis=0).tolist() == [1, 1, 1, 1]


# The unknown neuron


def test_an_unknown_neuron_is_found_within_2_percent_whatever_is_drawn():
    for case in CHAPTER.exercise("identify_neuron").cases(Random("other neurons")):
        found = identify_neuron(case.inputs["inputs"]["array"], case.inputs["outputs"]["array"])
        np.testing.assert_allclose(found, case.expected, rtol=0.02)


@pytest.mark.parametrize("seed", [26, 31, 56, "any", "other"])  # once with a spike at a voltage below 0, for some tau
def test_an_unknown_neuron_is_found_by_the_widest_gap_however_that_is_measured(seed):
    taus = np.linspace(2, 40, 500)[:, np.newaxis]
    for case in CHAPTER.exercise("identify_neuron").cases(Random(seed)):
        currents, spikes = (np.array(case.inputs[name]["array"], dtype=float) for name in ("inputs", "outputs"))
        v, silent, fired = np.zeros((len(taus), currents.shape[1])), np.zeros(len(taus)), np.full(len(taus), np.inf)
        for i, z in zip(currents, spikes > 0, strict=True):
            v += (i - v) / taus
            fired = np.minimum(fired, v[:, z].min(axis=1, initial=np.inf))
            silent = np.maximum(silent, v[:, ~z].max(axis=1, initial=0))
            v[:, z] = 0
        for gap in (fired - silent, (fired - silent) / fired, (fired - silent) / silent, fired / silent):
            best = gap.argmax()
            np.testing.assert_allclose([taus[best, 0], (fired + silent)[best] / 2], case.expected, rtol=0.04)


def test_what_a_student_is_asked_about_an_unknown_neuron_does_not_tell_what_it_is():
    asked = questions(CHAPTER.exercise("identify_neuron"), "secret")
    for case in asked["cases"]:
        assert set(case) == {"inputs"}
        assert set(case["inputs"]) == {"inputs", "outputs"}
    assert len(json.dumps(asked)) < 100_000


# Right answers of every kind


def answered(name, thing, seed="kinds"):
    exercise = CHAPTER.exercise(name)
    made = record(exercise, seed, misreadings=False)
    given_back = {n: answer(exercise.probe, thing, case["inputs"]) for n, case in enumerate(made["cases"])}
    return verdict(made, Answers(given_back))


def test_every_exercise_can_be_done_without_numpy():
    """The probes ask in lists where there is no numpy: so the chapter's exercises run in a page."""
    questions = {
        one.name: (one.probe, [case.inputs for case in one.cases(Random("page"))]) for one in CHAPTER.exercises
    }
    code = (
        "import json, sys\n"
        "from autograder.beside.check import answer\n"
        "def neuron(current, tau, threshold):\n"
        "    return [0 for _ in current], [row for row in current]\n"
        "things = {'leaky_integrate_and_fire': neuron, 'firing_rate': lambda i, tau, theta: 0.0,\n"
        "          'measured_gain': lambda neuron, f: max(neuron([1.0] * 9)), 'euler_gain': lambda f, tau: 1.0,\n"
        "          'band_pass': lambda signal, low, high: [one / 2 for one in signal],\n"
        "          'identify_neuron': lambda inputs, outputs: (len(inputs) / 2.0, float(sum(outputs[0])))}\n"
        "for name, (probe, asked) in json.load(sys.stdin).items():\n"
        "    for inputs in asked:\n"
        "        given = answer(probe, things[name], inputs)\n"
        "        assert 'answer' in given, (name, given)\n"
        "assert 'numpy' not in sys.modules\n"
    )
    run = [sys.executable, "-S", "-c", code]
    done = subprocess.run(run, cwd=PROJECT, input=json.dumps(questions), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


# The conditions of a band-pass


CONDITIONS = {
    name: probes.named(f"lif_filters.{name}")
    for name in ("lets_through", "holds_back_slow", "holds_back_fast", "goes_along")
}


@pytest.mark.parametrize(
    ("name", "answer_given", "says"),
    [
        ("lets_through", [1, 0.6, 0.8, 0.6, 1], ""),
        ("lets_through", [0, 0.1, 0.3, 0.1, 0], "only 30%"),
        ("lets_through", [0, 0.3, 0.8, 0.6, 0], "lower edge"),
        ("lets_through", [0, 0.6, 0.8, 0.3, 0], "upper edge"),
        ("holds_back_slow", [0.2, 0.6, 0.8, 0.6, 1], ""),
        ("holds_back_slow", [0.4, 0.6, 0.8, 0.6, 0], "40% of the signal comes through"),
        ("holds_back_fast", [1, 0.6, 0.8, 0.6, 0.2], ""),
        ("holds_back_fast", [0, 0.6, 0.8, 0.6, 0.4], "40% of the signal comes through"),
        ("holds_back_slow", [0, 0, 0, 0, 0], "next to nothing"),
        ("goes_along", 0.8, ""),
        ("goes_along", -0.8, "does not go up and down"),
    ],
)
def test_a_condition_says_what_is_wrong_and_nothing_where_nothing_is(name, answer_given, says):
    fault = CONDITIONS[name]({}, answer_given)
    assert says in fault if says else fault == ""


@pytest.mark.parametrize("nonsense", ["nan", ["nan"] * 5, [1, 1], [[1, 2], 3], "large", None, {"a": 1}, [1] * 4, []])
def test_what_is_no_response_meets_no_condition(nonsense):
    for holds in CONDITIONS.values():
        with pytest.raises((TypeError, ValueError)):
            holds({}, nonsense)


def test_a_response_that_is_too_short_is_said_to_be():
    found = answered("band_pass", lambda signal, low, high: signal[:10])
    assert found.status == "raised"
    assert "one for each step of the signal" in found.criteria[0].instead


def test_who_returns_only_the_spikes_is_told_that_two_results_are_asked_for():
    found = answered("leaky_integrate_and_fire", lambda *neuron: leaky_integrate_and_fire(*neuron)[0].tolist())
    assert "expected 2 parts, output and membrane" in found.criteria[0].instead
