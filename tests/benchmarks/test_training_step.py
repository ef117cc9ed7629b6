"""The steps that are compared are the same step."""

import numpy as np
import pytest
from training_step import build, on_device, same_step


@pytest.mark.slow
def test_plain_torch_says_what_eventprop_says_of_a_first_step():
    said = {name: build(name)() for name in ("plain torch", "EventProp", "EventProp, from events")}
    said |= {name: build(name)() for name in ("plain torch, double precision", "EventProp, double precision")}
    same_step(said)
    assert np.allclose(said["EventProp"], said["EventProp, double precision"], rtol=1e-3)
    assert np.allclose(said["EventProp"], said["EventProp, from events"])


def test_a_loss_that_is_another_is_seen():
    same_step({"plain torch": (6.0, 1000.0), "another": (6.2, 1040.0), "products": None})
    with pytest.raises(AssertionError, match="another says"):
        same_step({"plain torch": (6.0, 1000.0), "another": (6.0, 1100.0)})


def test_a_device_computes_the_same_step_and_one_that_is_not_there_is_named(capsys):
    on_device("cpu", rounds=1)
    assert "plain torch on cpu" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="--device is 'no_such': expected a device of torch's"):
        on_device("no_such", rounds=1)
