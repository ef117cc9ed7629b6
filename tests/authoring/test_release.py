"""What a release holds, and what it must not hold."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbgrader.converters import Autograde
from solution_regions import telling_lines

import autograder
from autograder.authoring import release
from autograder.exercises import UnknownChapter, chapter_names, load
from autograder.grading.course_folder import SECRET, NbgraderFailed, NoCourse, run_converter
from autograder.reference.record import PUBLIC_SEED, record

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def released(released_course, tmp_path_factory) -> Path:
    """A course with every chapter released, to be changed."""
    return Path(shutil.copytree(released_course, tmp_path_factory.mktemp("released") / "course"))


def solution_lines() -> set[str]:
    """Every line of every solution region that says more than a word or two."""
    return {line for line in telling_lines() if len(line) >= 12}


def files_of(folder: Path):
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def test_a_course_has_config_source_release_and_a_folder_and_zip_for_students(released):
    assert {path.name for path in released.iterdir()} >= {"nbgrader_config.py", "source", "release", "students", SECRET}
    for chapter in chapter_names():
        for folder in ("source", "release", "students"):
            assert (released / folder / chapter / f"{chapter}.ipynb").is_file()
        assert (released / "students" / f"{chapter}.zip").is_file()


def test_no_solution_line_marking_scheme_or_secret_is_in_what_students_get(released):
    lines = solution_lines()
    assert len(lines) >= 8
    schemes = [line for name in chapter_names() for essay in load(name).essays for line in essay.scheme.splitlines()]
    secret = (released / SECRET).read_text()
    for path in [*files_of(released / "release"), *files_of(released / "students")]:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                text = "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
        else:
            text = path.read_text(errors="replace")
        plain = text.replace('\\"', '"')
        assert not [line for line in lines if line in plain], path
        assert not [line for line in schemes if len(line) > 20 and line in plain], path
        assert secret not in text, path


def test_the_scan_would_find_a_solution(released):
    source = (released / "source" / "leaky_integrator" / "leaky_integrator.ipynb").read_text()
    assert [line for line in solution_lines() if line in source.replace('\\"', '"')]


def test_the_recorded_answers_are_those_of_the_public_cases_and_no_others(released):
    for name in chapter_names():
        path = released / "students" / name / f"{name}.recorded.json"
        wanted = {one.name: record(one, PUBLIC_SEED) for one in load(name).exercises}
        assert json.loads(path.read_text()) == json.loads(json.dumps(wanted))


def test_students_do_not_get_the_engine_that_judges(released):
    folder = released / "students" / "leaky_integrator" / "autograder"
    there = {path.relative_to(folder).as_posix() for path in files_of(folder)}
    package = Path(autograder.__file__).parent
    ships = [path for name in ("beside", "probes") for path in (package / name).rglob("*.py")]
    assert there == {"__init__.py", "check.py", *(path.relative_to(package).as_posix() for path in ships)}


def test_the_zip_holds_the_folder_and_is_the_same_to_the_byte_each_time(released, tmp_path):
    archive = released / "students" / "leaky_integrator.zip"
    first = archive.read_bytes()
    release.release(["leaky_integrator"], released)
    assert archive.read_bytes() == first
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path)
    folder = released / "students" / "leaky_integrator"
    assert [path.relative_to(folder) for path in files_of(folder)] == [
        path.relative_to(tmp_path / "leaky_integrator") for path in files_of(tmp_path / "leaky_integrator")
    ]


def test_a_student_s_folder_works_alone(released, tmp_path):
    """Unpacked elsewhere, with nothing of the project to import, the check works."""
    folder = Path(shutil.copytree(released / "students" / "leaky_integrator", tmp_path / "home"))
    notebook = nbformat.read(folder / "leaky_integrator.ipynb", as_version=4)
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in notebook.cells}
    program = "\n".join(
        [
            "from autograder.check import check",
            "input_data = [1] * 1000",
            cells["check_input_data"],
            cells["leaky_integrator"],
            "try:\n    " + cells["check_leaky_integrator"],
            "except Exception as error:\n    print(type(error).__name__)",
            "import sys",
            "assert not {'numpy', 'solutions', 'autograder.grading', 'autograder.reference'} & set(sys.modules)",
        ]
    )
    run = [sys.executable, "-I", "-c", f"import sys; sys.path[:0] = ['.']\n{program}"]
    done = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=True)
    assert "input_data: 2 of 2 points, passed" in done.stdout
    assert "leaky_integrator: 0 of 8 points, not attempted" in done.stdout
    assert done.stdout.rstrip().endswith("NotYet")


def test_releasing_again_keeps_the_secret_and_the_instructor_s_settings(released):
    secret = (released / SECRET).read_text()
    with (released / "nbgrader_config.py").open("a") as config:
        config.write("c.CourseDirectory.course_id = 'autumn'\n")
    release.release(["leaky_integrator"], released)
    assert (released / SECRET).read_text() == secret
    assert "autumn" in (released / "nbgrader_config.py").read_text()


def test_the_secret_is_for_the_instructor_s_eyes_only(released):
    assert (released / SECRET).stat().st_mode & 0o077 == 0


def test_an_unknown_chapter_leaves_no_folder_behind(tmp_path):
    with pytest.raises(UnknownChapter, match="no_such"):
        release.release(["leaky_integrator", "no_such"], tmp_path / "course")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(NoCourse, match="not empty and no course"):
        release.release(["leaky_integrator"], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]
    with pytest.raises(NoCourse, match="is a file"):
        release.release(["leaky_integrator"], tmp_path / "thesis.tex")


def test_what_nbgrader_gives_up_on_is_said_in_its_own_words(released):
    with pytest.raises(NbgraderFailed, match="No notebooks were matched"):
        run_converter(Autograde, released, "leaky_integrator", "nobody")
