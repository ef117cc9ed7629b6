"""A chapter unfolded: the page shows stubs and runs references, the notebook can be released and runs."""

import ast
import shutil
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient
from nbgrader.preprocessors import CheckCellMetadata, ClearSolutions

from autograder.authoring import plan
from autograder.authoring.notebook import solved_notebook
from autograder.authoring.page import read_page
from autograder.authoring.release import HandOut, files_beside
from autograder.authoring.unfolding import UnreadableChapter
from autograder.beside.check import RECORDED
from autograder.exercises import chapter_names, load
from autograder.reference import places
from autograder.reference.definition import definition
from autograder.reference.digest import digest
from autograder.reference.record import write_records

pytestmark = pytest.mark.slow

every_chapter = pytest.mark.parametrize("name", chapter_names())


def copied(folder, patch):
    """A copy of what chapters are made from, in the project's place."""
    for name in ("autograder", "solutions"):
        shutil.copytree(places.PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(places.PROJECT / "_toc.yml", folder)  # which numbers the chapters
    (folder / "book").mkdir()
    for path in places.BOOK.iterdir():
        if path.is_file():
            shutil.copy(path, folder / "book")
    if (places.PROJECT / "_build" / "records").is_dir():
        shutil.copytree(places.PROJECT / "_build" / "records", folder / "_build" / "records")
    patch.setattr(places, "PROJECT", folder)
    patch.setattr(places, "BOOK", folder / "book")
    return folder


@pytest.fixture
def project(tmp_path, monkeypatch):
    """What chapters are made from, to be changed."""
    return copied(tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def unfolded(tmp_path_factory, records):
    """Every page of every chapter, and the folder of the project that it was made in."""
    with pytest.MonkeyPatch.context() as patch:
        folder = copied(tmp_path_factory.mktemp("project"), patch)
        return {name: page_of(name) for name in plan.pages_of(chapter_names())}, folder


def page_of(name):
    return read_page((places.BOOK / f"{name}.md").read_text())


def solution_lines(exercise) -> set[str]:
    within, found = False, set()
    for line in definition(exercise.module, exercise.name).splitlines():
        if "### BEGIN SOLUTION" in line or "### END SOLUTION" in line:
            within = "BEGIN" in line
        elif within:
            found.add(line.strip())
    return found


def graded(notebook):
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}


def tags(cell):
    return cell.metadata.get("tags", [])


# The notebook


@every_chapter
def test_the_notebook_is_valid_for_jupyter_and_for_nbgrader(name):
    notebook = solved_notebook(name)
    nbformat.validate(notebook)
    CheckCellMetadata().preprocess(notebook, {})
    assert notebook.metadata.kernelspec.name == "python3"


@every_chapter
def test_every_exercise_has_a_cell_to_write_in_and_a_locked_check_with_its_points_behind_it(name):
    notebook = solved_notebook(name)
    order = list(graded(notebook))
    for exercise in load(name).exercises:
        written = graded(notebook)[exercise.name].metadata.nbgrader
        check = graded(notebook)[f"check_{exercise.name}"]
        assert (written.solution, written.grade, written.locked) == (True, False, False)
        own = check.metadata.nbgrader
        assert (own.solution, own.grade, own.locked, own.points) == (False, True, True, exercise.points)
        assert check.source == f'check("{exercise.name}", {exercise.name})'
        assert order.index(exercise.name) < order.index(f"check_{exercise.name}")


@every_chapter
def test_every_essay_is_a_text_to_be_marked_by_hand_under_its_question(name):
    notebook = solved_notebook(name)
    for essay in load(name).essays:
        cell = graded(notebook)[f"essay_{essay.name}"]
        own = cell.metadata.nbgrader
        assert (cell.cell_type, own.solution, own.grade, own.locked) == ("markdown", True, True, False)
        assert own.points == essay.points
        question = notebook.cells[notebook.cells.index(cell) - 1]
        assert question.cell_type == "markdown" and "?" in question.source


@every_chapter
def test_two_conversions_are_the_same_to_the_id(name):
    one, other = solved_notebook(name), solved_notebook(name)
    assert nbformat.writes(one) == nbformat.writes(other)
    assert len({cell.id for cell in one.cells}) == len(one.cells)
    assert all(cell.id == grade_id for grade_id, cell in graded(one).items())


@every_chapter
def test_a_student_s_cell_has_no_type_hints_and_is_the_reference_otherwise(name):
    cells = graded(solved_notebook(name))
    for exercise in load(name).exercises:
        tree, reference = ast.parse(cells[exercise.name].source), ast.parse(definition(exercise.module, exercise.name))
        for node in ast.walk(tree):
            assert not getattr(node, "annotation", None) and not getattr(node, "returns", None)
        for node in ast.walk(reference):
            if isinstance(node, ast.FunctionDef):
                node.returns = None
            if isinstance(node, ast.arg):
                node.annotation = None
        assert ast.dump(tree) == ast.dump(reference)


@every_chapter
def test_what_is_released_of_a_cell_holds_no_line_of_its_solution_and_no_marking_scheme(name):
    released, _ = HandOut().preprocess(solved_notebook(name), {})
    released, _ = ClearSolutions().preprocess(released, {})
    text = "\n".join(line for cell in released.cells for line in cell.source.splitlines())
    for exercise in load(name).exercises:
        stub = graded(released)[exercise.name].source
        assert not solution_lines(exercise) & {line.strip() for line in stub.splitlines()}
        assert solution_lines(exercise)
        ast.parse(stub)
        assert "NotImplementedError" in stub
    for essay in load(name).essays:
        assert not [line for line in essay.scheme.splitlines() if line.strip() and line in text]
    assert "### BEGIN SOLUTION" not in text


@every_chapter
def test_the_text_of_the_notebook_needs_no_sphinx(name):
    for cell in solved_notebook(name).cells:
        if cell.cell_type == "markdown":
            assert "{cite" not in cell.source and "```{" not in cell.source


@every_chapter
def test_the_solved_notebook_runs_from_top_to_bottom_and_passes_all_its_checks(name, tmp_path, monkeypatch):
    """Its figures are left out, as when it is graded: the book draws them, and tests/authoring/test_pages.py looks.

    Not so where the page leaves a cell to the notebook.
    """
    monkeypatch.delenv(RECORDED, raising=False)
    write_records(load(name), tmp_path)
    solved = solved_notebook(name)
    if "skip-execution" not in places.page(name).read_text():
        solved.cells = [cell for cell in solved.cells if "figure" not in tags(cell)]
    for place, path in files_beside(solved).items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, tmp_path / place)
    notebook = NotebookClient(solved, timeout=600, resources={"metadata": {"path": tmp_path}}).execute()
    for exercise in load(name).exercises:
        [verdict] = graded(notebook)[f"check_{exercise.name}"].outputs
        assert verdict.data["text/plain"].startswith(
            f"{exercise.name}: {exercise.points:g} of {exercise.points:g} points"
        )


def test_what_an_earlier_chapter_asked_for_is_there_in_the_source_and_fetched_in_the_release():
    source = solved_notebook("time_surfaces")
    [place] = [n for n, cell in enumerate(source.cells) if cell.source.startswith("def leaky_integrator(")]
    released, _ = HandOut().preprocess(source, {})
    assert released.cells[place].source.endswith('fetch("leaky_integrator", "leaky_integrator")')
    assert released.cells[place].metadata == {}
    shown = [cell for cell in page_of("time_surfaces").cells if "earlier" in tags(cell)]
    assert len(shown) == 2 and all("fetch(" in cell.source and "skip-execution" in tags(cell) for cell in shown)


# The page


@every_chapter
def test_the_page_shows_each_stub_unrun_and_runs_the_reference_unseen(name, unfolded):
    cells = unfolded[0][name].cells
    for exercise in load(name).exercises:
        [place] = [n for n, cell in enumerate(cells) if cell.source == f"from solutions.{name} import {exercise.name}"]
        stub, reference = cells[place - 1], cells[place]
        assert "skip-execution" in tags(stub) and "exercise" in tags(stub)
        assert tags(reference) == ["remove-cell"]
        assert stub.source.startswith(("def ", "class ", "@", exercise.name))


@every_chapter
def test_no_cell_that_is_shown_holds_a_line_of_a_solution_or_a_scheme(name, unfolded):
    cells = [cell for page in plan.pages_of([name]) for cell in unfolded[0][page].cells]
    shown = [cell.source for cell in cells if "remove-cell" not in tags(cell)]
    lines = {line.strip() for source in shown for line in source.splitlines()}
    for exercise in load(name).exercises:
        assert not {line for line in solution_lines(exercise) & lines if len(line) > 12}
    assert "solutions" not in "\n".join(cell.source for cell in cells if "exercise" in tags(cell))
    for essay in load(name).essays:
        assert essay.scheme not in "\n".join(shown)
        assert any(f"{essay.points:g} points, marked by hand" in source for source in shown)


@every_chapter
def test_the_page_finds_the_recorded_answers_of_its_chapter(name, unfolded):
    pages, project = unfolded
    first = pages[name].cells[0]
    assert tags(first) == ["remove-cell"]
    code = f"{first.source}\nprint(os.environ['{RECORDED}'])"
    folder = subprocess.run([sys.executable, "-c", code], cwd=project / "book", capture_output=True, text=True).stdout
    assert (project / "book" / folder.strip() / f"{name}.recorded.json").is_file()


def test_a_page_without_exercises_is_left_as_it_is(project):
    notebook = read_page("# A page\n\n```{code-cell}\n1 + 1\n```\n")
    assert [(cell.cell_type, cell.source) for cell in notebook.cells] == [("markdown", "# A page"), ("code", "1 + 1")]
    assert not (project / "_build" / "recorded").exists()


@pytest.mark.parametrize(
    "path",
    [
        "solutions/leaky_integrator.py",
        "autograder/exercises/leaky_integrator.py",
        "autograder/beside/picture.py",
        "autograder/probes/__init__.py",
        "book/figures.py",
    ],
)
def test_a_changed_source_changes_the_page_so_that_its_figures_are_made_anew(project, path):
    before, page = digest("leaky_integrator"), page_of("leaky_integrator").cells[0].source
    assert digest("leaky_integrator") == before
    with (project / path).open("a") as file:
        file.write("# changed\n")
    assert digest("leaky_integrator") != before
    assert page_of("leaky_integrator").cells[0].source != page


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("autograder/grading/report/page.py", set()),
        ("autograder/authoring/release.py", set()),
        ("solutions/models/adjoint/__init__.py", {"adjoint"}),
        ("autograder/exercises/delays.py", {"delays"}),
        ("autograder/probes/lif_filters.py", {"lif_filters"}),
        ("solutions/lif_filters.py", {"lif_filters", "time_surfaces"}),
        ("autograder/beside/compare.py", set(chapter_names())),
    ],
)
def test_a_change_reaches_the_chapters_that_are_made_from_it_and_no_others(project, path, changed):
    before = {name: digest(name) for name in chapter_names()}
    with (project / path).open("a") as file:
        file.write("# changed\n")
    assert {name for name in chapter_names() if digest(name) != before[name]} == changed


@pytest.mark.parametrize("path", ["solutions/__init__.py", "solutions/models/delays/layer.py", "solutions/delays.py"])
def test_a_page_of_models_changes_with_what_they_are_bound_to(project, path):
    page = "```{code-cell}\n:tags: [model]\nfrom solutions import DelayLayer\n```\n"
    before = read_page(page).cells[0].source
    with (project / path).open("a") as file:
        file.write("# changed\n")
    assert read_page(page).cells[0].source != before


def test_another_version_of_a_package_changes_the_chapters_that_import_it(tmp_path, monkeypatch):
    before = {name: digest(name) for name in chapter_names()}
    other = tmp_path / "numba-99.dist-info"
    other.mkdir()
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: numba\nVersion: 99\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert {name for name in chapter_names() if digest(name) != before[name]} == {"adjoint", "diehl_cook"}


# Chapters that do not keep to the form

EXERCISE = """```{code-cell} ipython3
:tags: [exercise]
from solutions.leaky_integrator import input_data
```
"""
CHECK = """```{code-cell} ipython3
:tags: [check]
check("input_data", input_data)
```
"""
ESSAY = '+++ {"essay": "negative_voltage"}\n'


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (EXERCISE, "", "leaky_integrator: cells missing, or there more than once: input_data$"),
        (CHECK, "", "more than once: check_input_data$"),
        (EXERCISE, EXERCISE + EXERCISE, "more than once: input_data$"),
        (CHECK, CHECK + CHECK, "more than once: check_input_data$"),
        (EXERCISE + "\n" + CHECK, "", "more than once: check_input_data, input_data$"),
        (ESSAY, "+++\n", "more than once: essay_negative_voltage$"),
        (CHECK, CHECK.replace("check(", "print("), r"holds 'print\(.*expected 'check\("),
        (CHECK, CHECK.replace('"input_data"', "input_data"), r"holds 'check\(input_data.*expected 'check\("),
        (EXERCISE, EXERCISE.replace("import input_data", "import *"), r"import \*', expected 'from solutions\.chapter"),
        (EXERCISE, EXERCISE.replace("import input_data", "import input_data as i"), "expected 'from solutions"),
    ],
)
def test_a_chapter_that_does_not_keep_to_the_form_says_where(project, old, new, says):
    path = project / "book" / "leaky_integrator.md"
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    with pytest.raises(UnreadableChapter, match=says):
        solved_notebook("leaky_integrator")


def test_a_page_with_the_exercises_of_two_modules_says_so(project):
    text = (project / "book" / "leaky_integrator.md").read_text()
    with pytest.raises(UnreadableChapter, match="one module, not from leaky_integrator, lif"):
        read_page(text.replace(EXERCISE, EXERCISE.replace("leaky_integrator", "lif")))


@pytest.mark.parametrize("wrong", ["import solutions", "from solutions.leaky_integrator import *"])
def test_a_page_whose_exercise_is_no_import_of_a_reference_says_so(project, wrong):
    text = (project / "book" / "leaky_integrator.md").read_text()
    with pytest.raises(UnreadableChapter, match="expected 'from solutions"):
        read_page(text.replace(EXERCISE, EXERCISE.replace("from solutions.leaky_integrator import input_data", wrong)))


def test_an_exercise_that_the_chapter_does_not_have_is_missed_by_name(project):
    path = project / "book" / "leaky_integrator.md"
    path.write_text(path.read_text().replace(CHECK, CHECK.replace('"input_data"', '"input_date"')))
    with pytest.raises(UnreadableChapter, match=r"^leaky_integrator: .*input_date.*there is input_data"):
        solved_notebook("leaky_integrator")


def test_a_source_that_the_bibliography_does_not_have_is_missed_by_name(project):
    path = project / "book" / "leaky_integrator.md"
    path.write_text(path.read_text() + "\nAs is well known {cite:p}`nobody1999`.\n")
    with pytest.raises(UnreadableChapter, match=r"references\.bib has no entry nobody1999"):
        solved_notebook("leaky_integrator")
