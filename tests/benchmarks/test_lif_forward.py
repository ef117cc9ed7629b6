"""The loop in C counts the spikes of the readable function."""

import shutil

import numpy as np
import pytest
from lif_forward import TAU, THRESHOLD, c_loop, compiled, counted, same_counts

from solutions.lif_filters import leaky_integrate_and_fire


@pytest.mark.skipif(not shutil.which("gcc"), reason="needs gcc")
@pytest.mark.parametrize("neurons", [1, 7, 40])
def test_all_of_ours_and_the_loop_in_c_count_the_same_spikes(neurons):
    current = np.random.default_rng(0).uniform(0, 3, (300, neurons))
    wanted = leaky_integrate_and_fire(current, TAU, THRESHOLD)[0].sum(axis=0)
    for build in (c_loop, compiled):
        assert np.array_equal(build(current, 1)(), wanted)
    longer = leaky_integrate_and_fire(np.concatenate([current, current]), TAU, THRESHOLD)[0].sum(axis=0)
    assert np.array_equal(c_loop(current, 2)(), longer)
    assert np.array_equal(compiled(current, 2)(), longer)


def test_one_spike_too_many_is_seen():
    right = np.array([[1, 0], [0, 1], [1, 1]])
    steps = {"C loop": lambda: counted(right), "another": lambda: np.where([[0, 1], [0, 0], [0, 0]], 1, right)}
    with pytest.raises(AssertionError, match="another counts 1 of 4 spikes otherwise"):
        same_counts(steps)
