"""The leaky integrator, by Euler and exactly: what the theory says of it."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from solutions.leaky_integrator import exact_leaky_integrator, input_data, leaky_integrator

CURRENTS = st.floats(-10, 10).map(lambda value: round(value, 6))
SIGNALS = arrays(float, st.integers(1, 40), elements=CURRENTS)
MANY = arrays(float, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=12), elements=CURRENTS)
TAUS = st.floats(1, 200)
STEPS = st.floats(0.01, 50)
INTEGRATORS = st.sampled_from(
    [leaky_integrator, lambda current, tau: exact_leaky_integrator(current, tau, 0.7)],
)


def close(one, other):
    np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9)


# Something to integrate


def test_the_input_is_one_at_each_of_at_least_1000_steps():
    assert np.ndim(input_data) == 1
    assert len(input_data) >= 1000
    assert set(np.asarray(input_data).tolist()) == {1}


# Euler's step, against closed forms


@given(tau=st.floats(0.6, 500), steps=st.integers(1, 300))
def test_under_a_constant_current_the_gap_shrinks_by_the_same_factor_at_each_step(tau, steps):
    n = np.arange(1, steps + 1)
    close(leaky_integrator(np.ones(steps), tau), 1 - (1 - 1 / tau) ** n)


def test_at_tau_2_the_first_three_voltages_are_a_half_three_quarters_and_seven_eighths():
    assert leaky_integrator([1, 1, 1], 2).tolist() == [0.5, 0.75, 0.875]


@given(current=SIGNALS)
def test_at_tau_1_the_voltage_is_a_copy_of_the_current(current):
    close(leaky_integrator(current, 1), current)


@given(tau=st.integers(2, 500))
def test_after_tau_steps_the_voltage_is_63_percent_of_the_way_and_a_little_more_for_small_tau(tau):
    reached = leaky_integrator(np.ones(tau), tau)[-1]
    assert 1 - 1 / math.e < reached < 1 - 1 / math.e + 1 / (2 * math.e * tau) + 0.2 / tau**2


def test_with_one_over_tau_counted_twice_tau_10_needs_100_steps_to_63_percent_and_has_10_after_ten():
    once, twice = leaky_integrator(np.ones(100), 10), leaky_integrator(np.ones(100), 10 * 10)
    assert (round(once[9], 2), round(twice[9], 2), round(twice[99], 2)) == (0.65, 0.10, 0.63)


@given(current=SIGNALS, tau=TAUS)
def test_the_voltage_is_the_current_seen_through_a_kernel_that_decays_and_weighs_one_in_all(current, tau):
    kernel = (1 - 1 / tau) ** np.arange(len(current)) / tau
    close(leaky_integrator(current, tau), np.convolve(current, kernel)[: len(current)])


@given(current=SIGNALS, tau=TAUS)
def test_what_flows_in_is_either_still_stored_or_has_leaked_out(current, tau):
    voltage = leaky_integrator(current, tau)
    leaked = voltage[:-1].sum()
    close(tau * voltage[-1], current.sum() - leaked)


@given(current=SIGNALS, tau=TAUS)
def test_for_tau_of_at_least_one_the_voltage_never_leaves_the_range_of_rest_and_current(current, tau):
    voltage = leaky_integrator(current, tau)
    assert min(0, current.min()) - 1e-9 <= voltage.min()
    assert voltage.max() <= max(0, current.max()) + 1e-9


# Both integrators


@given(integrate=INTEGRATORS, tau=TAUS, a=CURRENTS, b=CURRENTS, both=arrays(float, (2, 15), elements=CURRENTS))
def test_the_voltage_of_two_currents_together_is_the_sum_of_their_voltages(integrate, tau, a, b, both):
    one, other = both
    close(integrate(a * one + b * other, tau), a * integrate(one, tau) + b * integrate(other, tau))


@given(integrate=INTEGRATORS, current=SIGNALS, tau=TAUS, wait=st.integers(1, 20))
def test_a_current_that_comes_later_gives_the_same_voltage_later(integrate, current, tau, wait):
    silence = np.zeros(wait)
    close(integrate(np.concatenate([silence, current]), tau), np.concatenate([silence, integrate(current, tau)]))


@given(integrate=INTEGRATORS, current=SIGNALS, tau=TAUS, data=st.data())
def test_no_voltage_knows_of_a_current_still_to_come(integrate, current, tau, data):
    now = data.draw(st.integers(0, len(current)))
    close(integrate(current[:now], tau), integrate(current, tau)[:now])


@given(integrate=INTEGRATORS, current=MANY, tau=TAUS)
def test_each_channel_has_a_voltage_of_its_own(integrate, current, tau):
    alone = [integrate(channel, tau) for channel in current.T]
    close(integrate(current, tau), np.stack(alone, axis=1))


@given(integrate=INTEGRATORS, current=st.one_of(SIGNALS, MANY), tau=TAUS)
def test_a_list_and_an_array_give_the_same_and_stay_as_they_are(integrate, current, tau):
    before = current.copy()
    voltage = integrate(current, tau)
    assert voltage.shape == current.shape
    assert voltage.dtype == np.float64
    assert np.array_equal(current, before)
    assert np.array_equal(voltage, integrate(current.tolist(), tau))


@given(integrate=INTEGRATORS, current=arrays(int, 12, elements=st.integers(-9, 9)), tau=TAUS)
def test_whole_numbers_give_voltages_that_are_not_cut_to_whole_numbers(integrate, current, tau):
    assert np.array_equal(integrate(current, tau), integrate(current.astype(float), tau))


@pytest.mark.parametrize("empty", [(0,), (0, 3)])
def test_no_steps_give_no_voltages(empty):
    assert leaky_integrator(np.ones(empty), 5).shape == empty
    assert exact_leaky_integrator(np.ones(empty), 5, 1).shape == empty


@pytest.mark.parametrize("tau", [0, -1, math.nan])
def test_a_time_constant_that_is_not_positive_is_refused_by_name(tau):
    with pytest.raises(ValueError, match=f"tau is {tau}"):
        leaky_integrator([1.0], tau)
    with pytest.raises(ValueError, match=f"tau is {tau}"):
        exact_leaky_integrator([1.0], tau, 1)


@pytest.mark.parametrize("dt", [-1e-9, math.nan])
def test_a_step_that_is_negative_or_no_number_is_refused_by_name(dt):
    with pytest.raises(ValueError, match=f"dt is {dt}"):
        exact_leaky_integrator([1.0], 5, dt)


# The exact step


@given(tau=TAUS, dt=STEPS, steps=st.integers(1, 60))
def test_under_a_constant_current_the_exact_voltage_lies_on_the_exponential(tau, dt, steps):
    t = dt * np.arange(1, steps + 1)
    close(exact_leaky_integrator(np.ones(steps), tau, dt), 1 - np.exp(-t / tau))


@given(current=SIGNALS, tau=TAUS, dt=STEPS)
def test_the_exact_voltage_is_the_integral_of_all_that_flowed_in_and_has_not_yet_decayed(current, tau, dt):
    end = dt * len(current)
    starts = dt * np.arange(len(current))
    still_there = np.exp(-(end - starts - dt) / tau) - np.exp(-(end - starts) / tau)
    close(exact_leaky_integrator(current, tau, dt)[-1], np.dot(current, still_there))


@given(current=SIGNALS, tau=TAUS, dt=STEPS, parts=st.integers(2, 7))
def test_exact_steps_cut_into_parts_lead_to_the_same_place(current, tau, dt, parts):
    finer = exact_leaky_integrator(np.repeat(current, parts), tau, dt / parts)
    close(finer[parts - 1 :: parts], exact_leaky_integrator(current, tau, dt))


@given(current=SIGNALS, tau=TAUS, dt=STEPS, unit=st.floats(0.001, 1000))
def test_the_exact_step_does_not_know_the_unit_of_time(current, tau, dt, unit):
    close(exact_leaky_integrator(current, tau * unit, dt * unit), exact_leaky_integrator(current, tau, dt))


@given(current=SIGNALS, tau=TAUS)
def test_a_step_of_no_length_changes_nothing_and_a_very_long_one_arrives(current, tau):
    close(exact_leaky_integrator(current, tau, 0), np.zeros(len(current)))
    close(exact_leaky_integrator(current, tau, 1000 * tau), current)


@given(tau=TAUS, current=CURRENTS)
def test_the_slope_of_the_exact_voltage_is_the_gap_over_tau(tau, current):
    dt = tau / 1000
    v = exact_leaky_integrator(np.full(3000, current), tau, dt)
    slope = (v[2:] - v[:-2]) / (2 * dt)
    np.testing.assert_allclose(slope, (current - v[1:-1]) / tau, rtol=1e-5, atol=1e-9)


# Euler against exact


def largest_error(tau, dt, duration):
    current = np.ones(round(duration / dt))
    return np.abs(leaky_integrator(current, tau / dt) - exact_leaky_integrator(current, tau, dt)).max()


@given(tau=st.floats(5, 50))
def test_eulers_error_goes_down_in_proportion_to_the_step(tau):
    lengths = tau / 2.0 ** np.arange(5, 10)
    errors = [largest_error(tau, dt, 4 * tau) for dt in lengths]
    slope = np.polyfit(np.log(lengths), np.log(errors), 1)[0]
    assert slope == pytest.approx(1, abs=0.02)
    assert errors[-1] == pytest.approx(lengths[-1] / (2 * math.e * tau), rel=0.01)


@given(ratio=st.floats(0.05, 0.95))
def test_for_steps_below_tau_eulers_gap_closes_from_one_side(ratio):
    gap = 1 - leaky_integrator(np.ones(10), 1 / ratio)
    assert (gap > 0).all() and (np.diff(gap) < 0).all()


@given(ratio=st.floats(1.05, 1.95))
def test_between_tau_and_two_tau_eulers_voltage_jumps_across_its_goal_and_still_arrives(ratio):
    gap = 1 - leaky_integrator(np.ones(10), 1 / ratio)
    assert (gap[1:] * gap[:-1] < 0).all()
    assert (np.diff(np.abs(gap)) < 0).all()


@given(ratio=st.floats(2.05, 10))
def test_beyond_two_tau_eulers_voltage_blows_up_where_the_exact_one_stays(ratio):
    gap = 1 - leaky_integrator(np.ones(10), 1 / ratio)
    assert (np.diff(np.abs(gap)) > 0).all()
    exact = exact_leaky_integrator(np.ones(10), 1, ratio)
    assert (exact >= 0).all() and (exact <= 1).all()


@given(current=SIGNALS, tau=TAUS, dt=STEPS)
def test_an_exact_step_is_an_euler_step_with_a_longer_time_constant(current, tau, dt):
    effective = 1 / -math.expm1(-dt / tau)
    assume(effective < 1e4)
    close(leaky_integrator(current, effective), exact_leaky_integrator(current, tau, dt))
