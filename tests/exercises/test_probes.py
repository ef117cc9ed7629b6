"""How a question is put: the same way to everybody, with inputs that are nobody else's."""

import gc
import subprocess
import sys
import weakref
from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch
from hypothesis import given as drawn
from hypothesis import strategies as st

from autograder.exercises import chapter_names, load
from autograder.probes import array, as_list, call, given, itself, named, steps
from autograder.probes.spiking_autoencoder import MANY_OBJECTS, potentials, received
from autograder.probes.time_surfaces import moved
from solutions.models.brian import brian2 as b2
from solutions.spiking_autoencoder import lif_group
from solutions.time_surfaces import tau_slider

PROJECT = Path(__file__).resolve().parents[2]


def test_numbers_arrive_as_an_array_where_there_is_numpy_and_as_a_list_only_where_that_is_said():
    assert isinstance(given(array([1, 2])), np.ndarray) and isinstance(given([[1, 2]]), np.ndarray)
    assert given([1, array([2])])[1].tolist() == [2]
    assert given(as_list([1, 2])) == [1, 2] and given(as_list([[1], [2]])) == [[1], [2]]
    assert given(3.5) == 3.5 and given(["a", "b"]) == ["a", "b"] and given([[1, 2], [3]]) == [[1, 2], [3]]
    assert given(array([], "int")).dtype.kind == "i"


def test_whole_numbers_arrive_as_whole_numbers():
    assert given(array([1, 2])).dtype.kind == "i"
    assert given(array([1.0, 2.0])).dtype == np.float64


def test_an_array_arrives_as_lists_where_the_student_s_code_has_no_numpy():
    code = "from autograder.probes import array, given; print(given(array([[1], [2]])))"
    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=PROJECT, capture_output=True, text=True)
    assert done.stdout == "[[1], [2]]\n", done.stderr


@pytest.mark.parametrize("recorded", [array([1.0, 2.0]), as_list([1.0, 2.0]), [1.0, 2.0], [[1.0], [2.0]]])
def test_what_one_student_does_to_an_input_reaches_no_other(recorded):
    def spoils(signal):
        signal[0] = 99
        return signal

    first = call(spoils, {"signal": recorded})
    assert call(lambda signal: list(np.ravel(signal)), {"signal": recorded}) == [1.0, 2.0]
    assert first[0] == 99


def test_the_inputs_come_in_their_order_whatever_the_student_calls_the_parameters():
    assert call(lambda x, rate: (x, rate), {"input_data": as_list([1]), "tau": 10}) == ([1], 10)


@drawn(length=st.integers(0, 3000))
def test_steps_are_counted_up_to_a_bound(length):
    assert steps({"up_to": 1000}, [1.0] * length) == min(length, 1000)


@pytest.mark.parametrize(
    "signal",
    [[3, 1, 2], (3, 1, 2), np.array([3, 1, 2]), np.array([[3, 1, 2]]), torch.tensor([3.0, 1.0, 2.0]), [[3], [1], [2]]],
)
def test_a_signal_may_be_any_row_of_numbers(signal):
    handed_over = itself(signal, {})
    assert steps({"up_to": 10}, handed_over) == 3
    assert steps({}, handed_over) == [1, 3]


@pytest.mark.parametrize("signal", [5.0, "ones", len, {"a": 1}, [1, [2]], ["a"], None])
@pytest.mark.parametrize("inputs", [{}, {"up_to": 10}])
def test_what_is_no_signal_is_answered_as_it_is_and_counted_as_nothing(signal, inputs):
    assert not isinstance(steps(inputs, itself(signal, inputs)), int)


def test_no_steps_have_no_extremes():
    assert steps({}, []) == []


@pytest.mark.parametrize(
    "exercise", [one for name in chapter_names() for one in load(name).exercises], ids=lambda one: one.name
)
def test_every_exercise_has_a_probe_of_that_name(exercise):
    assert callable(named(exercise.probe))
    assert not exercise.measure or callable(named(exercise.measure))


def test_the_widgets_of_a_question_do_not_outlive_it():
    made = []

    def watched(draw):
        slider = tau_slider(draw)
        made.append(weakref.ref(slider))
        return slider

    assert moved(watched, {"start": 10, "moves": [("value", 20)]}) == [[20]]
    gc.collect()
    assert [one() for one in made] == [None]


def test_what_brian2_has_left_of_earlier_checks_does_not_grow_from_one_to_the_next():
    """Each new name is compared with those of all objects that are left: they go only when garbage is looked for."""
    chapter, known = load("spiking_autoencoder"), b2.core.names.Nameable.__instances__()
    case = next(iter(chapter.exercise("lif_group").cases(Random("names"))))
    gc.collect()
    gc.disable()  # as good as that where much is loaded
    try:
        lasts = [len(known) for _ in range(60) if potentials(lif_group, case.inputs)]
    finally:
        gc.enable()
    assert max(lasts) < MANY_OBJECTS + 100
    assert min(lasts[30:]) < MANY_OBJECTS < max(lasts)
    assert b2.core.network.gc is gc, "Brian2 looks for garbage again in the reader's own runs"


def test_which_of_two_connections_comes_first_is_no_matter_of_the_names_that_are_taken():
    def replacing(source, target, weights):
        rows, columns = np.nonzero(np.asarray(weights))
        synapses = b2.Synapses(source, target, "weight : volt", on_pre="v_post = weight")
        synapses.connect(i=columns, j=rows)
        synapses.weight = np.asarray(weights)[rows, columns] * b2.mV
        return synapses

    cases = load("spiking_autoencoder").exercise("connect").cases(Random("names"))
    twice = next(case.inputs for case in cases if len(case.inputs["weights"]) == 2 and case.inputs["spikes"])
    gc.collect()
    assert "synapses" not in {one().name for one in b2.Synapses.__instances__()}
    fresh = received(replacing, twice)
    group = b2.NeuronGroup(1, "v : volt")
    _taken = [b2.Synapses(group, group) for _ in range(9)]
    assert received(replacing, twice) == fresh
