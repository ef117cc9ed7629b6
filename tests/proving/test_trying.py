"""An answer is tried as it would be asked in a notebook, and takes no more than it may."""

import numpy as np
import pytest

from autograder.exercises import Misconception, load
from autograder.proving.forms import FORMS, in_form
from autograder.proving.trying import Attempt, defined, try_on

LOOP = """
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
"""


def tried(text, exercise="leaky_integrator", seeds=("0", "1"), kind="slip"):
    (found,) = try_on([Attempt("leaky_integrator", exercise, kind, "mine", text)], list(seeds))
    return found


def test_what_is_right_earns_everything_with_every_seed():
    found = tried(LOOP)
    assert (found.full, found.seeds, found.why) == (2, 2, "")


def test_what_is_wrong_is_called_by_its_name_and_says_why():
    found = tried(LOOP.replace("(i - v) / tau", "(i - v) / tau / tau"))
    assert (found.full, found.names) == (0, ["double_tau", "double_tau"])
    assert found.why.startswith("seed 0: wrong; ")


def test_what_does_not_end_is_given_up_and_not_tried_again():
    found = tried("def leaky_integrator(input_data, tau):\n    while True:\n        pass", seeds="0123456789")
    assert found.full == 0 and found.seeds == 10
    assert "timed out" in found.why


@pytest.mark.parametrize("text", ["1 / 0", "leaky = 1", "raise SystemExit", "import no_such_module"])
def test_a_cell_that_fails_has_earned_nothing(text):
    assert tried(text).full == 0 and "raised" in tried(text).why


def test_a_cell_has_what_its_page_imports_and_nothing_of_its_own_name():
    assert defined("leaky_integrator", "leaky_integrator", "leaky_integrator = np.sum")([1, 2]) == 3
    with pytest.raises(NameError, match="nothing is called leaky_integrator"):
        defined("leaky_integrator", "leaky_integrator", "pass")
    assert callable(defined("delays", "delay_slope", "delay_slope = delayed"))


def test_a_misconception_and_a_form_of_the_reference_are_made():
    slip = Misconception("doubled", "It is doubled.", (("v = v + (i - v) / tau", "v = v + 2 * (i - v) / tau"),))
    made = Attempt("leaky_integrator", "leaky_integrator", "misreading", "doubled", (slip, 0))
    assert try_on([made], ["0"])[0].full == 0
    assert tried("in lists", kind="right").full == 2


def test_the_forms_reach_what_functions_and_methods_return():
    class Neuron:
        def step(self, x):
            return np.ones(2), x

    for form in FORMS.values():
        assert np.allclose(in_form(lambda: np.eye(2), form)(), np.eye(2))
        assert np.allclose(in_form(Neuron, form)().step(3)[0], 1)
        assert in_form(Neuron, form)().step("x")[1] == "x"
        assert np.allclose(in_form(np.arange(3.0), form), [0, 1, 2])
    assert type(in_form(Neuron, FORMS["in lists"])().step(3)[0]) is list
    assert load("diehl_cook").exercise("LIF").reference.__name__ == "LIF"
