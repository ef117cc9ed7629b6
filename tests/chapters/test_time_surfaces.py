"""Time surfaces: what the theory says of them, the ear they are drawn from, and the claims the chapter makes."""

import gzip
import hashlib
import json
import math
from types import SimpleNamespace

import ipywidgets
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from autograder.beside import earlier
from autograder.probes import time_surfaces as probes
from solutions.leaky_integrator import leaky_integrator
from solutions.time_surfaces import (
    last_event_surface,
    matching_tau,
    nearest_centroid,
    raster,
    spiking_time_surface,
    tau_slider,
    thumbnail,
    time_surface,
)

STEPS, CHANNELS = 30, 6
TAUS = st.floats(1.5, 200)
MOMENTS = st.integers(0, STEPS - 1)
EVENTS = st.lists(st.tuples(st.floats(0, STEPS - 0.01), st.integers(0, CHANNELS - 1)), max_size=40)
SPIKES = arrays(float, (STEPS, CHANNELS), elements=st.sampled_from([0.0, 0.0, 0.0, 1.0, 2.0]))


def close(one, other):
    np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9)


def separated(events):
    return [time for time, _ in events], [channel for _, channel in events]


@pytest.fixture
def ear(monkeypatch):
    from types import SimpleNamespace

    from solutions.models.time_surfaces import heidelberg_digits, spoken_digits

    return SimpleNamespace(**vars(spoken_digits) | {"heidelberg": heidelberg_digits.heidelberg})


# Events on a grid


@given(events=EVENTS)
def test_a_raster_holds_every_event_in_its_step_and_its_channel(events):
    counts = raster(*separated(events), STEPS, CHANNELS)
    expected = np.zeros((STEPS, CHANNELS))
    for time, channel in events:
        expected[int(time), channel] += 1
    assert np.array_equal(counts, expected)
    assert counts.sum() == len(events)


@given(spikes=SPIKES, steps=st.integers(1, 9), channels=st.integers(1, 6))
def test_a_pixel_of_a_thumbnail_is_the_mean_of_its_block(spikes, steps, channels):
    small = thumbnail(spikes, steps, channels)
    assert small.shape == (CHANNELS // channels, STEPS // steps)
    for row, column in np.ndindex(small.shape):
        block = spikes[column * steps : (column + 1) * steps, row * channels : (row + 1) * channels]
        assert small[row, column] == pytest.approx(block.mean())


def test_a_thumbnail_of_single_places_is_the_picture_turned():
    spikes = np.arange(12).reshape(4, 3)
    assert np.array_equal(thumbnail(spikes, 1, 1), spikes.T)


# The continuous surface


@given(tau=TAUS, step=st.integers(0, STEPS - 1))
def test_a_lone_event_rises_to_one_over_tau_and_fades_by_the_same_factor_at_each_step(tau, step):
    spikes = np.zeros((STEPS, 2))
    spikes[step, 1] = 1
    surface = time_surface(spikes, tau)
    age = np.arange(STEPS) - step
    close(surface[:, 1], np.where(age >= 0, (1 - 1 / tau) ** np.maximum(age, 0) / tau, 0))
    assert not surface[:, 0].any()


@given(spikes=SPIKES, tau=TAUS)
def test_a_place_of_the_surface_is_the_sum_of_what_is_left_of_each_event(spikes, tau):
    kernel = (1 - 1 / tau) ** np.arange(STEPS) / tau
    expected = np.stack([np.convolve(channel, kernel)[:STEPS] for channel in spikes.T], axis=1)
    close(time_surface(spikes, tau), expected)


@given(spikes=SPIKES)
def test_without_memory_the_surface_is_the_raster(spikes):
    close(time_surface(spikes, 1), spikes)
    close(spiking_time_surface(np.minimum(spikes, 1), 1, 1), np.minimum(spikes, 1))


# The spiking surface


@given(spikes=SPIKES, tau=TAUS, threshold=st.floats(0.01, 3))
def test_spikes_are_where_a_neuron_that_starts_again_from_zero_reaches_the_threshold(spikes, tau, threshold):
    expected = np.zeros((STEPS, CHANNELS))
    for channel in range(CHANNELS):
        v = 0.0
        for step in range(STEPS):
            v = v + (spikes[step, channel] - v) / tau
            if v >= threshold:
                expected[step, channel], v = 1, 0.0
    assert np.array_equal(spiking_time_surface(spikes, tau, threshold), expected)


@given(spikes=SPIKES, tau=TAUS)
def test_as_long_as_one_event_reaches_the_threshold_every_event_is_passed_on(spikes, tau):
    assert np.array_equal(spiking_time_surface(spikes, tau, 1 / tau), spikes > 0)


@given(spikes=SPIKES, tau=TAUS)
def test_a_higher_threshold_than_the_surface_ever_reaches_passes_nothing_on(spikes, tau):
    beyond = time_surface(spikes, tau).max() + 0.001
    assert not spiking_time_surface(spikes, tau, beyond).any()


# The slider


def test_the_slider_draws_each_new_value_and_nothing_else():
    drawn = []
    slider = tau_slider(drawn.append)
    for tau in (5, 40, 2, 100):
        slider.value = tau
    slider.description = "another"
    assert drawn == [5, 40, 2, 100]


def boxed(draw):
    slider = ipywidgets.FloatLogSlider(value=10, min=0, max=3)
    slider.observe(lambda change: draw(slider.value), names="value")
    return ipywidgets.VBox([ipywidgets.HTML("drag"), ipywidgets.HBox([slider])])


def interactive(draw):
    return ipywidgets.interactive(draw, tau=(2, 100))


@pytest.mark.parametrize("made", [boxed, interactive])
def test_a_slider_may_come_in_a_box_and_be_made_by_interactive(made):
    moves = [["value", 7], ["value", 90]]
    assert probes.moved(made, {"start": 50, "moves": moves}) == [[7], [90]]


@pytest.mark.parametrize(("made", "says"), [(lambda draw: None, "None"), (lambda draw: ipywidgets.HTML(), "no slider")])
def test_what_holds_no_slider_is_refused_in_words(made, says):
    with pytest.raises(TypeError, match=says):
        probes.moved(made, {"start": 5, "moves": []})


# The surface of last events


@given(events=EVENTS, t=st.floats(0, STEPS), tau=TAUS)
def test_a_channel_has_faded_since_its_last_event_until_now(events, t, tau):
    surface = last_event_surface(*separated(events), CHANNELS, t, tau)
    for channel in range(CHANNELS):
        times = [time for time, one in events if one == channel and time <= t]
        assert surface[channel] == pytest.approx(math.exp(-(t - max(times)) / tau) if times else 0)


@given(events=EVENTS, t=st.floats(0, STEPS), tau=TAUS, data=st.data())
def test_the_order_in_which_events_are_listed_does_not_matter(events, t, tau, data):
    other = data.draw(st.permutations(events))
    one, two = (last_event_surface(*separated(some), CHANNELS, t, tau) for some in (events, other))
    assert np.array_equal(one, two)


@given(tau=st.floats(1.01, 1000))
def test_with_the_matching_time_constant_an_exponential_keeps_what_eulers_step_keeps(tau):
    assert math.exp(-1 / matching_tau(tau)) == pytest.approx(1 - 1 / tau, rel=1e-9)
    assert tau - 1 < matching_tau(tau) < tau - 0.5 + 1e-6


def test_the_matching_time_constant_is_about_half_a_step_shorter():
    assert matching_tau(10) == pytest.approx(9.491, abs=1e-3)


@given(
    steps=st.lists(st.integers(0, STEPS - 1), min_size=1, max_size=CHANNELS), tau=TAUS, now=st.integers(0, STEPS - 1)
)
def test_with_one_event_per_channel_it_is_the_leaky_surface_at_every_moment(steps, tau, now):
    channels = list(range(len(steps)))
    leaky = tau * time_surface(raster(steps, channels, STEPS, CHANNELS), tau)
    close(last_event_surface(steps, channels, CHANNELS, now, matching_tau(tau)), leaky[now])


@given(events=EVENTS, tau=TAUS)
def test_with_more_events_the_leaky_surface_is_never_below_it(events, tau):
    times, channels = separated(events)
    steps = np.floor(times)
    leaky = tau * time_surface(raster(steps, channels, STEPS, CHANNELS), tau)[-1]
    assert (last_event_surface(steps, channels, CHANNELS, STEPS - 1, matching_tau(tau)) <= leaky + 1e-9).all()


# The nearest centroid


@given(data=st.data(), labels=st.lists(st.integers(0, 9), min_size=1, max_size=12))
def test_each_example_gets_the_class_whose_mean_is_nearest(data, labels):
    numbers = st.floats(-5, 5).map(lambda value: round(value, 3))
    train = data.draw(arrays(float, (len(labels), 3), elements=numbers))
    test = data.draw(arrays(float, (4, 3), elements=numbers))
    means = {
        label: np.mean([row for row, one in zip(train, labels, strict=True) if one == label], 0) for label in labels
    }
    answers = nearest_centroid(train, labels, test)
    for row, answer in zip(test, answers, strict=True):
        distances = {label: ((row - mean) ** 2).sum() for label, mean in means.items()}
        assume(len({round(distance, 6) for distance in distances.values()}) == len(distances))
        assert answer == min(distances, key=distances.get)


# The ear


def test_an_utterance_is_the_same_for_the_same_seed_and_another_for_another(ear):
    one, same, other = ear.utterance(3, 5, 70), ear.utterance(3, 5, 70), ear.utterance(3, 6, 70)
    assert np.array_equal(one.times, same.times) and np.array_equal(one.channels, same.channels)
    assert not np.array_equal(one.times[:50], other.times[:50])


@pytest.mark.parametrize("digit", range(10))
def test_every_digit_is_a_few_thousand_events_in_order_within_its_time_and_its_channels(digit, ear):
    said = ear.utterance(digit, seed=2)
    assert said.label == ear.DIGITS[digit] and said.n_channels == 700
    assert 2000 < len(said.times) < 15000
    assert (np.diff(said.times) >= 0).all() and said.times[0] >= 0 and said.times[-1] < said.duration
    assert 250 < said.duration < 1000
    assert said.channels.min() >= 0 and said.channels.max() < 700
    assert max(np.bincount(np.floor(said.times).astype(int) * 700 + said.channels)) == 1


def test_there_are_ten_digits(ear):
    for digit in (-1, 10):
        with pytest.raises(IndexError, match="no digit"):
            ear.utterance(digit)


def test_the_frequencies_are_even_steps_along_greenwoods_cochlea(ear):
    hertz = ear.frequencies(700)
    assert hertz[0] == pytest.approx(80) and hertz[-1] == pytest.approx(10_000)
    close(np.diff(np.log10(hertz / 165.4 + 0.88), 2), np.zeros(698))


def test_the_s_of_six_is_heard_high_and_its_vowel_low(ear):
    said = ear.utterance(6, seed=1)
    hertz = ear.frequencies()[said.channels]
    hiss, vowel = hertz[said.times < 140], hertz[(said.times > 190) & (said.times < 250)]
    assert np.median(hiss) > 4000 and np.median(vowel) < 2000


def test_a_word_backwards_has_the_same_counts_in_every_channel_and_backwards_again_is_the_word(ear):
    said = ear.utterance(7, 1, 70)
    mirrored = ear.backwards(said)
    assert np.array_equal(np.bincount(said.channels, minlength=70), np.bincount(mirrored.channels, minlength=70))
    assert (np.diff(mirrored.times) >= 0).all()
    close(ear.backwards(mirrored).times, said.times)
    assert np.array_equal(ear.backwards(mirrored).channels, said.channels)


def test_counts_tell_a_word_from_its_mirror_image_in_half_of_the_cases_and_surfaces_nearly_always(ear):
    words = [ear.utterance(7, seed, 70) for seed in range(30)]
    known = [ear.backwards(word) if number % 2 else word for number, word in enumerate(words[:16])]
    asked = [*words[16:], *map(ear.backwards, words[16:])]
    truth = np.repeat([0, 1], 14)

    def share(features):
        taught, new = (np.array([features(one) for one in some]) for some in (known, asked))
        return np.mean(nearest_centroid(taught, np.arange(16) % 2, new) == truth)

    assert share(lambda one: np.bincount(one.channels, minlength=70)) == 0.5
    assert share(lambda one: last_event_surface(one.times, one.channels, 70, one.duration, 100)) > 0.9


def test_the_numbers_of_the_text_are_those_of_the_recording(ear):
    said = ear.utterance(7, seed=1)
    spikes = raster(said.times, said.channels, said.duration, 700)
    small = thumbnail(spikes, 5, 5)
    assert (len(said.times), said.duration, spikes.size) == (5430, 573, 401_100)
    assert round(100 * (spikes > 0).mean(), 1) == 1.4
    assert round(100 * (small == 0).mean()) == 77
    assert (small[small > 0] < 0.05).mean() == pytest.approx(2 / 3, abs=0.02)
    assert (small > 0.1).mean() == pytest.approx(1 / 40, abs=0.002)
    assert round(spikes.size / len(said.times)) == 74
    fired = [spiking_time_surface(spikes, tau, 0.1).sum() for tau in (2, 10, 12, 20, 50)]
    assert fired[:2] == [5430, 5430] and fired == sorted(fired, reverse=True) and fired[2] < 5430


def brightest_and_seen(**options):
    """Of 4000 lone events drawn on 640 x 300 pixels: the brightest pixel, and how many are at least half as bright."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rng = np.random.default_rng(0)
    events = np.zeros((700, 1000))
    events[rng.integers(0, 700, 4000), rng.integers(0, 1000, 4000)] = 1
    figure = Figure(figsize=(6.4, 3), dpi=100)
    axes = figure.add_axes([0, 0, 1, 1])
    axes.axis("off")
    axes.imshow(events, aspect="auto", cmap="gray", **options)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[..., 0]
    return pixels.max(), int((pixels > 127).sum())


def test_what_the_chapter_says_of_matplotlib_is_so():
    for limit in ({}, {"vmax": 0.1}):
        assert brightest_and_seen(interpolation="none", **limit) == (255, 1123)
        brightest, seen = brightest_and_seen(**limit)
        assert brightest < 128 and seen == 0
    assert brightest_and_seen(interpolation_stage="data")[0] < 128
    assert brightest_and_seen(interpolation_stage="data", vmax=0.1)[1] > 4000


# A real recording


@pytest.fixture
def recorded_file(tmp_path):
    """A file laid out as the data set's: two recordings, the second with its events in no order."""
    h5py = pytest.importorskip("h5py")
    path = tmp_path / "shd_test.h5"
    with h5py.File(path, "w") as file:
        for name, kind, rows in (
            ("times", "float16", ([0.0625, 0.125, 0.25], [0.5, 0.0625])),
            ("units", "uint16", ([3, 699, 0], [1, 2])),
        ):
            data = file.create_dataset(f"spikes/{name}", (2,), dtype=h5py.vlen_dtype(np.dtype(kind)))
            for number, row in enumerate(rows):
                data[number] = np.array(row, dtype=kind)
        file["labels"] = np.array([11, 0])
        file["extra/keys"] = np.array([f"digit {number}".encode() for number in range(20)])
    return path


def test_a_recording_is_read_from_a_file_in_milliseconds_and_in_order(recorded_file, ear):
    said = ear.heidelberg(recorded_file, 0)
    assert (said.times.tolist(), said.channels.tolist()) == ([62.5, 125, 250], [3, 699, 0])
    assert (said.n_channels, said.duration, said.label) == (700, 251, "digit 11")
    said = ear.heidelberg(recorded_file, 1)
    assert (said.times.tolist(), said.channels.tolist()) == ([62.5, 500], [2, 1])


def test_what_is_not_there_is_said(recorded_file, tmp_path, ear):
    with pytest.raises(IndexError, match="recordings 0 to 1, and 2"):
        ear.heidelberg(recorded_file, 2)
    with pytest.raises(FileNotFoundError, match=r"no file .*missing.h5"):
        ear.heidelberg(tmp_path / "missing.h5")


def test_without_h5py_one_is_told_how_to_get_it(monkeypatch, ear):
    monkeypatch.setitem(__import__("sys").modules, "h5py", None)
    with pytest.raises(ImportError, match="pip install h5py"):
        ear.heidelberg("test")


@pytest.fixture
def server(recorded_file, tmp_path):
    """The data set's server on this machine: the packed file, its checksums, and the requests so far."""
    import threading
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    pytest.importorskip("pooch")
    folder, asked = tmp_path / "served", []
    folder.mkdir()
    packed = gzip.compress(recorded_file.read_bytes())
    (folder / "shd_test.h5.gz").write_bytes(packed)
    (folder / "md5sums.txt").write_text(f"{hashlib.md5(packed).hexdigest()}  shd_test.h5.gz\n")

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, form, line, *rest):
            asked.append(line.split()[1])

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder)) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield SimpleNamespace(url=f"http://127.0.0.1:{running.server_port}", folder=folder, asked=asked)
        running.shutdown()


def test_the_data_set_is_downloaded_once_and_then_needs_no_network(server, tmp_path, ear):
    downloads = tmp_path / "downloads"
    assert ear.heidelberg("test", 0, server.url, downloads).label == "digit 11"
    assert server.asked == ["/md5sums.txt", "/shd_test.h5.gz"]
    assert ear.heidelberg("test", 1, "http://127.0.0.1:9", downloads).label == "digit 0"
    assert [path.name for path in downloads.iterdir()] == ["shd_test.h5"]


def test_a_download_that_does_not_have_the_published_checksum_is_refused(server, tmp_path, ear):
    (server.folder / "md5sums.txt").write_text(f"{'0' * 32}  shd_test.h5.gz\n")
    with pytest.raises(ValueError, match="hash"):
        ear.heidelberg("test", 0, server.url, tmp_path / "downloads")
    assert not list((tmp_path / "downloads").glob("*.h5"))


def test_offline_one_is_told_what_else_can_be_done(tmp_path, ear):
    pytest.importorskip("h5py")
    pytest.importorskip("pooch")
    with pytest.raises(ConnectionError, match=r"could not be fetched from http://127.0.0.1:9 .*utterance\(digit\)"):
        ear.heidelberg("train", 0, "http://127.0.0.1:9", tmp_path)


# What an earlier chapter asked for


@pytest.fixture
def fetching(monkeypatch, tmp_path):
    """``fetch`` called in a folder of its own, and what it puts into its cell."""
    replaced = []
    shell = SimpleNamespace(set_next_input=lambda text, replace: replaced.append((text, replace)))
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    here = tmp_path / "time_surfaces"
    here.mkdir()
    monkeypatch.chdir(here)
    return SimpleNamespace(fetch=earlier.fetch, replaced=replaced, here=here)


def notebook(path, source):
    path.parent.mkdir(exist_ok=True)
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["text"]},
        {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "leaky_integrator"}}, "source": source},
    ]
    path.write_text(json.dumps({"cells": cells}))


@pytest.mark.parametrize("place", ["leaky_integrator.ipynb", "../leaky_integrator/leaky_integrator.ipynb"])
def test_what_was_written_in_an_earlier_notebook_comes_to_stand_in_this_one(place, fetching, capsys):
    notebook(fetching.here / place, ["def leaky_integrator(x, tau):\n", "    return x"])
    fetching.fetch("leaky_integrator", "leaky_integrator")
    assert fetching.replaced == [("def leaky_integrator(x, tau):\n    return x\n", True)]
    assert "run it once more" in capsys.readouterr().out


def test_without_an_earlier_notebook_or_with_an_untouched_one_it_says_what_to_do(fetching, capsys):
    fetching.fetch("leaky_integrator", "leaky_integrator")
    assert "no notebook leaky_integrator.ipynb" in capsys.readouterr().out
    notebook(fetching.here / "leaky_integrator.ipynb", "def f():\n    raise NotImplementedError()")
    fetching.fetch("leaky_integrator", "leaky_integrator")
    assert "not written in it yet" in capsys.readouterr().out
    assert fetching.replaced == []


@given(spikes=SPIKES, tau=TAUS)
def test_the_surface_is_the_leaky_integrator_of_the_first_chapter(spikes, tau):
    assert np.array_equal(time_surface(spikes, tau), leaky_integrator(spikes, tau))
