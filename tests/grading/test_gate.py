"""What nbgrader's own commands take of what is handed in: plain files under ordinary names, and none but these."""

import io
import os
import resource
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.authoring import release, sample_class
from autograder.authoring.sample_class import CHAPTER
from autograder.grading import report, whole_class
from autograder.grading.course_folder import SECRET, graded_notebook
from autograder.grading.submissions import find, taken

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]
NOTEBOOK = f"{CHAPTER}.ipynb"
PICTURE = b"\x89PNG of a spike"
SPARSE = 3 << 30


def nbgrader(folder, *words, check=True):
    """One of nbgrader's commands; none may write a file of more than 200 MB, so that a failure fills no disk."""

    def bounded():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200 << 20, 200 << 20))

    program = Path(sys.executable).with_name("nbgrader")
    done = subprocess.run(
        [program, *words], cwd=folder, capture_output=True, text=True, timeout=240, preexec_fn=bounded
    )
    assert not check or done.returncode == 0, done.stderr
    return done


def works(folder: Path) -> Path:
    """A folder with a notebook that is graded, to lay something beside."""
    folder.mkdir(parents=True)
    nbformat.write(new_notebook(cells=[new_code_cell("v = 1")]), folder / NOTEBOOK)
    return folder


def attack(course: Path) -> dict[str, str]:
    """Hand in, besides what the class does, whatever must not be taken; who did it, and what is said of it."""
    submitted = course / "submitted"
    secret = course / SECRET
    links = {
        "secret": secret,
        "shadow": Path("/etc/shadow"),
        "gradebook": course / "gradebook.db",
        "zero": Path("/dev/zero"),
        "another": submitted / "perfect" / CHAPTER / NOTEBOOK,
        "nowhere": course / "nowhere",
        "folder": submitted / "perfect",
    }
    for name, to in links.items():
        (works(submitted / f"links_{name}" / CHAPTER) / "data.txt").symlink_to(to)
    said = {f"links_{name}": "data.txt is a link" for name in links}
    deep = works(submitted / "links_below" / CHAPTER) / "data" / "more"
    deep.mkdir(parents=True)
    (deep / "data.png").symlink_to(secret)
    (works(submitted / "links_time" / CHAPTER) / "timestamp.txt").symlink_to("/dev/zero")
    for name, to in (("notebook_zero", "/dev/zero"), ("notebook_other", links["another"])):
        (submitted / name / CHAPTER).mkdir(parents=True)
        (submitted / name / CHAPTER / NOTEBOOK).symlink_to(to)
    (submitted / "chapter_other").mkdir()
    (submitted / "chapter_other" / CHAPTER).symlink_to(submitted / "perfect" / CHAPTER)
    (submitted / "student_other").symlink_to(submitted / "perfect")
    os.mkfifo(works(submitted / "pipe" / CHAPTER) / "data.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        os.chdir(works(submitted / "socket" / CHAPTER))  # the address of a socket is short
        listening.bind("data.txt")
        os.chdir(course)
    with (works(submitted / "sparse" / CHAPTER) / "data.txt").open("wb") as file:
        file.truncate(SPARSE)
    many = works(submitted / "many" / CHAPTER)
    for number in range(600):
        (many / f"{number}.txt").touch()
    (works(submitted / "escapes_file" / CHAPTER) / "\x1b[31m.txt").touch()
    for name in (
        "stu*",
        "[x]y",
        "perfec?",
        "a\nb",
        "\x1b[31mred",
        "=cmd",
        "-x",
        "[bold]k",
        "<b>",
        "a,b",
        ".hid",
        "a  b",
    ):
        works(submitted / name / CHAPTER)
    untouched = works(submitted / "untouched" / CHAPTER)
    shutil.move(untouched / NOTEBOOK, untouched / f"{CHAPTER}-Copy1.ipynb")
    shutil.copy(course / "release" / CHAPTER / NOTEBOOK, untouched)
    return said | {
        "untouched": f"{NOTEBOOK} is as it was released; if {CHAPTER}-Copy1.ipynb was meant",
        "links_below": "data/more/data.png is a link",
        "links_time": "timestamp.txt is a link",
        "notebook_zero": f"{NOTEBOOK} is a link",
        "notebook_other": f"{NOTEBOOK} is a link",
        "chapter_other": f"{CHAPTER} is a link",
        "student_other": "student_other is a link",
        "pipe": "data.txt is a pipe",
        "socket": "data.txt is a pipe or a device",
        "sparse": "more than 100 MB",
        "many": "more than 500 files",
        "escapes_file": r"\x1b[31m.txt: give it",
        **{
            name: "not a student's name"
            for name in ("stu*", "[x]y", "perfec?", r"a\nb", r"\x1b[31mred", "=cmd", "-x", "[bold]k", "<b>", "a,b")
        },
        ".hid": "not a student's name",
        "a  b": "not a student's name",
    }


def hand_in_beside(course: Path) -> None:
    """What an honest student lays beside a notebook, and what a browser would run."""
    folder = course / "submitted" / "perfect" / CHAPTER
    (folder / "pictures").mkdir()
    (folder / "pictures" / "spike.PNG").write_bytes(PICTURE)
    (folder / "timestamp.txt").write_text("2026-01-01 10:00:00 UTC")
    for name in ("page.html", "page.svg", "page.xhtml", "run.py"):
        (folder / name).write_text("<script>alert(1)</script>")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """A course with one honest student and many others, graded by nbgrader's own commands; and what they said."""
    course = tmp_path_factory.mktemp("attacked") / "course"
    release.release([CHAPTER], course)
    sample_class.hand_in(course, sample_class.CLASS[:1])
    hand_in_beside(course)
    said = attack(course)
    graded = nbgrader(course, "autograde", CHAPTER, check=False)
    fed_back = nbgrader(course, "generate_feedback", CHAPTER)
    return course, said, graded, fed_back


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


def test_nbgrader_s_autograde_grades_the_others_and_copies_nothing_of_what_is_refused(attacked):
    course, _, graded, _ = attacked
    assert graded.returncode == 0, graded.stderr
    for folder in (course / "autograded", course / "feedback"):
        assert [path.name for path in folder.iterdir()] == ["perfect"]
        assert not any(path.is_symlink() for path in folder.rglob("*"))
    secret = (course / SECRET).read_bytes()
    taken_over = [
        path.read_bytes() for path in course.rglob("*ed*/**/*") if "submitted" not in path.parts and path.is_file()
    ]
    assert taken_over and not any(secret in content for content in taken_over)


def test_pictures_go_along_and_what_a_browser_would_run_stays_behind(attacked):
    course, *_ = attacked
    copied = files(course / "autograded" / "perfect" / CHAPTER)
    assert {NOTEBOOK, "pictures/spike.PNG", "timestamp.txt"} <= copied
    assert {Path(name).suffix.lower() for name in copied} <= {".ipynb", ".png", ".txt", ".gif", ".jpg"}
    assert (course / "feedback" / "perfect" / CHAPTER / "pictures" / "spike.PNG").read_bytes() == PICTURE


def test_each_that_is_refused_is_said_in_a_line_without_a_control_character(attacked):
    _, said, graded, _ = attacked
    lines = graded.stderr.splitlines()
    for student in said.keys() - {"[x]y", "[bold]k", ".hid"}:  # where nbgrader's own pattern finds no notebook
        [line] = [one for one in lines if f" {student} is not graded: " in one]
        assert said[student] in line
    bare = graded.stderr.replace("\n", "")
    assert all(one.isprintable() for one in bare), [one for one in lines if "\x1b" in one][:3]


def test_grade_and_report_say_of_the_same_why_they_are_not_graded(attacked, tmp_path):
    course, said, *_ = attacked
    graded = whole_class.grade(CHAPTER, course, workers=1)
    assert graded.kept == ["perfect"] and not graded.now
    assert graded.ungraded.keys() == said.keys()
    assert all(said[student] in why for student, why in graded.ungraded.items())
    program = Path(sys.executable).with_name("autograder")
    done = subprocess.run(
        [program, "report", CHAPTER, "--course", course], capture_output=True, text=True, check=True, timeout=100
    )
    page = (course / "reports" / f"{CHAPTER}.html").read_text()
    table = (course / "reports" / f"{CHAPTER}.csv").read_text()
    for text in (done.stdout, page, table):
        assert "[bold]k" in text and r"\x1b[31mred" in text and "not graded" in text
        assert all(one.isprintable() for one in text.replace("\n", ""))
    assert "<b>" not in page
    assert not any(line.startswith(("=", "-", "+", "@")) for line in table.splitlines())
    by_student = {row.student: row for row in report.rows(CHAPTER, course)}
    assert all(by_student[student].status == report.NOT_GRADED for student in said)
    assert by_student["perfect"].status in ("passed", "to be marked")


def test_nbgrader_exports_ordinary_names_only(attacked):
    course, *_ = attacked
    nbgrader(course, "export")
    lines = (course / "grades.csv").read_text().splitlines()
    assert len(lines) == 2 and ",perfect," in lines[1]


def test_nbgrader_s_autograde_grades_nobody_where_the_chapter_s_imports_do_not_load(attacked, tmp_path):
    course = Path(
        shutil.copytree(
            attacked[0], tmp_path / "course", symlinks=True, ignore=shutil.ignore_patterns("socket", "pipe")
        )
    )
    path = course / "release" / CHAPTER / NOTEBOOK
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, new_code_cell("import no_such_package"))
    nbformat.write(notebook, path)
    done = nbgrader(course, "autograde", CHAPTER, "--student", "perfect", "--force", check=False)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "'import no_such_package' does not load where its submissions run" in done.stderr
    assert graded_notebook(course, CHAPTER, "perfect") is not None


def test_only_refused_submissions_are_an_error_of_nbgrader_s_autograde(attacked):
    course, *_ = attacked
    done = nbgrader(course, "autograde", CHAPTER, "--student", "sparse", check=False)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "more than 100 MB" in done.stderr


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """A course that has collected from an exchange in which students may write; and what was said."""
    root = tmp_path_factory.mktemp("collected")
    course, exchange = root / "course", root / "exchange"
    release.release([CHAPTER], course)
    inbound = exchange / "learning_to_spike" / "inbound"
    inbound.mkdir(parents=True)
    exchange.chmod(0o777)
    time = "2026-01-01 10:00:00 UTC"
    plain = works(inbound / f"ann+{CHAPTER}+{time}+x1")
    (plain / "timestamp.txt").write_text(time)
    (plain / "data").mkdir()
    (plain / "data" / "spikes.csv").write_text("1,2")
    for name, to in (("secret", course / SECRET), ("zero", "/dev/zero")):
        (works(inbound / f"{name}+{CHAPTER}+{time}+x2") / "data.txt").symlink_to(to)
    (inbound / f"folder+{CHAPTER}+{time}+x3").symlink_to(course)
    os.mkfifo(works(inbound / f"pipe+{CHAPTER}+{time}+x4") / "data.txt")
    with (works(inbound / f"sparse+{CHAPTER}+{time}+x5") / "data.txt").open("wb") as file:
        file.truncate(SPARSE)
    works(inbound / f"\x1b[31m*+{CHAPTER}+{time}+x6")
    works(inbound / f"no_time+{CHAPTER}+today or so")
    done = nbgrader(course, "collect", CHAPTER, f"--Exchange.root={exchange}")
    yield course, done
    shutil.rmtree(root)


def test_nbgrader_s_collect_follows_no_link_and_no_submission_costs_another(collected):
    course, done = collected
    submitted = course / "submitted"
    assert files(submitted / "ann" / CHAPTER) == {NOTEBOOK, "timestamp.txt", "data/spikes.csv"}
    refused = {path.name for path in submitted.iterdir()} - {"ann"}
    assert {"secret", "zero", "folder", "pipe", "sparse"} < refused and len(refused) == 7
    for student in ("secret", "zero", "folder", "pipe", "sparse"):
        assert files(submitted / student / CHAPTER) == {"refused.txt"}
    assert (course / SECRET).read_bytes() not in b"".join(
        path.read_bytes() for path in submitted.rglob("*") if path.is_file()
    )
    assert all(one.isprintable() for one in done.stderr.replace("\n", ""))


def test_what_was_not_collected_is_not_graded_either(collected):
    course, _ = collected
    said = whole_class.grade(CHAPTER, course, workers=1).ungraded
    assert len(said) == 7
    assert "refused.txt" in said["secret"] and "not a student's name" in said[r"\x1b[31m*"]


def test_a_notebook_that_nbgrader_was_stopped_at_is_graded_again(attacked, tmp_path):
    course = tmp_path / "course"
    shutil.copytree(attacked[0], course, ignore=lambda folder, names: names if Path(folder).name == "submitted" else [])
    sample_class.hand_in(course, sample_class.CLASS[:1])
    whole_class.grade(CHAPTER, course, workers=1)
    path = course / "autograded" / "perfect" / CHAPTER / NOTEBOOK
    whole = path.read_text()
    assert graded_notebook(course, CHAPTER, "perfect") is not None
    assert [taken(one) for one in find(course, CHAPTER)]
    sanitized = whole.replace('"fingerprint": ', '"unscored": ')
    no_verdicts = whole.replace('"verdict": ', '"nothing": ')
    for half in ("", "{", "[]", "{}", whole[: len(whole) // 2], sanitized):
        path.chmod(0o644)
        path.write_text(half)
        assert {row.status for row in report.rows(CHAPTER, course)} == {report.NOT_GRADED}
    path.write_text(no_verdicts)
    assert {row.status for row in report.rows(CHAPTER, course) if "essay" not in row.exercise} == {report.NOT_GRADED}
    report.write(CHAPTER, course)
    path.write_text(sanitized)
    assert whole_class.grade(CHAPTER, course, workers=1).now == ["perfect"]
    assert graded_notebook(course, CHAPTER, "perfect") is not None


def packed(files: dict[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return archive.getvalue()


def test_nbgrader_s_zip_collect_unpacks_what_is_not_too_much_and_says_what_is(released_chapter, tmp_path):
    course = Path(shutil.copytree(released_chapter, tmp_path / "course"))
    notebook = (course / "release" / CHAPTER / NOTEBOOK).read_bytes()
    bomb = packed({"zeros": bytes((100 << 20) + 1)})
    students = {
        f"ann_{CHAPTER}.ipynb": notebook,
        f"../../up_{CHAPTER}.ipynb": notebook,
        "bob.zip": packed({f"bob_{CHAPTER}.ipynb": notebook, "deeper.zip": bomb}),
        "eve.zip": bomb,
        "none.zip": b"no zip",
    }
    archive = course / "downloaded" / CHAPTER / "archive"
    archive.mkdir(parents=True)
    (archive / "class.zip").write_bytes(packed(students))
    names = r"--FileNameCollectorPlugin.named_regexp=.*/(?P<student_id>[a-z]+)_(?P<file_id>\w+)"
    done = nbgrader(course, "zip_collect", CHAPTER, names)
    assert {path.name for path in (course / "submitted").iterdir()} == {"ann", "bob", "up"}
    assert "eve.zip is not unpacked: more than 500 files or 100 MB in it" in done.stderr
    assert "none.zip is not unpacked" in done.stderr
    assert not [path for path in course.rglob("zeros")] and not list(tmp_path.glob("*.ipynb"))
