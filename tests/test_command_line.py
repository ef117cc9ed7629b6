"""The command line: what works, and the one line and exit code for what does not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

AUTOGRADER = Path(sys.executable).with_name("autograder")


def run(*words: object, **more) -> subprocess.CompletedProcess:
    return subprocess.run([AUTOGRADER, *map(str, words)], capture_output=True, text=True, **more)


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["release"],
        ["collect"],
        ["grade"],
        ["report"],
        ["grades"],
        ["feedback"],
        ["demo"],
        ["prove"],
        ["new"],
        ["fetch-pyodide"],
        ["pdf"],
    ],
)
def test_help_says_what_each_command_does(command):
    done = run(*command, "--help")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 5


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["release", "no_such", "--course", "new"], "unknown chapter 'no_such': there is"),
        (["grade", "leaky_integrator", "--course", "."], "is no course: make one with"),
        (["grade", "leaky_integrator", "--course", "nowhere"], "is no course: make one with"),
        (["report", "leaky_integrator", "--course", "."], "is no course: make one with"),
        (["grade", "leaky_integrator"], "--course"),
        (["collect", "no_such.zip", "--course", "."], "'no_such.zip' does not exist"),
        (["feedback", "leaky_integrator", "--course", "."], "is no course: make one with"),
        (["grades", "leaky_integrator", "--course", ".", "--for", "blackboard"], "'moodle', 'canvas'"),
        (["grade", "--course", "."], "CHAPTER"),
        (["grade", "leaky_integrator", "--course", ".", "--workers", "0"], "0 is not in the range"),
        (["grade", "adjoint", "--course", ".", "--workers", "2", "--scheduler", "tcp://h:1"], "say one of them"),
        (["grate"], "No such command 'grate'"),
        (["fetch-pyodide", "no_such"], "has no package 'no_such'"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(words, says, tmp_path):
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "course"
    done = run("release", "leaky_integrator", "--course", folder)
    assert done.returncode == 0, done.stderr
    assert "leaky_integrator.zip" in done.stdout
    return folder


def test_a_chapter_that_is_not_in_the_course_is_wrong_use(released):
    done = run("grade", "lifs", "--course", released)
    assert done.returncode == 2 and "unknown chapter 'lifs'" in done.stderr


def test_without_bubblewrap_nothing_is_graded_and_the_line_says_how_to_get_it(released):
    from autograder.authoring import sample_class

    sample_class.hand_in(released, sample_class.CLASS[:1])
    done = run("grade", "leaky_integrator", "--course", released, env={"PATH": str(released)})
    assert done.returncode == 1
    assert "apt install bubblewrap" in done.stderr and "--unsafe" in done.stderr
    assert not (released / "autograded").exists()


def test_unsafe_grades_without_bubblewrap_those_one_trusts(released):
    from autograder.authoring import sample_class

    sample_class.hand_in(released, sample_class.CLASS[:1])
    done = run("grade", "leaky_integrator", "--course", released, "--unsafe", env={"PATH": str(released)})
    assert done.returncode == 0, done.stderr
    assert "perfect" in done.stdout and "8 passed" in done.stdout


def test_the_demo_without_bubblewrap_grades_the_harmless_part_and_says_so(tmp_path):
    from autograder.authoring import sample_class

    done = run("demo", "--course", tmp_path / "course", env={"PATH": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    harmless = {student.name for student in sample_class.CLASS if student.harmless}
    assert f"only the harmless {len(harmless)} of {len(sample_class.CLASS)}" in done.stderr
    assert {path.name for path in (tmp_path / "course" / "autograded").iterdir()} == harmless


def test_the_demo_does_not_mix_with_a_real_class(released):
    real = released / "submitted" / "ann" / "leaky_integrator"
    real.mkdir(parents=True)
    done = run("demo", "--course", released)
    assert done.returncode == 2
    assert "submissions of a real class (ann)" in done.stderr
    real.rmdir()
    real.parent.rmdir()


@pytest.mark.sandbox
def test_a_submission_that_cannot_be_read_is_named_and_the_exit_code_is_1(released):
    from autograder.authoring import sample_class

    sample_class.hand_in(released, sample_class.CLASS[:1])
    broken = released / "submitted" / "bob" / "leaky_integrator" / "leaky_integrator.ipynb"
    broken.parent.mkdir(parents=True)
    broken.write_text("not a notebook")
    done = run("grade", "leaky_integrator", "--course", released)
    assert done.returncode == 1
    assert "bob: leaky_integrator.ipynb is no notebook" in done.stderr
    assert "perfect" in done.stdout


def test_odd_names_are_printed_as_they_are_and_a_link_is_one_line(released):
    from autograder.authoring import sample_class

    sample_class.hand_in(released, sample_class.CLASS[:1])
    notebook = released / "submitted" / "perfect" / "leaky_integrator" / "leaky_integrator.ipynb"
    odd = {"[bold]k": "[bold]k", "\x1b[31mred": r"\x1b[31mred", ":smile:": ":smile:", "=cmd": "=cmd"}
    for name in odd:
        shutil.copytree(notebook.parent, released / "submitted" / name / "leaky_integrator")
    (released / "submitted" / "linked").symlink_to(notebook.parent.parent)
    try:
        done = run("grade", "leaky_integrator", "--course", released, "--unsafe")
        shown = run("report", "leaky_integrator", "--course", released)
    finally:
        for name in odd:
            shutil.rmtree(released / "submitted" / name)
        (released / "submitted" / "linked").unlink()
    assert done.returncode == 1 and shown.returncode == 0, done.stderr
    assert done.stderr.splitlines().count("linked: linked is a link; hand in the folder itself") == 1
    for name in odd.values():
        assert f"{name}: not a student's name" in done.stderr
        assert name in done.stdout and name in shown.stdout
    for text in (done.stdout, done.stderr, shown.stdout):
        assert all(one.isprintable() for one in text.replace("\n", "").replace("\r", ""))
