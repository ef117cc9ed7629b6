"""What is started is what the table says."""

import how_fast
import import_time


def test_every_row_of_the_table_is_started():
    assert tuple(import_time.COMMANDS) == how_fast.TABLES["import_time"].rows
    import_time.started(import_time.COMMANDS["from autograder.check import check"])()
