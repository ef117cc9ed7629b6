"""The page "How fast is it?" says what its file of results says, no more and no less."""

import json
import re

import how_fast
import pytest
from how_fast import TABLES, Table

KEPT = how_fast.read()


def found(*cells, others=0.0):
    made = {"on": "2026-01-01", "rounds": 5, "threads": "1", "cores": 2, "others": others, "with": {"python": "3.11"}}
    return {"made": made, "cells": list(cells)}


@pytest.fixture
def small(monkeypatch):
    """One table, of two of ours, a floor and a peer."""
    table = Table("work", ("floor", "ours", "twin", "peer"), ("1", "MB"), ours=("ours", "twin"), peers=("peer",))
    monkeypatch.setitem(TABLES, "small", table)
    return lambda *cells, **made: how_fast.table("small", found(*cells, **made))


def cell(row, value, column="1"):
    return {"row": row, "column": column, "value": value, "low": value / 2, "high": value * 2}


def test_the_page_has_the_tables_of_what_is_kept():
    text = how_fast.PAGE.read_text()
    assert how_fast.with_tables(text, KEPT) == text, "python benchmarks/how_fast.py"
    assert re.findall(r"^% the table (\w+) begins$", text, re.MULTILINE) == list(TABLES)


def test_there_is_a_table_for_all_that_is_kept_and_a_benchmark_for_every_table():
    assert set(KEPT) <= set(TABLES)
    benchmarks = how_fast.places.PROJECT / "benchmarks"
    assert all((benchmarks / f"{name}.py").is_file() for name in TABLES)


def test_what_is_kept_has_a_place_in_its_table():
    for name, one in KEPT.items():
        for cell in one["cells"]:
            assert cell["row"] in TABLES[name].rows and cell["column"] in TABLES[name].columns
            assert ("value" in cell) != ("says" in cell)
            assert cell.get("low", 0) <= cell.get("value", 0) <= cell.get("high", float("inf"))


def test_at_least_five_rounds_are_kept():
    assert all(one["made"]["rounds"] >= 5 for one in KEPT.values())


def test_what_was_not_measured_is_said(small):
    assert "| peer | not measured here | not measured here |" in small()
    assert "Not measured yet." in how_fast.table("small", {})
    gone = {"row": "peer", "column": "1", "says": "not there"}
    assert "| peer | not there | not measured here |" in small(gone)


def test_a_number_has_its_spread(small):
    assert "| ours | 1,234 (617 to 2,469) | not measured here |" in small(cell("ours", 1234.4))
    assert "| ours | 2.4 (1.2 to 4.9) |" in small(cell("ours", 2.44))
    assert "| ours | 0.024 (0.012 to 0.049) |" in small(cell("ours", 0.0244))


def test_who_is_faster_than_the_best_of_ours_is_named_and_a_floor_is_not(small):
    behind = small(cell("floor", 1), cell("ours", 9), cell("twin", 4), cell("peer", 3))
    assert "**Behind:** peer (1) is faster than ours." in behind


def test_where_nobody_is_faster_nothing_is_said(small):
    assert "aster" not in small(cell("floor", 1), cell("ours", 9), cell("twin", 2), cell("peer", 3))
    assert "Behind" not in small(cell("floor", 1), cell("ours", 9))


def test_what_was_asked_for_is_said_to_be_reached_or_not():
    asked = how_fast.table("lif_forward", found(cell("ours, compiled", 3.1, "100"), cell("ours, compiled", 20, "1")))
    assert "1 of 2 are reached. **Not reached:** ours, compiled (100: at most 3)." in asked
    ours, products = "EventProp, from events", "two dense products alone"
    for mine, said in ((0.6, f"**Not reached:** {ours} (processor time: at most {products})."), (0.4, "1 of 1 are")):
        both = found(cell(ours, mine, "processor time"), cell(products, 0.5, "processor time"))
        assert said in how_fast.table("training_step", both)
    assert "asked" not in how_fast.table("training_step", found(cell(ours, 0.6, "processor time")))


def test_a_busy_machine_is_said_to_be_one(small):
    assert "1 thread of 2 cores, 5 rounds, alone; python 3.11." in small(cell("ours", 1))
    assert "on a busy machine: other programs used 1.7 of 2 cores" in small(cell("ours", 1), others=1.7)


def test_a_new_result_takes_the_place_of_its_own_and_the_cells_of_the_page_know(tmp_path, monkeypatch):
    page, kept = tmp_path / "page.md", tmp_path / "kept.json"
    marks = "\n\n".join(f"% the table {name} begins\n\n% the table {name} ends" for name in TABLES)
    page.write_text(f"\n{marks}\n\n# from 0\n")
    monkeypatch.setattr(how_fast, "PAGE", page)
    monkeypatch.setattr(how_fast, "KEPT", kept)
    texts = []
    for one in ({"other": found()}, {"lif_forward": found(cell("Norse", 7, "1"))}, {"lif_forward": found()}):
        how_fast.keep(one)
        texts.append(page.read_text())
    assert json.loads(kept.read_text()) == {"other": found(), "lif_forward": found()}
    assert "| Norse | 7.0 (3.5 to 14) |" in texts[1] and "7.0" not in texts[2]
    assert len({text.splitlines()[-1] for text in texts}) == 3
