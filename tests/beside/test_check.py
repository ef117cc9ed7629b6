"""``check`` under each exercise: at once and whole at home, silent about what is right when graded."""

import os
import subprocess
import sys

import numpy as np
import pytest

from autograder.beside.check import RECORDED, NotYet, _read, answer, check
from autograder.beside.kit import pack_kit
from autograder.exercises import load
from autograder.reference.record import misreading, write_records

CHAPTER = load("leaky_integrator")
EXERCISE = CHAPTER.exercise("leaky_integrator")
RIGHT = """
def leaky_integrator(input_data, tau):
    rows = [list(row) if hasattr(row, "__iter__") else [row] for row in input_data]
    v, voltages = [0.0] * len(rows[0]), []
    for row in rows:
        v = [one + (i - one) / tau for one, i in zip(v, row)]
        voltages.append(v)
    return voltages
"""


@pytest.fixture(scope="module")
def student_folder(tmp_path_factory):
    """What a student has: the recorded answers and the small part of the autograder that ships."""
    folder = tmp_path_factory.mktemp("student")
    write_records(CHAPTER, folder)
    pack_kit(folder)
    return folder


@pytest.fixture
def at_home(student_folder, monkeypatch):
    monkeypatch.delenv(RECORDED, raising=False)
    monkeypatch.chdir(student_folder)
    return student_folder


def in_another_process(folder, code, *options, **environment):
    kept = {name: value for name, value in os.environ.items() if name not in (RECORDED, "PYTHONPATH")}
    return subprocess.run(
        [sys.executable, *options, "-c", f"import sys; sys.path.insert(0, '')\n{code}"],
        cwd=folder,
        env=kept | environment,
        capture_output=True,
        text=True,
    )


# At home


def test_a_notebook_that_has_gone_to_another_folder_is_still_checked(student_folder):
    gone = "from autograder.check import check\nimport os; os.chdir('..')"
    done = in_another_process(student_folder, f"{gone}\n{RIGHT}\ncheck('leaky_integrator', leaky_integrator)")
    assert done.returncode == 0 and "8 of 8" in done.stdout, done.stderr


def test_what_is_right_is_said_to_be_and_raises_nothing(at_home, capsys):
    check("leaky_integrator", EXERCISE.reference)
    said = capsys.readouterr().out
    assert "leaky_integrator: 8 of 8 points, passed" in said
    assert said.count("[x]") == len(EXERCISE.criteria)


def test_what_is_not_right_yet_is_shown_whole_and_then_raised_in_one_line(at_home, capsys):
    slip = next(one for one in EXERCISE.misconceptions if one.name == "double_tau")
    with pytest.raises(NotYet) as raised:
        check("leaky_integrator", misreading(EXERCISE, slip))
    assert str(raised.value) == "leaky_integrator: 0 of 8 points, wrong"
    assert raised.value.__cause__ is None and raised.value.__suppress_context__
    said = capsys.readouterr().out
    assert slip.says in said and said.count("[ ]") == len(EXERCISE.criteria)


def test_an_untouched_stub_is_not_attempted(at_home, capsys):
    with pytest.raises(NotYet, match="not attempted"):
        check("input_data", ...)
    assert "[ ]" in capsys.readouterr().out


def test_an_error_of_the_student_s_is_told_with_the_line_it_came_from(at_home, capsys):
    def leaky_integrator(input_data, tau):
        return input_data[len(input_data)]

    with pytest.raises(NotYet, match="raised"):
        check("leaky_integrator", leaky_integrator)
    said = capsys.readouterr().out
    assert "IndexError: index 30 is out of bounds" in said and "(in: return input_data[len(input_data)])" in said


def test_no_line_but_the_student_s_own_is_shown_with_an_error():
    for thing, inputs in ((lambda signal: signal, {"signal": 1, "tau": 2}), (np.concatenate, {"rows": [[[1]], [1]]})):
        given = answer("call", thing, inputs)
        assert given["raised"] in ("TypeError", "ValueError") and "(in:" not in given["says"]


def test_an_error_with_a_long_or_broken_message_is_told_in_a_line():
    class Unspeakable(Exception):
        def __str__(self):
            raise RuntimeError("not even that")

    def long(_):
        raise ValueError("spike\n" * 1000)

    def unspeakable(_):
        raise Unspeakable

    for thing in (long, unspeakable):
        given = answer("call", thing, {"input_data": [1.0]})
        assert set(given) == {"raised", "says"}
        assert len(given["says"]) < 400 and "\n" not in given["says"]


def test_stopping_by_hand_stops_the_check(at_home):
    def endless(input_data, tau):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check("leaky_integrator", endless)


def test_recorded_answers_that_are_not_there_are_missed_by_name(at_home, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LookupError, match=r"no recorded answers for 'leaky_integrator' in .*recorded\.json"):
        check("leaky_integrator", EXERCISE.reference)
    monkeypatch.chdir(at_home)
    with pytest.raises(LookupError, match="no recorded answers for 'leaky_integrater'"):
        check("leaky_integrater", EXERCISE.reference)


def test_the_folder_of_the_recorded_answers_can_be_another(at_home, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(RECORDED, str(at_home))
    check("leaky_integrator", EXERCISE.reference)
    assert "passed" in capsys.readouterr().out


def test_recorded_answers_are_read_once_and_again_where_they_have_changed(tmp_path, monkeypatch):
    monkeypatch.setenv(RECORDED, str(tmp_path))
    kept = write_records(CHAPTER, tmp_path)
    check("leaky_integrator", EXERCISE.reference)
    before = _read.cache_info()
    check("leaky_integrator", EXERCISE.reference)
    after = _read.cache_info()
    assert (after.misses, after.hits) == (before.misses, before.hits + 1)
    kept.write_text("{}")
    with pytest.raises(LookupError, match="no recorded answers for 'leaky_integrator'"):
        check("leaky_integrator", EXERCISE.reference)


def test_it_works_where_there_is_no_package_at_all(student_folder):
    code = f"from autograder.check import check\n{RIGHT}\ncheck('leaky_integrator', leaky_integrator)"
    done = in_another_process(student_folder, code, "-S", "-E")
    assert "8 of 8 points, passed" in done.stdout, done.stderr


def test_what_ships_beside_a_student_s_code_imports_numpy_only_if_they_do(student_folder):
    code = f"from autograder.check import check\n{RIGHT}\ncheck('leaky_integrator', leaky_integrator)\n"
    done = in_another_process(student_folder, code + "import sys; print(sorted(set(sys.modules) & {'numpy', 'torch'}))")
    assert done.stdout.endswith("[]\n"), done.stderr


def test_in_a_notebook_the_verdict_is_html_and_the_error_a_single_line(student_folder):
    code = """
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
shell = InteractiveShell.instance(colors="nocolor")
with capture_output() as seen:
    shell.run_cell("from autograder.check import check\\ncheck('input_data', [0] * 1000)")
print("text/html" in seen.outputs[0].data, "A current of 0 leaves" in seen.outputs[0].data["text/html"])
print(seen.stdout.strip())
"""
    done = in_another_process(student_folder, code)
    assert done.stdout == "True True\\nNotYet: input_data: 1 of 2 points, partly\\n".replace("\\n", "\n"), done.stderr
