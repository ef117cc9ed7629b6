"""What one can play with in the page steps as the chapter's own functions do, and can be had without a mouse."""

import numpy as np
import pytest

from solutions.adjoint import exact_adjoint, forward, spike_time_gradient
from solutions.delays import ear_probabilities
from solutions.leaky_integrator import leaky_integrator
from solutions.lif_filters import leaky_integrate_and_fire

pytestmark = pytest.mark.browser


@pytest.fixture
def asked(site, page):
    """What a model of the page answers."""
    page.goto(f"{site}/book/leaky_integrator.html")
    return lambda name, *given: page.evaluate("([name, given]) => MODELS[name](...given)", [name, given])


def test_its_models_are_those_of_the_chapters_to_the_last_bit(asked):
    rng = np.random.default_rng(0)
    for tau in (1, 2.5, 20, 100):
        current = rng.uniform(-1, 2, 300)
        assert asked("leakyIntegrator", current.tolist(), tau) == leaky_integrator(current, tau).tolist()
        spikes, voltages = leaky_integrate_and_fire(current, tau, 0.4)
        steps = asked("leakyIntegrateAndFire", current.tolist(), tau, 0.4)
        assert [one["v"] for one in steps] == voltages.tolist()
        assert [one["z"] for one in steps] == spikes.astype(bool).tolist()
        for level in (0.4, 0.6, 1.7, 5.0):
            fired = np.flatnonzero(leaky_integrate_and_fire(np.full(1000, level), tau, 0.5)[0])
            assert asked("firingRate", level, tau, 0.5) == (1 / (fired[0] + 1) if fired.size else 0)
            assert (np.diff(fired) == fired[0] + 1).all() if fired.size else True, (
                "each interval is as long as the first"
            )


def test_the_detector_that_makes_up_for_the_phase_hears_most(asked):
    own = asked("coincidences", 0, 0)
    for angle in (-90, -35, 0, 30, 85):
        first, second = ear_probabilities(angle, 0, 50, 20).T
        np.testing.assert_allclose(asked("coincidences", angle, 0), first @ second, rtol=1e-12)
        heard = [asked("coincidences", angle, by) for by in range(-90, 91, 5)]
        assert range(-90, 91, 5)[int(np.argmax(heard))] == angle
        assert max(heard) == pytest.approx(own)


@pytest.mark.parametrize("spikes", [(80, 100), (100, 80), (20, 180)])
def test_the_slope_of_the_loss_is_the_one_that_the_adjoint_gives(asked, spikes):
    voltage = asked("listened", spikes, 20)
    np.testing.assert_allclose(
        voltage[:-1], forward(np.array(spikes), 20.0, 400, 1.0)[: len(voltage) - 1, 0], atol=1e-12
    )
    fine = 100  # the chapter's adjoint is that of continuous time
    trace = forward(fine * np.array(spikes), 20.0, 400 * fine, 1 / fine)[:, 0]
    lambdas = exact_adjoint(19 / (19 + np.exp(trace)), 1 / fine)
    by_adjoint = spike_time_gradient(lambdas, 20.0, fine * np.array(spikes))[0]
    assert asked("slope", spikes, 20) == pytest.approx(by_adjoint, abs=0.035), "but for steps of 1 ms"
    moved = [asked("loss", [spikes[0] + by, spikes[1]], 20) for by in (-1e-3, 1e-3)]
    assert asked("slope", spikes, 20) == pytest.approx((moved[1] - moved[0]) / 2e-3, rel=1e-3, abs=1e-4)


def test_both_ears_are_heard_with_that_phase_between_them(site, page):
    page.goto(f"{site}/book/delays.html")
    place = page.locator(".explorable")
    place.get_by_role("slider").press("Home")
    assert "ahead by -90 degrees" in place.get_by_role("img").get_attribute("aria-label")
    waits = page.evaluate("""() => {
        const made = [];
        const Wait = DelayNode;
        window.DelayNode = class extends Wait { constructor(...a) { super(...a); made.push(this.delayTime.value); } };
        document.querySelector(".explorable button").click();
        return made;
    }""")
    assert waits == pytest.approx([0, 0.0005], abs=1e-9), "a quarter of 2 ms"


def places(page, name):
    return page.locator(f".explorable .{name}").first.get_attribute("points")


def test_it_runs_where_it_is_seen_and_stops_when_it_is_told_to(site, page):
    page.goto(f"{site}/book/leaky_integrator.html")
    stop = page.locator(".explorable").get_by_role("button")
    stop.scroll_into_view_if_needed()
    page.get_by_role("slider", name="current i").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    before = places(page, "i")
    page.wait_for_function(
        "before => document.querySelector('.explorable .i').getAttribute('points') !== before", arg=before
    )
    stop.press("Enter")
    assert stop.inner_text() == "Let it run"
    still = places(page, "v")
    page.wait_for_timeout(300)
    assert places(page, "v") == still


def test_whoever_wants_no_motion_sees_the_answer_from_rest_and_hears_what_it_shows(site, browser):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}/book/lif_filters.html")
    place = page.locator(".explorable")
    place.scroll_into_view_if_needed()
    still = places(page, "v")
    page.wait_for_timeout(300)
    assert places(page, "v") == still
    trace, curve = place.get_by_role("img").all()
    assert "at a current of 2" in trace.get_attribute("aria-label")
    assert "0.143 spikes per step at a current of 2" in curve.get_attribute("aria-label")
    dot = place.locator(".dot").get_attribute("cy")
    page.get_by_role("slider", name="threshold θ").press("End")
    assert "a threshold of 3" in trace.get_attribute("aria-label")
    assert "0.000 spikes per step" in curve.get_attribute("aria-label")
    assert float(place.locator(".dot").get_attribute("cy")) > float(dot)
    context.close()
