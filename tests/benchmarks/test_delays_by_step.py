"""The loop of the benchmark, over its first epochs."""

import numpy as np
import pytest
from delays import EPOCHS, FEW, by_step, by_table, same_losses

from solutions import toy_problem


@pytest.mark.slow
def test_the_loop_begins_with_the_losses_of_the_table():
    task = toy_problem("same patterns")
    assert by_step(task, FEW) == pytest.approx(by_table(task)[:FEW], rel=1e-5)
    assert len(by_table(task)) == EPOCHS["same patterns"]


def test_other_losses_are_seen():
    losses = np.ones(38)
    same_losses("same patterns", losses, losses)
    with pytest.raises(AssertionError, match=r"0\.1000 apart"):
        same_losses("same patterns", losses, losses + 0.1)
    with pytest.raises(AssertionError, match="38 and 37 epochs"):
        same_losses("same patterns", losses, losses[1:])
