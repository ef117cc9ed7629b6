"""What a learning management system packs is laid where it is graded; what a student does concerns that student."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from made_zips import CHAPTER, link_to, made, metadata, moodle, notebook, zipped

from autograder.beside.errors import WrongUse
from autograder.grading.course_folder import handed_in_at
from autograder.lms import archive, collecting
from autograder.lms.collecting import COLLECTED, Collected, collect, collected

WORKSHEET = """\ufeffIdentifier,"Full name","Email address",Status,Grade,"Maximum Grade","Last modified (submission)"
"Participant 12","Jane Doe",jane@uni.edu,"Submitted for grading - 3 mins late",,16.00,"Wednesday, 10 June 2026, 2:14 PM"
"Participant 13","Jane Doe",doe2@uni.edu,"Submitted for grading",,16.00,"Tuesday, 9 June 2026, 10:00 AM"
"Participant 14","José García",jose@uni.edu,"Submitted for grading",,16.00,-
"Participant 15","Kim Li",kim@uni.edu,"Submitted for grading",,16.00,"Mittwoch, 10. Juni 2026, 14:14"
"Participant 16","Lu Li",lu@uni.edu,"Submitted for grading",,16.00,"10/06/2026, 14:14"
"""
GRADEBOOK = """Student,ID,SIS User ID,SIS Login ID,Section,Leaky integrator (77)
    Points Possible,,,,,16
"Doe, Jane",501,u501,jane,A,
"Ng, Bo",502,u502,bo,A,
"""


@pytest.fixture
def course(tmp_path) -> Path:
    """A course in which the chapter is released, as far as collecting looks."""
    released = tmp_path / "course" / "release" / CHAPTER / f"{CHAPTER}.ipynb"
    released.parent.mkdir(parents=True)
    released.write_bytes(notebook())
    return tmp_path / "course"


def handed_in(course: Path, student: str) -> dict[str, bytes]:
    folder = course / "submitted" / student / CHAPTER
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def students(course: Path) -> set[str]:
    return {path.name for path in (course / "submitted").glob("*")}


@pytest.mark.parametrize("end", ["", "_"])
@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize("around", ["", "course-1-42/"])
def test_moodle_s_zip_of_any_version_is_taken(course, tmp_path, end, flat, around):
    packed = {
        moodle("Jane Doe", 12, end=end): notebook("a = 1"),
        moodle("Jane Doe", 12, "data/x.csv", end=end): "1,2",
        moodle("José García", 14, end=end): notebook("b = 1"),
    }
    if flat:
        packed = {place.replace(f"file{end}/", "file_").replace("data/", ""): what for place, what in packed.items()}
    done = collect(made(tmp_path, {around + place: what for place, what in packed.items()}), course)
    assert (done.system, done.chapter, done.new, done.refused) == (
        "Moodle",
        CHAPTER,
        ["Jane Doe", "José García"],
        {},
    )
    assert handed_in(course, "Jane Doe") == {
        f"{CHAPTER}.ipynb": notebook("a = 1"),
        "x.csv" if flat else "data/x.csv": b"1,2",
    }
    assert collected(course)[CHAPTER]["Jane Doe"] == {
        "from": "Moodle",
        "called": "Jane Doe_12_assignsubmission_file_",
    }


def test_a_worksheet_of_moodle_s_tells_two_of_one_name_apart_and_when_they_handed_in(course, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    import time

    time.tzset()
    roster = tmp_path / "worksheet.csv"
    roster.write_text(WORKSHEET)
    packed = {moodle("Jane Doe", 12): notebook("a"), moodle("Jane Doe", 13): notebook("b"), moodle("Jo", 99): b"x"}
    packed |= {moodle("Kim Li", 15): notebook("c"), moodle("Lu Li", 16): notebook("d")}
    done = collect(made(tmp_path, packed), course, roster=roster)
    monkeypatch.undo()
    time.tzset()
    assert done.new == ["doe2@uni.edu", "jane@uni.edu", "kim@uni.edu", "lu@uni.edu"]
    for student, said in (("kim@uni.edu", "Mittwoch, 10. Juni 2026, 14:14"), ("lu@uni.edu", "10/06/2026, 14:14")):
        assert done.said[student] == f"Last modified (submission) is '{said}', which is not understood: no lateness"
        assert set(handed_in(course, student)) == {f"{CHAPTER}.ipynb"}
    assert done.refused == {"Jo": f"not in {roster}"}
    assert handed_in_at(course / "submitted" / "jane@uni.edu" / CHAPTER) == datetime(2026, 6, 10, 12, 14)
    without = collect(made(tmp_path, packed), course)
    assert "2 hand-ins" in without.refused["Jane Doe"]


def test_a_team_s_name_before_each_of_moodle_s_students_is_no_part_of_theirs(course, tmp_path):
    roster = tmp_path / "participants.csv"
    roster.write_text("First name,Last name,ID number\nAnne-Marie,Li,1\nMarie,Li,2\nJane,Doe,3\n")
    names = ("Team A-Anne-Marie Li", "Team A-Jane Doe", "Late-night team-Marie Li")
    packed = {moodle(name, number): notebook(name) for number, name in enumerate(names)}
    done = collect(made(tmp_path, packed), course, roster=roster)
    assert (done.new, done.refused) == (["1", "2", "3"], {})
    assert handed_in(course, "1") == {f"{CHAPTER}.ipynb": notebook(names[0])}
    alone = {moodle("Anne-Jane Doe", 9): notebook("x"), moodle("Marie Li", 2): notebook("y")}
    assert collect(made(tmp_path, alone), course, roster=roster).refused == {"Anne-Jane Doe": f"not in {roster}"}


def test_canvas_s_zip_says_who_was_late_and_the_last_of_several_files_counts(course, tmp_path):
    roster = tmp_path / "grades.csv"
    roster.write_text(GRADEBOOK)
    packed = {
        f"doejane_LATE_501_9003_{CHAPTER}-2.ipynb": notebook("third"),
        f"doejane_LATE_501_9001_{CHAPTER}.ipynb": notebook("first"),
        f"doejane_LATE_501_9002_{CHAPTER}-1.ipynb": notebook("second"),
        "doejane_LATE_501_9004_data.csv": "1",
        f"ngbo_502_9005_{CHAPTER}-7.ipynb": notebook("bo"),
        "ngbo_502_text.html": "<p>see my file</p>",
        f"whoknows_503_9006_{CHAPTER}.ipynb": notebook(),
    }
    done = collect(made(tmp_path, packed), course, roster=roster)
    assert (done.system, done.new, done.late) == ("Canvas", ["bo", "jane"], ["jane"])
    assert handed_in(course, "jane") == {f"{CHAPTER}.ipynb": notebook("third"), "data.csv": b"1"}
    assert handed_in(course, "bo") == {f"{CHAPTER}.ipynb": notebook("bo")}
    assert set(done.refused) == {"whoknows", "ngbo_502_text.html"}
    assert collected(course)[CHAPTER]["bo"] == {"from": "Canvas", "called": "502"}


def test_canvas_s_anonymous_hand_ins_are_told_apart(course, tmp_path):
    packed = {f"anon_aB3x9_11_{CHAPTER}.ipynb": notebook("a"), f"LATE_anon_Zz0y1_12_{CHAPTER}.ipynb": notebook("b")}
    done = collect(made(tmp_path, packed), course)
    assert done.new == ["anon_Zz0y1", "anon_aB3x9"] and done.late == ["anon_Zz0y1"]


def test_nobody_hands_in_for_another_by_the_numbers_in_a_name(course, tmp_path):
    """A student chooses the end of their own name in Canvas, and the beginning of a file's."""
    roster = tmp_path / "grades.csv"
    roster.write_text(GRADEBOOK)
    packed = {
        f"doejane_501_9001_{CHAPTER}.ipynb": notebook("hers"),
        f"x_501_502_9002_{CHAPTER}.ipynb": notebook("not hers"),
        f"ngbo_502_9003_501_9_{CHAPTER}.ipynb": notebook("not hers"),
        f"501_502_9004_{CHAPTER}.ipynb": notebook("his, whose name is a number"),
        f"anon_ab12c_502_9005_{CHAPTER}-1.ipynb": notebook("his, whose name is odd"),
    }
    done = collect(made(tmp_path, packed), course, roster=roster)
    assert handed_in(course, "jane") == {f"{CHAPTER}.ipynb": notebook("hers")} and done.new == ["bo", "jane"]
    assert handed_in(course, "bo") == {f"{CHAPTER}.ipynb": notebook("his, whose name is odd")}
    assert [name[:5] for name in done.refused] == ["x_501", "ngbo_"]


def test_gradescope_s_export_knows_groups_and_times_and_the_last_hand_in_counts(course, tmp_path):
    told = metadata(
        {
            "submission_1": ([("Ann Lee", "100", "ann@uni.edu")], "2026-06-09 10:00:00.123456789 Z"),
            "submission_2": (
                [("Ann Lee", "100", "ann@uni.edu"), ("Bob", "200", "bob@uni.edu")],
                "2026-06-10 10:00:00.000000000 +02:00",
            ),
        }
    )
    packed = {
        "assignment_5_export/submission_metadata.yml": told,
        f"assignment_5_export/submission_1/{CHAPTER}.ipynb": notebook("alone"),
        f"assignment_5_export/submission_2/{CHAPTER}.ipynb": notebook("together"),
        f"assignment_5_export/submission_3/{CHAPTER}.ipynb": notebook("whose?"),
    }
    done = collect(made(tmp_path, packed), course)
    assert (done.system, done.new) == ("Gradescope", ["100", "200"]), done
    assert done.said == {"100": "the last of 2 hand-ins counts: submission_2"}
    assert done.refused == {"submission_3": "the zip does not say whose it is"}
    for student in ("100", "200"):
        assert handed_in(course, student) == {
            f"{CHAPTER}.ipynb": notebook("together"),
            "timestamp.txt": b"2026-06-10 08:00:00 UTC\n",
        }
    older = {
        "submission_metadata.yml": told.replace("2026", "2025"),
        **{k.split("/", 1)[1]: v for k, v in packed.items() if "sion_1/" in k},
    }
    again = collect(made(tmp_path, older), course)
    assert again.unchanged == ["100"] and "handed in later" in again.said["100"]
    assert handed_in(course, "100")[f"{CHAPTER}.ipynb"] == notebook("together")


def test_what_a_student_packs_wrongly_concerns_that_student(course, tmp_path):
    """One class, each with another fault; whoever is all right is taken."""
    good = notebook("good")
    inner = {
        "zipped folder": {f"my work/{CHAPTER}.ipynb": good, "my work/data.csv": "1", "__MACOSX/my work/._x": "junk"},
        "windows zip": {f"my work\\{CHAPTER}.ipynb": good, "my work\\data.csv": "1"},
        "two of them": {f"a/{CHAPTER}.ipynb": good, f"b/{CHAPTER}.ipynb": good},
        "a zip bomb": {f"{CHAPTER}.ipynb": good, "zeros.bin": bytes(101 << 20)},
        "many files": {f"{CHAPTER}.ipynb": good, **{f"{n}.txt": "" for n in range(501)}},
        "zip in zip in zip": {"again.zip": zipped({f"{CHAPTER}.ipynb": good})},
    }
    packed: list = [(moodle(name, 10 + n, "work.zip"), zipped(files)) for n, (name, files) in enumerate(inner.items())]
    packed += [
        (moodle("good", 1), good),
        (moodle("good", 1, "timestamp.txt"), "1999-01-01 00:00:00 UTC"),
        (moodle("good", 1, ".venv/lib/x.py"), "x"),
        (moodle("good", 1, "env/pyvenv.cfg"), "x"),
        (moodle("good", 1, "env/lib/x.py"), "x"),
        (moodle("other name", 2, "Leaky Integrator (1).ipynb"), good),
        (moodle("any name", 3, "homework.ipynb"), good),
        (moodle("other chapter", 4, "lif_filters.ipynb"), good),
        (moodle("no notebook", 5, "answers.pdf"), b"%PDF"),
        (moodle("way out", 6, "../../../x.ipynb"), good),
        (moodle("way out too", 7, "/etc/x.ipynb"), good),
        link_to(moodle("a link", 8), "/etc/passwd"),
        (moodle("twice", 20), good),
        (moodle("twice", 20), notebook("another")),
        (moodle("file and folder", 21), good),
        (moodle("file and folder", 21, "a"), "x"),
        (moodle("file and folder", 21, "a/b"), "x"),
        (moodle("odd characters", 22), good),
        (moodle("odd characters", 22, "a\x1b[31m.csv"), "x"),
        (moodle("O'Brien", 23), good),
        (moodle("no zip", 24, "work.zip"), b"PK\x03\x04 and nothing else"),
        (moodle("long", 25, "x" * 300 + ".ipynb"), good),
        ("README.txt", "of the instructor's"),
    ]
    with pytest.warns(UserWarning, match="Duplicate name"):
        file = made(tmp_path, packed)
    done = collect(file, course)
    reasons = {
        "two of them": "several notebooks (there is: a/leaky_integrator.ipynb, b/leaky_integrator.ipynb)",
        "a zip bomb": "more than 100 MB unpacked",
        "many files": "more than 500 files",
        "zip in zip in zip": "no notebook (there is: again.zip)",
        "other chapter": "lif_filters.ipynb looks like lif_filters, not leaky_integrator",
        "no notebook": "no notebook (there is: answers.pdf)",
        "way out": "../../../x.ipynb leads out of its folder",
        "way out too": "leads out of its folder",
        "a link": "is a link",
        "twice": "is in the zip twice",
        "file and folder": "a is a file and a folder",
        "odd characters": "give it a shorter name, or one without odd characters",
        "O'Brien": "not a student's name",
        "no zip": "work.zip is no zip that can be read",
        "long": "has too long a name",
        "README.txt": "is no hand-in that Moodle packs",
    }
    assert set(done.refused) == set(reasons)
    for name, why in reasons.items():
        assert why in done.refused[name] and done.refused[name].isprintable(), name
    taken = {"good", "other name", "any name", "zipped folder", "windows zip"}
    assert students(course) == set(done.new) == taken
    assert all(handed_in(course, one)[f"{CHAPTER}.ipynb"] == good for one in taken)
    assert set(handed_in(course, "good")) == {f"{CHAPTER}.ipynb"}, "no time and no junk of the student's own"
    assert (
        set(handed_in(course, "zipped folder"))
        == set(handed_in(course, "windows zip"))
        == {f"{CHAPTER}.ipynb", "data.csv"}
    )
    assert done.said == {"any name": "homework.ipynb is taken for leaky_integrator.ipynb"}
    assert not (tmp_path / "x.ipynb").exists()


def test_an_entry_that_says_less_than_it_holds_is_not_unpacked_further(course, tmp_path, monkeypatch):
    bomb = bytearray(zipped({"zeros.bin": bytes(50 << 20), f"{CHAPTER}.ipynb": notebook()}))
    said = (50 << 20).to_bytes(4, "little")
    for _ in range(bomb.count(said)):
        place = bomb.index(said)
        bomb[place : place + 4] = (1000).to_bytes(4, "little")
    monkeypatch.setattr(archive, "MOST_BYTES", 1 << 20)
    done = collect(made(tmp_path, {moodle("liar", 1, "w.zip"): bytes(bomb), moodle("good", 2): notebook()}), course)
    assert done.new == ["good"] and "zeros.bin is damaged in the zip" in done.refused["liar"]


def test_what_is_encrypted_or_packed_unusually_is_said(course, tmp_path):
    locked = bytearray(zipped({f"{CHAPTER}.ipynb": notebook()}))
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(header) + flags] |= 1
    odd = bytearray(zipped({f"{CHAPTER}.ipynb": notebook()}))
    odd[odd.index(b"PK\x01\x02") + 10] = 14  # LZMA, whose dictionary may be gigabytes
    packed = {moodle("locked", 1, "w.zip"): bytes(locked), moodle("odd", 2, "w.zip"): bytes(odd)}
    done = collect(made(tmp_path, packed), course)
    assert "is encrypted" in done.refused["locked"] and "in an unusual way" in done.refused["odd"]


def test_names_that_are_not_said_to_be_unicode_are_read(course, tmp_path):
    packed = bytearray(zipped({moodle("José", 1): notebook()}))
    assert packed.count("José".encode()) == 2
    for header, flags in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        packed[packed.index(header) + flags] &= ~0x08
    assert collect(made(tmp_path, bytes(packed)), course).new == ["José"]


def test_collected_again_the_same_changes_nothing_and_the_new_takes_its_place_whole(course, tmp_path):
    first = {moodle("ann", 1): notebook("1"), moodle("ann", 1, "old.csv"): "1", moodle("bob", 2): notebook("b")}
    collect(made(tmp_path, first), course)
    stamp = course / "submitted" / "bob" / CHAPTER / "timestamp.txt"
    stamp.write_text("2026-06-10 08:00:00 UTC")  # the instructor knows when
    before = {path: path.stat().st_mtime_ns for path in (course / "submitted").rglob("*")}
    again = collect(made(tmp_path, first), course)
    assert (again.new, again.replaced, again.unchanged) == ([], [], ["ann", "bob"])
    assert {path: path.stat().st_mtime_ns for path in (course / "submitted").rglob("*")} == before
    newer = collect(made(tmp_path, {moodle("ann", 1): notebook("2")}), course)
    assert newer.replaced == ["ann"] and handed_in(course, "ann") == {f"{CHAPTER}.ipynb": notebook("2")}
    assert set(collected(course)[CHAPTER]) == {"ann", "bob"}


def test_a_class_that_is_stopped_is_known_as_far_as_it_came(course, tmp_path, monkeypatch):
    def stopped(steps, *_, **__):
        yield from list(steps)[:1]
        raise KeyboardInterrupt

    monkeypatch.setattr(collecting, "watched", stopped)
    packed = {moodle(name, n): notebook() for n, name in enumerate(("ann", "bob"))}
    with pytest.raises(KeyboardInterrupt):
        collect(made(tmp_path, packed), course)
    assert students(course) == set(collected(course)[CHAPTER]) == {"ann"}
    monkeypatch.undo()
    done = collect(made(tmp_path, packed), course)
    assert (done.new, done.unchanged) == (["bob"], ["ann"])
    (course / COLLECTED).write_text("{")
    with pytest.raises(WrongUse, match="move it away"):
        collected(course)


def test_nothing_is_written_through_a_link_in_the_course(course, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (course / "submitted").mkdir()
    (course / "submitted" / "ann").symlink_to(tmp_path / "elsewhere")
    done = collect(made(tmp_path, {moodle("ann", 1): notebook()}), course)
    assert "is no folder" in done.refused["ann"] and not os.listdir(tmp_path / "elsewhere")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Name,Town\nAnn,X\n", "no column that says who a student is"),
        ("Username,Email address\nann,a@x.de\nann,b@x.de\n", "Username of ann, b@x.de is there twice"),
        ("Username\nann\n../x\n", "Username of ../x is '../x', not a student's name"),
        ("Username,Full name\nann,Ann\n,Bob B\n", "Username of Bob B is empty"),
        (b"Username,Full name\nann,\xe4\n", "is not in UTF-8"),
        ('Username,Full name\nann,"Ann\n', "is no CSV file"),
        ("", "there is: nothing"),
    ],
)
def test_a_roster_that_cannot_be_used_is_one_line_that_names_column_and_value(course, tmp_path, text, says):
    roster = tmp_path / "roster.csv"
    roster.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(WrongUse) as error:
        collect(made(tmp_path, {moodle("Ann", 1): notebook()}), course, roster=roster)
    assert says in str(error.value) and str(roster) in str(error.value)
    assert not (course / "submitted").exists()


@pytest.mark.parametrize(
    "text",
    [
        "id,first_name,last_name,email\nann,Ann Maria,O'Lee,ann@uni.edu\n",
        "Username;First name;Last name\nann;Ann Maria;O'Lee\n",
        "First Name,Last Name,SID,Email\nAnn Maria,O'Lee,ann,a@uni.edu\n",
        "student_id\tfull name\nann\tO'Lee, Ann Maria\n",
        "Username,Full name,ID number\nann,Ann Maria O’Lee,\n",
    ],
)
def test_rosters_of_all_systems_are_read(course, tmp_path, text):
    roster = tmp_path / "roster.csv"
    roster.write_text(text, encoding="utf-8-sig")
    assert collect(made(tmp_path, {moodle("Ann Maria OLee", 1): notebook()}), course, roster=roster).new == ["ann"]


def test_one_who_could_be_two_is_neither(course, tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("id,first_name,last_name\nann1,Ann,Lee\nann2,Ann,Lee\n")
    done = collect(made(tmp_path, {moodle("Ann Lee", 1): notebook()}), course, roster=roster)
    assert done.refused == {"Ann Lee": f"could be ann1 or ann2 in {roster}"} and not done.new


@pytest.mark.parametrize(
    ("packed", "says"),
    [
        (b"no zip at all", "is no zip"),
        ({"a.txt": "x"}, "is no zip of all submissions from Moodle, Canvas, Gradescope (there is: a.txt)"),
        ({}, "there is: nothing"),
        ({f"submission_1/{CHAPTER}.ipynb": "x"}, "no submission_metadata.yml"),
        ({"submission_metadata.yml": "a: [", f"submission_1/{CHAPTER}.ipynb": "x"}, "cannot be read"),
    ],
)
def test_a_zip_of_nobody_s_is_one_line(course, tmp_path, packed, says):
    with pytest.raises(WrongUse) as error:
        collect(made(tmp_path, packed), course)
    assert says in str(error.value) and "\n" not in str(error.value)


def test_the_chapter_is_the_one_that_the_files_are_named_after(course, tmp_path):
    other = course / "release" / "delays" / "delays.ipynb"
    other.parent.mkdir()
    other.write_bytes(notebook())
    assert collect(made(tmp_path, {moodle("a", 1, "Delays (2).ipynb"): notebook()}), course).chapter == "delays"
    assert (
        collect(made(tmp_path, {moodle("a", 1, "w.ipynb"): notebook()}, "CS-Delays-7.zip"), course).chapter == "delays"
    )
    with pytest.raises(WrongUse, match="Say --chapter, one of"):
        collect(made(tmp_path, {moodle("a", 1, "w.ipynb"): notebook()}), course)


def test_the_command_says_in_lines_what_became_of_whom(released_chapter, tmp_path):
    import shutil

    course = tmp_path / "course"
    shutil.copytree(released_chapter, course)
    file = made(tmp_path, {moodle("ann", 1): notebook(), moodle("O'Brien", 2): notebook()})
    command = [Path(sys.executable).with_name("autograder"), "collect", file, "--course", course]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout == f"{CHAPTER} from Moodle: 1 new, 0 in the place of another, 0 unchanged\n"
    assert "O'Brien: not a student's name" in done.stderr and "1 could not be taken: O'Brien" in done.stderr
    assert json.loads((course / COLLECTED).read_text())[CHAPTER]["ann"]["from"] == "Moodle"
    assert isinstance(Collected(CHAPTER, "Moodle").refused, dict)
