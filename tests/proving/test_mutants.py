"""Mutants: a solution with one thing in it changed, each another program, and named by what is changed."""

import ast

import pytest

from autograder.exercises import chapter_names, load
from autograder.proving.mutants import mutants
from autograder.reference.definition import definition

EXERCISES = [pytest.param(one, id=one.name) for name in chapter_names() for one in load(name).exercises]


def changed(line, parameters="v, i"):
    """What a line of a solution may become."""
    text = f"def step({parameters}):\n    {line}"
    return {mutant.split("\n")[1].strip() for mutant in mutants(text).values()}


@pytest.mark.parametrize(
    ("line", "some"),
    [
        ("return v + i", {"return (v - i)", "return (v)", "return (i)", "return i + i", "return v + v"}),
        ("return v < 1", {"return (v <= 1)", "return (v >= 1)", "return v < 2", "return v < (0)"}),
        ("return v and i", {"return (v or i)", "return (v)", "return (i)"}),
        ("return -v", {"return (v)"}),
        ("return 0.5", {"return 0.55"}),
        ("return True", {"return False"}),
        ("v += i", {"v -= i", "v = i", "pass"}),
        ("return v.max(axis=0)", {"return v.min(axis=0)", "return v.max()", "return v.max(axis=1)"}),
        ("return f(v, i)", {"return f(i, v)", "return (v)"}),
        ("return v[1:2]", {"return v[1:]", "return v[:2]", "return v[2:2]"}),
        ("v[0] = i", {"pass", "v[1] = i"}),
        ("while v: i()", {"while True: i()", "while False: i()", "while v: pass"}),
        ("return v if i else 0", {"return v if True else 0", "return v if False else 0"}),
    ],
)
def test_one_thing_is_changed(line, some):
    assert some <= changed(line)


@pytest.mark.parametrize("line", ["return np.asarray(v)", "return max(v, v)"])
def test_what_would_change_nothing_is_left_out(line):
    assert "return (v)" not in changed(line, "v") or "max" in line
    assert line not in changed(line, "v")


def test_only_the_solution_is_changed():
    text = "def f(x):\n    x = x + 1\n    ### BEGIN SOLUTION\n    return x + 2\n    ### END SOLUTION\n"
    assert all("x = x + 1\n" in mutant for mutant in mutants(text).values())
    assert any("return (x - 2)" in mutant for mutant in mutants(text).values())


def test_a_mutant_is_named_by_its_line_and_by_what_is_changed():
    assert "return v + i: v + i -> (v - i)" in mutants("def f(v, i):\n    return v + i")


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_mutant_of_an_exercise_is_another_program(exercise):
    text = definition(exercise.module, exercise.name)
    found = [ast.dump(ast.parse(one)) for one in [text, *mutants(text).values()]]
    assert len(set(found)) == len(found)
    assert len(found) > 1
