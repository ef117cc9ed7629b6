"""A submitted notebook made whole: whatever was done to it, it can be graded and nothing the student wrote is lost."""

import warnings
from collections import Counter
from copy import deepcopy

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.authoring.notebook import solved_notebook
from autograder.beside.words import ADDED, OURS
from autograder.exercises import chapter_names
from autograder.grading.markdown import WORD_JOINER
from autograder.grading.restoring import LOOK_NEAR, not_there, restored

FIGURE = "plt.plot(leaky_integrator([1.0], 5))"


def graded(new_cell, source, grade_id, *, grade=False, solution=False, locked=False):
    own = {"schema_version": 3, "grade_id": grade_id, "grade": grade, "solution": solution, "locked": locked}
    return new_cell(
        source, metadata={"nbgrader": own | {"task": False} | ({"points": 2} if grade else {})}, id=grade_id
    )


def released():
    return new_notebook(
        cells=[
            new_markdown_cell("# A chapter with a <b>text</b>", id="title"),
            new_code_cell("import numpy as np", id="imports"),
            graded(new_code_cell, "# YOUR CODE HERE: first", "first", solution=True),
            graded(new_code_cell, 'check("first", first)', "check_first", grade=True, locked=True),
            new_code_cell(FIGURE, metadata={"tags": ["figure"]}, id="figure"),
            graded(new_code_cell, "# YOUR CODE HERE: second", "second", solution=True),
            graded(new_code_cell, 'check("second", second)', "check_second", grade=True, locked=True),
            graded(new_markdown_cell, "YOUR ANSWER HERE", "essay_why", grade=True, solution=True),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )


RELEASED = released()
GRADED = {"check_first", "check_second", "essay_why"}
LOCKED = {"check_first", "check_second"}

IDS = st.sampled_from(["first", "check_first", "second", "check_second", "essay_why"])
JUNK = st.one_of(
    st.none(), st.integers(), st.text(max_size=5), st.lists(st.integers(), max_size=2), st.dictionaries(st.text(), IDS)
)
GARBAGE = st.one_of(
    st.builds(lambda own: {"nbgrader": own}, JUNK),
    st.builds(lambda name: {"nbgrader": {"grade_id": name}}, IDS | JUNK),
    st.builds(lambda name: {"nbgrader": {"grade_id": name, "points": 100, "locked": False, "grade": True}}, IDS),
    st.just({OURS: {"ended": "passed", "only_draws": True, "verdict": {"points": 100}}}),
    st.just({"deletable": False, "editable": False, "tags": ["figure"]}),
)
SOURCES = st.one_of(st.text(max_size=10), st.sampled_from([FIGURE, "first = 1", "1/0", "<script>x</script>", "\ud800"]))


@st.composite
def submissions(draw):
    """The released notebook after anything a student may do to it."""
    notebook = released()
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            cell.source += f"\n# written in cell {number}"
            cell.outputs = [new_output("stream", text="seen at home")]
    for _ in range(draw(st.integers(0, 8))):
        deeds = ["write", *(["delete", "duplicate", "move", "retype", "garble", "edit"] if notebook.cells else [])]
        deed = draw(st.sampled_from(deeds))
        place = draw(st.integers(0, max(len(notebook.cells) - 1, 0)))
        other = draw(st.integers(0, len(notebook.cells)))
        if deed == "write":
            notebook.cells.insert(other, new_code_cell(draw(SOURCES), metadata=draw(GARBAGE)))
        elif deed == "delete":
            del notebook.cells[place]
        elif deed == "duplicate":
            notebook.cells.insert(other, deepcopy(notebook.cells[place]))
        elif deed == "move":
            notebook.cells.insert(other, notebook.cells.pop(place))
        elif deed == "retype":
            make = draw(st.sampled_from([new_code_cell, new_markdown_cell, nbformat.v4.new_raw_cell]))
            old = notebook.cells[place]
            notebook.cells[place] = make(old.source, metadata=deepcopy(old.metadata), id=old.id)
        elif deed == "garble":
            notebook.cells[place].metadata = nbformat.from_dict(draw(GARBAGE))
        else:
            notebook.cells[place].source = draw(SOURCES)
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and draw(st.booleans()):
            cell.attachments = nbformat.from_dict({"\ud800.png": {"image/png": "\udfff"}})
    if draw(st.booleans()):  # as Jupyter wrote them before 2021
        notebook.nbformat_minor = 4
        for cell in notebook.cells:
            del cell["id"]
    if draw(st.booleans()):
        notebook.metadata = nbformat.from_dict({OURS: {"fingerprint": "mine"}, "kernelspec": {"name": "bash"}})
    return notebook


def grade_id(cell):
    own = cell.metadata.get("nbgrader")
    return own.get("grade_id") if isinstance(own, dict) else None


def places(notebook):
    return {grade_id(cell): place for place, cell in enumerate(notebook.cells)}


@given(submitted=submissions())
def test_each_graded_cell_is_there_once_and_a_solution_at_most_once(submitted):
    there = Counter(grade_id(cell) for cell in restored(submitted, RELEASED).cells if "nbgrader" in cell.metadata)
    assert set(there.values()) == {1}
    assert set(there) >= GRADED
    assert set(there) <= GRADED | {"first", "second"}


@given(submitted=submissions())
def test_what_is_locked_is_as_it_was_released_and_all_graded_cells_are_of_the_released_kind(submitted):
    official = {grade_id(cell): cell for cell in RELEASED.cells}
    for cell in restored(submitted, RELEASED).cells:
        if grade_id(cell):
            original = official[grade_id(cell)]
            assert (cell.cell_type, cell.metadata) == (original.cell_type, original.metadata)
            assert grade_id(cell) not in LOCKED or cell.source == original.source


@given(submitted=submissions())
def test_a_check_never_stands_before_the_cell_it_grades(submitted):
    place = places(restored(submitted, RELEASED))
    for name in ("first", "second"):
        assert name not in place or place[name] < place[f"check_{name}"]


@given(submitted=submissions())
def test_all_code_that_was_written_is_still_there(submitted):
    """What was marked as the essay, by its metadata or its id, is text now."""
    kinds = {"first": "code", "second": "code", "essay_why": "markdown", "check_first": "", "check_second": ""}

    def kind(cell):
        names = [name for name in (grade_id(cell), cell.get("id")) if isinstance(name, str) and name in kinds]
        return kinds[names[0]] if names else cell.cell_type

    code = [cell for cell in restored(submitted, RELEASED).cells if cell.cell_type == "code"]
    written = Counter(cell.source.replace("\ud800", "?") for cell in submitted.cells if kind(cell) == "code")
    kept = Counter(cell.source for cell in code)
    locked = [cell.source for cell in RELEASED.cells if grade_id(cell) in LOCKED]
    assert not written - kept - Counter(locked * len(submitted.cells))
    added = [cell.source for cell in submitted.cells if kind(cell) == "" and cell.cell_type == "code"]
    lines = {line.replace("\ud800", "?") for source in added for line in source.splitlines()}
    assert lines - {*locked, ""} <= {line for cell in code for line in cell.source.splitlines()}


@given(submitted=submissions())
def test_what_was_restored_is_whole_already(submitted):
    once = restored(submitted, RELEASED)
    assert restored(once, RELEASED) == once


@given(submitted=submissions())
def test_the_result_is_a_valid_notebook_that_can_be_written(submitted):
    notebook = restored(submitted, RELEASED)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nbformat.validate(notebook)
    assert nbformat.reads(nbformat.writes(notebook).encode(), as_version=4) == notebook
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


@given(submitted=submissions())
def test_nothing_that_was_submitted_passes_for_what_the_judge_or_nbgrader_wrote(submitted):
    notebook = restored(submitted, RELEASED)
    assert notebook.metadata == RELEASED.metadata
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"nbgrader", OURS}
        assert cell.metadata.get(OURS, {"only_draws": True}) == {"only_draws": True}
        assert cell.cell_type != "code" or (cell.outputs == [] and cell.execution_count is None)


@given(submitted=submissions())
def test_only_figures_as_they_were_released_are_left_out_of_the_run(submitted):
    for cell in restored(submitted, RELEASED).cells:
        assert (OURS in cell.metadata) == (cell.cell_type == "code" and cell.source == FIGURE and not grade_id(cell))


@given(submitted=submissions())
def test_what_was_handed_in_stays_as_it_is(submitted):
    before = deepcopy(submitted)
    restored(submitted, RELEASED)
    assert submitted == before


@pytest.mark.parametrize("name", chapter_names())
def test_a_notebook_as_it_was_released_keeps_every_cell_in_its_place(name):
    notebook = solved_notebook(name)
    assert [(cell.id, cell.cell_type, cell.source) for cell in restored(notebook, notebook).cells] == [
        (cell.id, cell.cell_type, cell.source) for cell in notebook.cells
    ]


def test_a_missing_check_comes_back_right_behind_its_exercise():
    submitted = released()
    submitted.cells = [cell for cell in submitted.cells if grade_id(cell) != "check_first"]
    place = places(restored(submitted, RELEASED))
    assert place["check_first"] == place["first"] + 1


def test_of_two_copies_the_last_is_graded_for_it_has_the_last_word_in_the_run():
    submitted = released()
    copy = deepcopy(submitted.cells[2])
    submitted.cells[2].source, copy.source = "first = 1", "first = 2"
    submitted.cells.append(copy)
    notebook = restored(submitted, RELEASED)
    place = places(notebook)
    assert notebook.cells[place["first"]].source == "first = 2"
    assert place["check_first"] > place["first"]
    assert "first = 1" in [cell.source for cell in notebook.cells]


def test_a_copied_check_is_gone_and_not_only_unmarked():
    submitted = released()
    submitted.cells.insert(0, deepcopy(submitted.cells[3]))
    sources = [cell.source for cell in restored(submitted, RELEASED).cells]
    assert sources == [cell.source for cell in RELEASED.cells]


@pytest.mark.parametrize("name", ["essay_why", None])
def test_a_student_s_text_is_shown_and_never_runs_in_the_teacher_s_browser(name):
    submitted = released()
    hostile = "a < b, but <script>alert(1)</script> <IMG SRC=x onerror=y> <!-- x --> </div>"
    if name:
        submitted.cells[-1].source = hostile
    else:
        submitted.cells.append(new_markdown_cell(hostile))
    text = restored(submitted, RELEASED).cells[-1].source
    assert text.startswith("a < b, but ") and text.count(f"<{WORD_JOINER}") == 5
    assert text.replace(WORD_JOINER, "") == hostile
    assert restored(submitted, RELEASED).cells[0].source == RELEASED.cells[0].source


@pytest.mark.parametrize("target", ["javascript:alert(1)", "javascript&#58;alert(1)", "vbscript:x", "data:text/html,x"])
def test_a_student_s_link_leads_to_no_script(target):
    submitted = released()
    submitted.cells[-1].source = f"[here]({target}) [there](https://example.org/a) [r]\n\n[r]: {target}"
    text = restored(submitted, RELEASED).cells[-1].source
    assert target not in text and "(https://example.org/a)" in text


def test_a_picture_pasted_into_an_essay_stays_with_it():
    submitted = released()
    submitted.cells[-1].attachments = {"membrane.png": {"image/png": "aGVsbG8="}}
    assert restored(submitted, RELEASED).cells[-1].attachments == submitted.cells[-1].attachments


@pytest.mark.parametrize(
    ("has", "missing"),
    [
        ({"first", "check_first"}, {"second", "check_second", "essay_why"}),
        ({"first", "check_first", "second"}, {"essay_why"}),
        ({"first", "check_second", "essay_why"}, set()),
        (set(), set()),
    ],
)
def test_not_there_is_what_came_later_and_not_what_a_student_deleted(has, missing):
    later = released()
    later.metadata[OURS] = {ADDED: ["second", "check_second", "essay_why"]}
    handed_in = new_notebook(cells=[cell for cell in released().cells if cell.id in has])
    assert not_there(handed_in, later) == missing
    for cell in handed_in.cells:
        cell.metadata.clear()
    assert not_there(handed_in, later) == missing


def with_metadata_lost(notebook, *, ids_too):
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({"collapsed": False})
        if ids_too:
            del cell["id"]
    return notebook


HELPER = "def helper(x):\n    return x"
MERGED = {
    "an answer above": (f'{HELPER}\n\ncheck("first", first)', HELPER),
    "a helper below": (f'check("first", first)\n\n{HELPER}', HELPER),
    "around it": (f'x = 1\n\ncheck("first", first)\n{HELPER}', f"x = 1\n\n\n{HELPER}"),
    "in place of it": ("check(first, verbose)", "check(first, verbose)"),
    "both checks": (f'check("first", first)\n\n{HELPER}\n\ncheck("second", second)', HELPER),
    "in a loop": ('for _ in "ab":\n    check("first", first)', 'for _ in "ab":\n    check("first", first)'),
    "nothing": ('\ncheck("first", first) \n', None),
    "nothing is left": ("", None),
}


@pytest.mark.parametrize(("source", "added"), MERGED.values(), ids=MERGED)
def test_what_was_added_to_a_locked_cell_stands_before_it_in_a_cell_of_its_own(source, added):
    submitted = released()
    submitted.cells[3].source = source
    notebook = restored(submitted, RELEASED)
    place = places(notebook)["check_first"]
    assert notebook.cells[place].source == RELEASED.cells[3].source
    assert notebook.cells[place - 1].source == (added or RELEASED.cells[2].source)
    assert len(notebook.cells) == len(RELEASED.cells) + bool(added)


def test_what_was_added_to_one_of_two_copies_of_a_check_is_kept_too():
    submitted = released()
    submitted.cells.insert(3, deepcopy(submitted.cells[3]))
    submitted.cells[3].source += f"\n{HELPER}"
    sources = [cell.source for cell in restored(submitted, RELEASED).cells]
    assert sources.count(HELPER) == 1 and sources.count(RELEASED.cells[3].source) == 1


@pytest.mark.parametrize("ids_too", [False, True])
def test_cells_whose_metadata_an_editor_has_lost_are_known_by_their_ids_or_their_texts(ids_too):
    submitted = with_metadata_lost(released(), ids_too=ids_too)
    assert [(cell.id, cell.source) for cell in restored(submitted, RELEASED).cells if grade_id(cell)] == [
        (cell.id, cell.source) for cell in RELEASED.cells if grade_id(cell)
    ]


def test_a_stub_behind_a_copy_of_it_that_is_written_in_does_not_take_its_name():
    submitted = released()
    submitted.cells.insert(2, deepcopy(submitted.cells[2]))
    submitted.cells[2].source = "first = 1"
    notebook = restored(submitted, RELEASED)
    assert notebook.cells[places(notebook)["first"]].source == "first = 1"


def essay_of(notebook):
    notebook = restored(notebook, RELEASED)
    return notebook.cells[places(notebook)["essay_why"]].source


QUESTION = new_markdown_cell("## Why?", id="question")
ESSAYS = {
    "in a cell below": lambda cells: cells.append(new_markdown_cell("Because.")),
    "above": lambda cells: cells.insert(-1, new_markdown_cell("Because.")),
    "as code": lambda cells: cells.append(new_code_cell("# Because.")),
    "as raw text": lambda cells: cells.append(nbformat.v4.new_raw_cell("Because.")),
    "instead of it": lambda cells: cells.__setitem__(-1, new_markdown_cell("Because.")),
    "in another one's place": lambda cells: cells.extend([new_markdown_cell(" "), new_markdown_cell("Because.")]),
    "into a check merged with it": lambda cells: cells.__setitem__(
        slice(-2, None), [graded(new_code_cell, 'check("second", second)\n\nBecause.', "check_second", locked=True)]
    ),
}


@pytest.mark.parametrize("write", ESSAYS.values(), ids=ESSAYS)
@pytest.mark.parametrize("ids_too", [None, False, True])
def test_an_essay_written_near_its_cell_is_to_be_looked_at(write, ids_too):
    submitted = released()
    write(submitted.cells)
    if ids_too is not None:
        with_metadata_lost(submitted, ids_too=ids_too)
    assert essay_of(submitted) == LOOK_NEAR
    assert any("Because." in cell.source for cell in restored(submitted, RELEASED).cells)


@pytest.mark.parametrize("copies", [("", "Because."), ("Because.", "")])
@pytest.mark.parametrize("has_metadata", [True, False])
def test_of_two_copies_of_an_essay_the_written_one_counts(copies, has_metadata):
    submitted = released()
    copy = deepcopy(submitted.cells[-1]) if has_metadata else new_markdown_cell(RELEASED.cells[-1].source)
    submitted.cells.append(copy)
    for cell, text in zip(submitted.cells[-2:], copies, strict=True):
        cell.source = text or cell.source
    assert essay_of(submitted) in ("Because.", LOOK_NEAR)


def test_an_essay_is_not_attempted_if_its_cell_is_as_it_was_and_nothing_new_stands_near():
    submitted = released()
    assert essay_of(submitted) == RELEASED.cells[-1].source
    submitted.cells.insert(2, new_markdown_cell("my notes, far away"))
    submitted.cells.append(new_code_cell(" "))
    assert essay_of(submitted) == RELEASED.cells[-1].source
    del submitted.cells[-2]
    assert essay_of(submitted) == RELEASED.cells[-1].source


def test_an_essay_merged_with_its_question_is_looked_at():
    asked = released()
    asked.cells.insert(-1, QUESTION)
    submitted = deepcopy(asked)
    submitted.cells[-2:] = [new_markdown_cell("## Why?\n\nBecause.", id="question")]
    notebook = restored(submitted, asked)
    assert [cell.source for cell in notebook.cells[-2:]] == ["## Why?\n\nBecause.", LOOK_NEAR]
