"""A notebook run in the room, cell by cell.

A cell that does not come to an end, or takes its process along, costs only itself: a new process runs the cells before
it again, and goes on with the next.
"""

import time
from collections.abc import Callable, Mapping
from copy import deepcopy

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.beside.records import Asked
from autograder.beside.words import ENDED, ONLY_DRAWS, OURS, SAYS, SLOW, checked_by, grade_id, said_of
from autograder.room import walls
from autograder.room.folders import own_folder
from autograder.room.limits import Limits
from autograder.room.outputs import Space
from autograder.room.process import ALL_TOO_LONG, Ending, Process, Stop

WAITING_CELLS = 3
"""Cells in a notebook that may wait as long as a cell may compute. When that is over the rest is not run."""
ALL_WAITED = "the cells before it waited for more than {:g} seconds and computed nothing"


def run(
    notebook: NotebookNode,
    asked: dict[str, Asked],
    seconds: Mapping[str, float],
    beside: Mapping[str, bytes],
    limits: Limits,
    *,
    unsafe: bool = False,
    stop: Stop | None = None,
    packages: tuple[str, ...] = (),
) -> NotebookNode:
    """The notebook with its outputs. The metadata of a cell that was cut off says how it ENDED and what that SAYS,
    of a check that was SLOW how slow.

    Parameters
    ----------
    asked : the questions that the check cell of each exercise puts.
    seconds : the time for cells with those grade ids; other cells get ``limits.cell_seconds``.
    beside : what lies in the notebook's folder, by its place there.
    packages : what may be loaded before, once for many notebooks, for it is only installed here and nobody's work.

    Raises :class:`walls.NoSandbox` if there is no bubblewrap, unless ``unsafe``; :class:`Stopped` once ``stop`` is set.
    """
    notebook = deepcopy(notebook)
    to_run = [cell for cell in notebook.cells if cell.cell_type == "code" and not said_of(cell).get(ONLY_DRAWS)]
    with own_folder() as kit:
        walls.furnish(kit, beside)

        def begin() -> Process:
            return Process(kit, asked, limits, stop, unsafe=unsafe, packages=packages)

        _run_cells(to_run, seconds, limits, begin)
    return notebook


def _run_cells(
    cells: list[NotebookNode], seconds: Mapping[str, float], limits: Limits, begin: Callable[[], Process]
) -> None:
    over = time.monotonic() + limits.notebook_seconds
    waits = waits_in_all = WAITING_CELLS * limits.cell_seconds
    space = Space()
    process, cut_off = begin(), set()

    def run(cell: NotebookNode, seconds: float, space: Space) -> Ending:
        nonlocal waits
        ending = process.run(cell, seconds, over - time.monotonic(), waits, space)
        waits -= ending.waited
        return ending

    try:
        for number, cell in enumerate(cells):
            if waits <= 0 or time.monotonic() >= over:
                too_long, waited = ALL_TOO_LONG.format(limits.notebook_seconds), ALL_WAITED.format(waits_in_all)
                _keep(cell, Ending("timed out", waited if waits <= 0 else too_long), number + 1)
                continue
            ending = run(cell, seconds.get(grade_id(cell), limits.cell_seconds), space)
            _keep(cell, ending, number + 1)
            while ending.how and number + 1 < len(cells) and time.monotonic() < over:
                cut_off.add(number)
                process.close()
                process = begin()
                for earlier in range(number):
                    if earlier not in cut_off and not checked_by(cells[earlier]):
                        ending = run(cells[earlier], limits.cell_seconds, Space())
                        if ending.how:
                            cut_off.add(earlier)
                            break
                else:
                    break
    finally:
        process.close()


def _keep(cell: NotebookNode, ending: Ending, count: int) -> None:
    cell.execution_count = count
    cell.outputs = ending.outputs
    for output in cell.outputs:
        if output.output_type == "execute_result":
            output.execution_count = count
    if ending.how:
        cell.metadata[OURS] = {ENDED: ending.how, SAYS: ending.says}
        line = f"{ending.how}: {ending.says}"
        cell.outputs.append(new_output("error", ename=ending.how, evalue=ending.says, traceback=[line]))
    elif ending.slow and checked_by(cell):
        cell.metadata[OURS] = {SLOW: ending.slow}
