"""The loop of the benchmark, over its first epochs."""

import numpy as np
import pytest
from delays import FEW, by_step, by_table, same_losses


@pytest.mark.slow
def test_the_loop_begins_with_the_losses_of_the_table():
    name = "same patterns"
    assert by_step(name, FEW) == pytest.approx(by_table(name)[:FEW], rel=1e-5)


def test_other_losses_are_seen():
    losses = np.ones(38)
    same_losses("same patterns", losses, losses)
    with pytest.raises(AssertionError, match=r"0\.1000 apart"):
        same_losses("same patterns", losses, losses + 0.1)
    with pytest.raises(AssertionError, match="38 and 37 epochs"):
        same_losses("same patterns", losses, losses[1:])
