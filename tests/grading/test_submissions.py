"""What was handed in is read with care, and what cannot be read says why in a line."""

import json
import os
import shutil
import time
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading.restoring import restored
from autograder.grading.submissions import (
    LARGEST,
    LONGEST_PLACE,
    MOST_BRACKETS,
    MOST_BYTES,
    MOST_FILES,
    Handed,
    UnreadableSubmission,
    files_beside,
    find,
    plain_files,
    read,
)


@pytest.fixture
def handed(tmp_path):
    folder = tmp_path / "submitted" / "ann" / "lif"
    folder.mkdir(parents=True)
    return Handed("ann", folder, folder / "lif.ipynb")


def notebook(**changes):
    return json.loads(nbformat.writes(new_notebook(cells=[new_code_cell("v = 1")]))) | changes


def code(source, **fields):
    return {"cell_type": "code", "source": source, "metadata": {}} | fields


def refused(handed, match):
    with pytest.raises(UnreadableSubmission, match=match) as why:
        read(handed)
    assert "\n" not in str(why.value) and len(str(why.value)) < 350
    assert str(handed.folder) not in str(why.value)
    return True


def test_a_notebook_is_read(handed):
    handed.notebook.write_text(json.dumps(notebook()))
    assert [cell.source for cell in read(handed).cells] == ["v = 1"]


def test_a_notebook_with_no_kernelspec_or_of_an_older_format_is_read(handed):
    handed.notebook.write_text(json.dumps(notebook(metadata={})))
    assert read(handed).cells[0].source == "v = 1"
    older = {"metadata": {}, "nbformat": 3, "nbformat_minor": 0}
    cell = {"cell_type": "code", "input": ["v = 1"], "language": "python", "metadata": {}, "outputs": []}
    handed.notebook.write_text(json.dumps(older | {"worksheets": [{"cells": [cell], "metadata": {}}]}))
    assert read(handed).cells[0].source == "v = 1"


def test_a_missing_notebook_is_missed_with_what_is_there_instead(handed):
    assert refused(handed, r"no file lif\.ipynb \(there is: nothing\)")
    (handed.folder / "lif_final.ipynb").write_text("{}")
    assert refused(handed, r"there is: lif_final\.ipynb")
    gone = Handed("bob", handed.folder / "gone", handed.folder / "gone" / "lif.ipynb")
    assert refused(gone, "there is: nothing")


def test_a_link_is_not_followed(handed, tmp_path):
    (tmp_path / "gradebook.ipynb").write_text(json.dumps(notebook()))
    handed.notebook.symlink_to(tmp_path / "gradebook.ipynb")
    assert refused(handed, "is a link")


@pytest.mark.parametrize("link", ["ann", "ann/lif", "ann/lif/lif.ipynb", "ann/lif/data", "ann/lif/data/spikes.txt"])
@pytest.mark.parametrize("to", ["bob", "secret", "/dev/zero", "nowhere", "."])
def test_a_link_at_any_level_is_found_and_not_followed(tmp_path, link, to):
    (tmp_path / "secret").write_text("of the course")
    for student in ("ann", "bob"):
        data = tmp_path / "submitted" / student / "lif" / "data"
        data.mkdir(parents=True)
        (data / "spikes.txt").write_text("1 2")
        (data.parent / "lif.ipynb").write_text(json.dumps(notebook()))
    path = tmp_path / "submitted" / link
    (shutil.rmtree if path.is_dir() else os.unlink)(path)
    others = Path(tmp_path, "submitted", "bob", *path.parts[len(tmp_path.parts) + 2 :])
    path.symlink_to(others if to == "bob" else tmp_path / to)
    ann, bob = find(tmp_path, "lif")
    assert refused(ann, f"{path.name} is a link") and read(bob)


def test_a_link_that_takes_a_folder_s_place_while_it_is_read_is_not_followed(handed, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "data.txt").write_text("secret of the course")
    folders = [handed.folder / f"data{number}" for number in range(20)]
    for folder in folders:
        folder.mkdir()
        (folder / "data.txt").write_text("1 2")

    def replacing(place: str) -> bool:
        for folder in folders:
            if not folder.is_symlink() and not place.startswith(folder.name):
                folder.rename(tmp_path / folder.name)
                folder.symlink_to(tmp_path / "elsewhere")
        return True

    with pytest.raises(UnreadableSubmission, match="cannot be read"):
        plain_files(handed.folder, replacing)


def test_a_hard_link_is_a_file_as_any_other(handed, tmp_path):
    (tmp_path / "data.txt").write_text("1 2")
    os.link(tmp_path / "data.txt", handed.folder / "data.txt")
    assert files_beside(handed.folder) == {"data.txt": b"1 2"}


@pytest.mark.parametrize(
    "name", ["ann", "Ånn", "anna.lee+2@uni-x.org", "12345", "_a", "安娜", "हिन्दी", "Ann Lee", "e\u0301ve", "a-b"]
)
def test_names_of_any_script_are_students(tmp_path, name):
    (tmp_path / "submitted" / name / "lif").mkdir(parents=True)
    [handed] = find(tmp_path, "lif")
    handed.notebook.write_text(json.dumps(notebook()))
    assert handed.student == name and read(handed)


ODD = (
    "stu*",
    "[x]y",
    "a?",
    "a\nb",
    "\x1b[31m",
    "=cmd",
    "+1",
    "-1",
    "@a",
    ".a",
    "a  b",
    " a",
    "a ",
    "a,b",
    "<b>",
    "{x}",
    "a;b",
)
ODD += ("[bold]k", "a\u202eb", "a\udcff", "a\x9b", "a\\b", "a\u2028b", "a\u200bb", "＝a")


@pytest.mark.parametrize("name", ODD)
def test_any_other_name_costs_only_itself_and_is_shown_without_control_characters(tmp_path, name):
    for student in ("ann", name):
        (tmp_path / "submitted" / student / "lif").mkdir(parents=True)
        (tmp_path / "submitted" / student / "lif" / "lif.ipynb").write_text(json.dumps(notebook()))
    odd, ann = sorted(find(tmp_path, "lif"), key=lambda one: one.student == "ann")
    assert read(ann)
    assert refused(odd, "not a student's name") and odd.student.isprintable()


@pytest.mark.parametrize("name", ["\x1b[31m.txt", "a\nb", "a\x9bb", "a\udcffb", "a\u2028b"])
def test_no_file_s_name_moves_a_terminal_s_cursor(handed, name):
    handed.notebook.write_text(json.dumps(notebook()))
    (handed.folder / "plot (1), [old] \u202fPM.png").touch()
    assert read(handed)
    (handed.folder / name).touch()
    assert refused(handed, "odd characters")
    handed.notebook.unlink()
    assert refused(handed, "odd characters")


def test_a_file_deeper_than_the_system_opens_is_refused(handed):
    handed.notebook.write_text(json.dumps(notebook()))
    deep = os.open(handed.folder, os.O_RDONLY)
    for _ in range(LONGEST_PLACE // 200 + 1):
        os.mkdir("x" * 200, dir_fd=deep)
        inside = os.open("x" * 200, os.O_RDONLY, dir_fd=deep)
        os.close(deep)
        deep = inside
    os.close(deep)
    assert refused(handed, "shorter name")


def test_holes_in_files_are_counted_and_nothing_of_them_is_read(handed):
    handed.notebook.write_text(json.dumps(notebook()))
    for name, size in (("a", MOST_BYTES // 2), ("b", MOST_BYTES // 2 - LARGEST)):
        with (handed.folder / name).open("w") as file:
            file.truncate(size)
    assert read(handed)
    with (handed.folder / "c").open("w") as file:
        file.truncate(3 << 30)
    began = time.process_time()
    assert refused(handed, "more than 100 MB")
    assert time.process_time() - began < 0.5


def test_a_file_that_nobody_may_read_costs_only_itself(handed):
    handed.notebook.write_text(json.dumps(notebook()))
    (handed.folder / "mine.txt").touch(mode=0o000)
    if os.access(handed.folder / "mine.txt", os.R_OK):
        pytest.skip("root may read everything")
    assert refused(handed, "mine.txt cannot be read: Permission denied")


def test_a_notebook_of_many_small_parts_is_refused_before_they_are_made(handed):
    handed.notebook.write_text(json.dumps(notebook(metadata={"a": [{}] * MOST_BRACKETS})))
    assert refused(handed, "too many parts")


def test_a_folder_or_a_pipe_is_no_notebook_and_is_not_waited_for(handed):
    handed.notebook.mkdir()
    assert refused(handed, "no file")
    handed.notebook.rmdir()
    os.mkfifo(handed.notebook)
    assert refused(handed, "no file")


def test_a_pipe_beside_a_notebook_is_named_and_not_waited_for(handed):
    handed.notebook.write_text(json.dumps(notebook()))
    (handed.folder / "data").mkdir()
    os.mkfifo(handed.folder / "data" / "spikes")
    assert refused(handed, "data/spikes is a pipe")


def test_more_files_than_any_notebook_reads_are_refused(handed):
    handed.notebook.write_text(json.dumps(notebook()))
    for number in range(MOST_FILES - 1):
        (handed.folder / f"{number}.txt").touch()
    assert read(handed)
    (handed.folder / "one.txt").touch()
    assert refused(handed, "more than 500 files")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_notebook_is_read_in_whatever_form_an_editor_leaves_it(handed, encoding):
    handed.notebook.write_bytes(json.dumps(notebook(cells=[code("ü = 1")]), ensure_ascii=False).encode(encoding))
    assert [cell.source for cell in read(handed).cells] == ["ü = 1"]


def test_a_huge_notebook_is_refused_unread(handed):
    with handed.notebook.open("w") as file:
        file.truncate(200 << 20)
    assert refused(handed, "has 200 MB, more than 100: clear its outputs")
    with handed.notebook.open("w") as file:
        file.write(json.dumps(notebook()))
        file.write(" " * (LARGEST - file.tell()))
    assert read(handed)
    handed.notebook.write_text(json.dumps(notebook(cells=[code("#" * LARGEST)])))
    assert refused(handed, "has 20 MB, more than 20: clear its outputs")


OUTPUTS = {
    "a film": [{"output_type": "display_data", "data": {"text/html": "A" * (24 << 20)}, "metadata": {}}],
    "many lines": [{"output_type": "stream", "name": "stdout", "text": ["spike [ ] { } \\"] * 800_000}],
    "many parts": [{"output_type": "display_data", "data": {"application/vnd.plotly.v1+json": [[1]] * MOST_BRACKETS}}],
    "a stream without a name": [{"output_type": "stream", "text": '"outputs": [ }'}],
    "of no kind": ["spike", None, [{"outputs": [{}]}]],
}


@pytest.mark.parametrize("outputs", OUTPUTS.values(), ids=OUTPUTS)
def test_what_stands_in_outputs_is_no_reason_to_refuse_a_notebook(handed, outputs):
    text = {"cell_type": "markdown", "source": 'a "outputs": [ b', "outputs": outputs}
    widgets = {"widgets": {"application/vnd.jupyter.widget-state+json": {"state": [[]] * MOST_BRACKETS}}}
    whole = notebook(cells=[code("v = 1", outputs=outputs), text, code('{"outputs": ["')], metadata=widgets)
    handed.notebook.write_text(json.dumps(whole, indent=1))
    began = time.process_time()
    assert [cell.source for cell in read(handed).cells] == ["v = 1", 'a "outputs": [ b', '{"outputs": ["']
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"v = 1", b"\xff\xfe{}", b"PK\x03\x04", b'{"cells": [' * 3],
    ids=["empty", "open", "code", "encoding", "zip", "broken"],
)
def test_what_is_not_json_is_said_to_be_none(handed, text):
    handed.notebook.write_bytes(text)
    assert refused(handed, r"lif\.ipynb is no notebook: it does not hold JSON")


@pytest.mark.parametrize(
    "data",
    [
        [],
        {},
        5,
        None,
        "lif",
        notebook(cells=5),
        notebook(cells=["v = 1"]),
        notebook(nbformat=99),
        notebook(cells=None, worksheets=[5]),
    ],
    ids=lambda data: json.dumps(data)[:30],
)
def test_what_is_json_but_no_notebook_is_said_to_be_none(handed, data):
    handed.notebook.write_text(json.dumps(data))
    assert refused(handed, r"lif\.ipynb is no valid notebook")


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("cells", "changes"),
    [
        ([code("v = 1", id="a"), code("v = 1", id="a")], {}),
        ([code("v = 1", id="a"), code("v = 1", id="not an id")], {"nbformat_minor": 4}),
        ([{"cell_type": "code", "source": ["v =", " 1"]}], {"nbformat_minor": None, "metadata": None}),
        ([{"cell_type": "spike", "source": "v = 1", "metadata": []}, {"cell_type": ["code"]}, {}], {"nbformat": "4"}),
        ([code("v = 1", colour="red", metadata={"tags": 5, "nbgrader": 5})], {"metadata": [], "nbformat": None}),
        ([{"cell_type": "markdown", "source": "v = 1", "attachments": {"a": 5, "b": {"image/png": 5}}}], {}),
        ([code(5, metadata={"nbgrader": {"grade_id": "v"}})], {"metadata": {"kernelspec": "python"}}),
    ],
)
def test_fields_that_an_editor_leaves_out_adds_or_fills_oddly_are_no_reason_to_refuse(handed, cells, changes):
    handed.notebook.write_text(json.dumps(notebook(cells=cells) | changes))
    notebook_in_form = restored(read(handed), new_notebook())
    nbformat.validate(notebook_in_form)
    assert [cell.source for cell in notebook_in_form.cells] == [
        "v = 1" if one.get("source", 5) != 5 else "" for one in cells
    ]


def test_an_id_that_colab_keeps_in_metadata_is_the_cell_s(handed):
    handed.notebook.write_text(json.dumps(notebook(cells=[code("v = 1", metadata={"id": "check_v"})])))
    assert read(handed).cells[0].id == "check_v"


def test_what_programs_leave_beside_a_notebook_is_not_taken_nor_a_reason_to_refuse_it(handed):
    handed.notebook.write_text(json.dumps(notebook()))
    (handed.folder / "data.txt").write_text("1 2")
    for folder in (
        ".git/objects",
        ".venv/lib",
        "__pycache__",
        ".ipynb_checkpoints",
        "node_modules",
        "any/name",
        "__MACOSX",
    ):
        (handed.folder / folder).mkdir(parents=True)
        for number in range(100):
            (handed.folder / folder / f"{number}.txt").touch()
        (handed.folder / folder / "python").symlink_to("/usr/bin/python3")
        os.mkfifo(handed.folder / folder / "pipe")
    (handed.folder / "any" / "pyvenv.cfg").touch()
    (handed.folder / ".DS_Store").symlink_to("nowhere")
    assert read(handed) and files_beside(handed.folder) == {"data.txt": b"1 2"}


def test_json_nested_deeper_than_python_goes_is_refused(handed):
    handed.notebook.write_text("[" * 100_000)
    assert refused(handed, r"lif\.ipynb is no")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@pytest.mark.filterwarnings("ignore::nbformat.warnings.MissingIDFieldWarning")
@given(cells=JSON, metadata=JSON, minor=JSON, cell=st.dictionaries(st.sampled_from(["source", "outputs", "id"]), JSON))
def test_whatever_stands_in_a_notebook_it_is_read_or_refused(tmp_path_factory, cells, metadata, minor, cell):
    folder = tmp_path_factory.mktemp("lif")
    handed = Handed("ann", folder, folder / "lif.ipynb")
    code = {"cell_type": "code", "metadata": {}, "source": "", "outputs": [], "execution_count": None} | cell
    for data in (notebook(cells=cells), notebook(metadata=metadata, nbformat_minor=minor), notebook(cells=[code])):
        handed.notebook.write_text(json.dumps(data))
        try:
            assert all(isinstance(one.source, str) for one in read(handed).cells)
        except UnreadableSubmission as why:
            assert "\n" not in str(why)


def test_students_are_found_by_name_and_other_assignments_are_not(tmp_path):
    for student, assignment in (("zoe", "lif"), ("ann", "lif"), ("ann", "delays"), ("bob", "delays")):
        (tmp_path / "submitted" / student / assignment).mkdir(parents=True)
    (tmp_path / "submitted" / "a file").write_text("")
    assert [one.student for one in find(tmp_path, "lif")] == ["ann", "zoe"]
    assert [one.notebook.name for one in find(tmp_path, "delays")] == ["delays.ipynb"] * 2
    assert list(find(tmp_path / "nowhere", "lif")) == []
