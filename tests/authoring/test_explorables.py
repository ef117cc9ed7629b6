"""What one can play with in the page steps as the chapter's own functions do, and can be had without a mouse."""

import json
from base64 import b64decode

import numpy as np
import pytest
from bs4 import BeautifulSoup

from solutions import diehl_cook
from solutions.adjoint import exact_adjoint, forward, spike_time_gradient
from solutions.delays import ear_probabilities
from solutions.leaky_integrator import leaky_integrator
from solutions.lif_filters import leaky_integrate_and_fire
from solutions.models.diehl_cook.classifier import DigitClassifier
from solutions.models.diehl_cook.digits import small_digits
from solutions.models.diehl_cook.network import DigitNetwork
from solutions.models.diehl_cook.settings import Settings
from solutions.models.spiking_autoencoder.numpy_twin import LIFLayer
from solutions.models.time_surfaces.spoken_digits import backwards, frequencies, utterance
from solutions.spiking_autoencoder import make_patterns, similarities
from solutions.time_surfaces import raster, time_surface

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def asked(site, browser):
    """What a model of the pages answers: each page with one has them all."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}/book/leaky_integrator.html")
    yield lambda name, *given: page.evaluate("([name, given]) => MODELS[name](...given)", [name, given])
    context.close()


@pytest.fixture(scope="module")
def made_for(built_book):
    """The numbers that a chapter's page has for what one can play with in it."""

    def numbers(chapter: str) -> dict:
        page = BeautifulSoup((built_book / "book" / f"{chapter}.html").read_text("utf-8"), "html.parser")
        return json.loads(page.select_one(".explorable script").string)

    return numbers


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


def test_a_word_has_the_surface_of_the_chapter_forwards_and_backwards(asked, made_for):
    steps, hertz = made_for("time_surfaces").values()
    np.testing.assert_allclose(hertz, frequencies(70), atol=0.05)
    word, ends = utterance(7, seed=1, n_channels=70), []
    for played, recording in ((steps, word), (asked("mirrored", steps), backwards(word))):
        spikes = raster(recording.times, recording.channels, recording.duration, 70)
        assert asked("counts", played, 70) == spikes.sum(axis=0).tolist()
        for tau in (5, 100, 5000):
            surface = time_surface(spikes, tau)
            for until in (1, 300, recording.duration):
                assert asked("timeSurface", played, 70, until, tau) == surface[until - 1].tolist()
        ends.append(time_surface(spikes, 100)[-1])
    assert asked("correlation", *(one.tolist() for one in ends)) == pytest.approx(np.corrcoef(ends)[0, 1])


def test_a_spike_is_heard_at_its_time_and_at_the_pitch_of_its_channel(asked):
    wave = np.array(asked("plucks", [[], [], [1], []], [440, 1000], 4, 8000))
    assert np.abs(wave).max() == pytest.approx(0.15, abs=1e-6), "and is not loud"
    assert not wave[: 2 * 4 * 8].any() and np.abs(wave[64:80]).max() > 0.1
    loudest = np.abs(np.fft.rfft(wave[64:], 8000)).argmax()
    assert loudest == pytest.approx(1000, abs=10)


def test_the_word_runs_while_it_is_heard_and_ends_where_the_other_way_does_not(site, page):
    page.goto(f"{site}/book/time_surfaces.html")
    place = page.locator(".explorable")
    page.evaluate("""() => {
        const Heard = AudioBufferSourceNode;
        window.heard = [];
        window.AudioBufferSourceNode = class extends Heard {
            start() { heard.push(this.buffer.duration); super.start(); }
        };
    }""")
    page.clock.install()
    now = place.get_by_role("slider", name="now")
    bars, ends = place.locator(".held"), []
    for way in ("forwards", "backwards"):
        place.get_by_role("button", name=f"Play it {way}").press("Enter")
        page.clock.run_for(1000)
        assert 200 < int(now.input_value()) < 573
        page.clock.run_for(2000)
        assert now.input_value() == "573"
        assert f"played {way}, up to 573 of 573" in place.get_by_role("img").first.get_attribute("aria-label")
        ends.append(bars.get_attribute("d"))
    assert ends[0] != ends[1]
    assert page.evaluate("heard") == pytest.approx([4 * 0.573 + 0.06] * 2, abs=1e-3)
    counts = place.get_by_text("correlation of")
    assert "τ = 100 ms" in counts.inner_text() and "−0.41" in counts.inner_text()
    place.get_by_role("slider", name="time constant").press("End")
    assert "τ = 5000 ms" in counts.inner_text() and "1.00" in counts.inner_text()


@pytest.fixture(scope="module")
def digits(made_for) -> dict:
    """The digit network that is in the page."""
    return made_for("diehl_cook")


def weights_of(digits: dict) -> np.ndarray:
    return digits["unit"] * np.frombuffer(b64decode(digits["weights"]), np.uint8).reshape(64, 100)


def test_the_digit_network_is_the_one_that_the_chapter_trains_in_8_bits(digits):
    data = small_digits()
    parts = {"label_neurons": diehl_cook.label_neurons, "vote": diehl_cook.vote}
    trained = DigitClassifier(Settings(neurons=100), passes=4, **parts).fit(data.images)
    trained.label(data.images, data.labels)
    np.testing.assert_allclose(weights_of(digits), trained.weights_, atol=0.51 * digits["unit"])
    np.testing.assert_allclose(digits["extra"], trained.extra_, atol=1e-4)
    assert digits["labels"] == trained.neuron_labels_.tolist()
    assert {name: getattr(trained.settings_, name) for name in digits["settings"]} == digits["settings"]
    held_out = (16 * data.test_images).tolist()
    assert [data.test_labels[held_out.index(one)] for one in digits["samples"]] == [8, 6, 2, 5, 9, 3, 0, 4, 1, 7]
    exactly = trained.score(data.test_images, data.test_labels)
    trained.weights_ = weights_of(digits).astype(np.float32)
    assert trained.score(data.test_images, data.test_labels) == pytest.approx(exactly, abs=0.02)


class ReplayedSpikes:
    """The chapter's network, shown the spikes that the page has drawn, as ``present`` shows an image."""

    def __init__(self, digits, tries):
        names = "poisson_fire", "SynapseCollection", "LIF", "AdaptiveThreshold", "STDPWeights", "all_but_own", "present"
        parts = {name: getattr(diehl_cook, name) for name in names}
        self.network = DigitNetwork(Settings(neurons=100), **parts).start(64)
        self.network.weights_, self.network.extra_ = weights_of(digits), np.array(digits["extra"])
        self.tries, self.rates = iter(tries), []

    def reset(self):
        self.network.reset()
        self.steps, self.fired, self.voltages = iter(next(self.tries)), [], []

    def step(self, image, max_rate):
        self.rates.append(max_rate)
        spikes = np.zeros(64)
        spikes[next(self.steps)] = 1000
        self.fired.append(self.network.receive(spikes))
        self.voltages.append(self.network.neurons_.voltage.copy())
        return self.fired[-1]

    def agrees_with(self, steps):
        """Whether the page has the same neurons fire in the same steps, at the same voltages."""
        winners = [int(fired.argmax()) if fired.any() else -1 for fired in self.fired]
        same = [one["winner"] for one in steps] == winners
        return same and np.allclose([one["v"] for one in steps], self.voltages, rtol=0, atol=1e-9)


@pytest.mark.parametrize(("sample", "brightness", "seed"), [(0, 1, 1), (1, 1, 2), (4, 1, 3), (7, 0.5, 4), (9, 0.2, 5)])
def test_the_same_neurons_fire_in_the_same_steps_and_vote_the_same(asked, digits, sample, brightness, seed):
    image = (brightness * np.array(digits["samples"][sample]) / 16).tolist()
    shown = asked("presented", image, digits, seed)
    rates = [63.75 * 1.25**n for n in range(shown["tries"])]
    assert brightness == 1 or shown["tries"] > 1, "a faint one is shown again"
    tries = [asked("poisson", image, rate, 350, 100 * seed + n) for n, rate in enumerate(rates, 1)]
    assert tries[-1] == shown["spikes"]
    replayed = ReplayedSpikes(digits, tries)
    counts = diehl_cook.present(replayed, image, 63.75, 350, 5)
    assert replayed.rates == [rate for rate in rates for _ in range(350)]
    assert replayed.agrees_with(shown["steps"])
    assert asked("spikesOf", shown["steps"], 100) == counts.tolist()
    votes = asked("votes", counts.tolist(), digits["labels"])
    assert asked("answer", votes) == diehl_cook.vote([counts], digits["labels"])[0]


def test_in_a_flash_one_neuron_fires_in_each_step_and_none_is_pushed_below_the_floor(asked, digits):
    flash = [[*range(64)]] * 40
    replayed, steps = ReplayedSpikes(digits, [flash]), asked("race", flash, digits)
    replayed.reset()
    for _ in flash:
        replayed.step(None, 0)
    assert replayed.agrees_with(steps)
    assert min(min(one["v"]) for one in steps) == -1 and sum(one["winner"] >= 0 for one in steps) > 30


def test_pixels_spike_at_random_at_their_rate_and_an_empty_picture_is_given_up(asked, digits):
    image = np.repeat([0, 0.25, 0.5, 1], 16)
    counts = np.zeros(64)
    for pixels in asked("poisson", image.tolist(), 100, 5000, 7):
        counts[pixels] += 1
    expected = 5000 * 0.1 * image
    assert (np.abs(counts - expected) <= 5 * np.sqrt(expected)).all()
    assert np.var((counts - expected)[16:] / np.sqrt(expected * (1 - 0.1 * image))[16:]) == pytest.approx(1, abs=0.6)
    assert asked("presented", [0] * 64, digits, 1) is None
    assert asked("answer", [0] * 10) == -1


def test_a_digit_is_drawn_by_pointer_or_by_keys_and_those_who_fire_light_up(site, page):
    page.goto(f"{site}/book/diehl_cook.html")
    place = page.locator(".explorable")
    cell = {(row, column): f"row {row}, column {column}" for row in range(1, 9) for column in range(1, 9)}
    cells = {key: place.get_by_role("button", name=name, exact=True) for key, name in cell.items()}
    place.get_by_role("button", name="Clear").click()
    race = place.get_by_role("button", name="Let them race")
    page.clock.install()
    race.click()
    page.clock.run_for(6000)
    assert "no neuron can be made to fire" in place.locator(".explorable-told").inner_text()
    cells[1, 4].hover()
    page.mouse.down()
    for row in range(2, 9):
        cells[row, 4].hover()
    page.mouse.up()
    cells[8, 4].hover()
    cells[8, 4].focus()
    for key in ("ArrowRight", "ArrowUp", "Space", "ArrowDown", "Enter", "ArrowDown"):
        page.keyboard.press(key)
    drawn = {key for key, one in cells.items() if one.get_attribute("aria-pressed") == "true"}
    assert drawn == {*((row, 4) for row in range(1, 9)), (7, 5), (8, 5)}
    assert place.locator(".explorable-board button[tabindex='0']").count() == 1, "the keyboard enters it once"
    race.press("Enter")
    page.clock.run_for(6000)
    assert place.get_by_role("slider", name="now").input_value() == "350"
    assert "They say 1, with" in place.locator(".explorable-told").inner_text()
    lit = place.locator(".fired").evaluate_all("all => all.filter((one) => one.style.strokeOpacity === '1').length")
    fields, voltages, vote = place.get_by_role("img").all()
    assert f"{lit} of them have fired: number" in fields.get_attribute("aria-label") and lit > 1
    assert "Voltages of the two neurons that fire most" in voltages.get_attribute("aria-label")
    assert "1 has" in vote.get_attribute("aria-label")


@pytest.fixture(scope="module")
def echo(made_for) -> dict:
    """The connections and patterns that are in the page of the autoencoder."""
    return made_for("spiking_autoencoder")


def table(packed: str) -> np.ndarray:
    return np.unpackbits(np.frombuffer(b64decode(packed), np.uint8)).reshape(-1, 100)[:100]


def test_its_connections_and_patterns_are_drawn_as_the_chapter_draws_them(asked, echo):
    rng = np.random.default_rng(0)
    for name in ("there", "other"):
        drawn = make_patterns(100, 100, 0.1, rng)
        assert (table(echo[name]) == drawn).all()
        assert asked("table", echo[name], 100) == drawn.tolist()
    assert echo["patterns"] == make_patterns(4, 100, 0.3, np.random.default_rng(8)).tolist()


def fired(layer, spikes) -> list[list[int]]:
    """Who fires in each step of a layer that is shown these spikes."""
    answers = []
    for senders in spikes:
        given = np.zeros((1, 100))
        given[0, senders] = 1
        answers.append(np.flatnonzero(layer(given)[0]).tolist())
    return answers


def counted(spikes) -> np.ndarray:
    """How often each of 100 neurons spikes."""
    return np.bincount([i for step in spikes for i in step], minlength=100)


@pytest.mark.parametrize(("active", "seed"), [(6, 5), (30, 2), (70, 3)])
def test_the_same_spikes_go_up_and_come_back_as_in_the_chapter_s_layer(asked, echo, active, seed):
    pattern = np.zeros(100, int)
    pattern[np.random.default_rng(seed).permutation(100)[:active]] = 1
    test, there = asked("upAndDown", pattern.tolist(), echo, seed), 5.0 * table(echo["there"])
    y, shown = test["y"], counted(test["y"]["spikes"])
    assert shown[pattern == 1].mean() == pytest.approx(240, rel=0.07) and not shown[pattern == 0].any()
    assert y["fired"] == fired(LIFLayer(there), y["spikes"])
    assert y["rates"] == counted(y["fired"][200:]).tolist() and test["mean"] == np.mean(y["rates"])
    assert (test["mean"] > 5) == (active > 6)
    asked_for = 1.2 * np.minimum(100 * np.array(y["rates"]) / max(test["mean"], 1e-9), 1000)
    for way, back in (("transpose", there.T), ("random", 5.0 * table(echo["other"]))):
        x = test["back"][way]
        np.testing.assert_allclose(counted(x["spikes"]), asked_for, atol=5 * np.sqrt(asked_for.max()) + 1e-9)
        assert x["fired"] == fired(LIFLayer(back), x["spikes"])
        alike = similarities(x["rates"], [pattern])[2, 0]
        assert asked("correlation", x["rates"], pattern.tolist()) == pytest.approx(alike)


def test_a_pattern_that_is_switched_on_comes_back_by_the_transpose_and_not_at_random(site, page):
    page.goto(f"{site}/book/spiking_autoencoder.html")
    place, told = page.locator(".explorable"), page.locator(".explorable-told")
    assert "30 of 100 neurons x are on" in told.inner_text() and "0.54" in told.inner_text()
    y, transpose, random = place.get_by_role("img").all()
    assert "correlation with the pattern is 0.54" in transpose.get_attribute("aria-label")
    assert "correlation with the pattern is 0.01" in random.get_attribute("aria-label")
    assert transpose.locator(".framed").count() == 30
    place.get_by_role("button", name="All off").press("Enter")
    assert "0 of 100" in told.inner_text() and "nothing comes back" in told.inner_text()
    assert "100 are silent" in y.get_attribute("aria-label")
    place.get_by_role("button", name="row 1, column 1", exact=True).focus()
    for _ in range(9):
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert place.get_by_role("button", pressed=True).count() == 9
    assert page.evaluate("document.activeElement.ariaLabel") == "row 1, column 10", "the edge is the end"
