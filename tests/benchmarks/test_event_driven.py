"""What is asked of all networks before they are measured."""

import numpy as np
import pytest
from event_driven import FAN_IN, hidden_spikes, input_spikes, network, same_events, same_spikes, weights


@pytest.mark.parametrize("fan_in", [10, 40])
def test_each_neuron_hears_as_many_inputs_as_hidden_neurons(fan_in):
    drawn = weights(50, fan_in)
    assert drawn.shape == (100, 50)
    for rows in (drawn[:50], drawn[50:]):
        assert (np.count_nonzero(rows, axis=0) == fan_in // 2).all()
    assert drawn[:50].sum(axis=0) == pytest.approx(weights(50, FAN_IN)[:50].sum(axis=0))


def test_other_spikes_are_seen():
    when, who = hidden_spikes(network(100, FAN_IN).run(*input_spikes(100), 100.0))
    same_spikes((when, who), (when + 0.1, who), 100)
    with pytest.raises(AssertionError, match="of the neurons first fire at the same time"):
        same_spikes((when, who), (when + 0.3, who), 100)
    with pytest.raises(AssertionError, match="spikes of ours"):
        same_spikes((when, who), (when[:-20], who[:-20]), 100)


def test_other_events_of_the_readable_network_are_seen():
    when, who = hidden_spikes(network(100, FAN_IN).run(*input_spikes(100), 100.0))
    same_events((when, who), (when, who))
    with pytest.raises(AssertionError, match="another order of spikes"):
        same_events((when, who), (when, who[::-1]))
    with pytest.raises(AssertionError, match="other times of spikes"):
        same_events((when, who), (when + 1e-8, who))
