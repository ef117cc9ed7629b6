"""What is checked at home is the reference and a misreading of it."""

import check_at_home
from side_by_side import Times

from autograder.beside import check
from autograder.exercises import load
from autograder.reference.record import write_records


def test_the_reference_is_passed_and_its_last_misreading_is_not(tmp_path, monkeypatch, capsys):
    chapter = load("leaky_integrator")
    write_records(chapter, tmp_path)
    monkeypatch.setenv(check.RECORDED, str(tmp_path))
    for exercise in chapter.exercises:
        assert check_at_home.ours(exercise.name, exercise.reference)()
        assert not check_at_home.ours(exercise.name, check_at_home.last_misreading(exercise))()
    assert not capsys.readouterr().out


def test_the_slowest_exercise_stands_for_its_chapter():
    times = {"quick": Times([0.03, 0.06, 9.0], []), "slow": Times([0.3, 0.6, 0.9], [])}
    assert check_at_home.longest(times, {"row": "a"}) == {"row": "a", "value": 2.0, "low": 1.0, "high": 3.0}
