"""The rule by which feedback corrects itself at each spike, in Brian2.

Urbanczik & Senn, *Learning by the dendritic prediction of somatic spiking*, Neuron 81 (2014), eq. 6,
doi:10.1016/j.neuron.2013.11.030: a synapse on a dendrite learns from what the dendrite predicts wrongly of its neuron.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solutions.models.brian import brian2 as b2


class LearnedFeedback:
    r"""Synapses from y to dendrites of x that learn to say what x does; a part of a Brian2 network.

    Each neuron :math:`x_i` has a dendrite :math:`d_i` of its own, apart from the potential that makes it fire, and a
    trace :math:`r_i` of its spikes. The synapse from :math:`y_j` learns at the moment when :math:`y_j` fires:

    .. math::

        \tau_d\,\dot r_i = -r_i + \tau_d \sum_f \delta(t - t^f_{x_i}), \qquad
        \tau_d\,\dot d_i = -d_i + \tau_d \sum_{j, f} U_{ij}\,\delta(t - t^f_{y_j}), \qquad
        \tau_s\,\dot s_i = r_i - d_i - s_i, \qquad
        \Delta U_{ij} = \eta\,(r_i - d_i - s_i)

    with :math:`\tau_d` = 50 ms and :math:`\tau_s` = 5 s.

    The dendrites do not make x fire: while the feedback learns, x fires by its own input. What the feedback and the
    slow mean together say of x is ``dendrite + slow``, in the unit of the trace: x firing at r Hz has a mean trace of
    0.05 r.

    Parameters
    ----------
    x, y : the two populations, Brian2 groups that fire, with n_x and n_y neurons.
    weights : the feedback U before learning, shape (n_x, n_y): what a spike of y adds to a dendrite.
    rate : the learning rate eta.

    Attributes
    ----------
    objects : what belongs in the ``brian2.Network``, beside x and y.
    dendrites : NeuronGroup with ``trace``, ``dendrite`` and ``slow``, one for each x.
    synapses : Synapses from y to the dendrites; ``weight`` is what is learned.

    Raises
    ------
    ValueError : if the weights have another shape, or the rate is not positive.

    Examples
    --------
    Two neurons x take turns every 100 ms, each with a neuron y of its own. Soon the feedback knows whose is whose:

    >>> import numpy as np
    >>> from solutions import LearnedFeedback
    >>> from solutions.models.brian import brian2 as b2
    >>> times = np.arange(10, 1000, 5)
    >>> who = times // 100 % 2
    >>> x, y = (b2.SpikeGeneratorGroup(2, who, times * b2.ms) for _ in range(2))
    >>> feedback = LearnedFeedback(x, y, weights=np.zeros((2, 2)), rate=0.005)
    >>> seen = b2.StateMonitor(feedback.dendrites, ["trace", "dendrite", "slow"], record=True)
    >>> b2.Network(x, y, feedback.objects, seen).run(1 * b2.second, namespace={})
    >>> feedback.weights.round(1)
    array([[0.7, 0.1],
           [0.1, 0.7]])
    """

    def __init__(self, x: Any, y: Any, weights: ArrayLike, rate: float) -> None:
        start = np.asarray(weights, dtype=float)
        if start.shape != (len(x), len(y)):
            raise ValueError(f"weights have shape {start.shape}, expected (n_x, n_y) = ({len(x)}, {len(y)})")
        if not rate > 0:
            raise ValueError(f"rate is {rate}: a learning rate is positive")
        self.dendrites = b2.NeuronGroup(
            len(x),
            """
            dtrace/dt = -trace / (50*ms) : 1
            ddendrite/dt = -dendrite / (50*ms) : 1
            dslow/dt = (trace - dendrite - slow) / (5*second) : 1
            """,
            method="euler",
        )
        self.synapses = b2.Synapses(
            y,
            self.dendrites,
            "weight : 1",
            on_pre={
                "arrive": "dendrite_post += weight",
                "learn": "weight += rate * (trace_post - dendrite_post - slow_post)",
            },
            namespace={"rate": rate},
        )
        self.synapses.connect()
        self.synapses.weight = start[self.synapses.j[:], self.synapses.i[:]]
        somas = b2.Synapses(x, self.dendrites, on_pre="trace_post += 1")
        somas.connect(j="i")
        self.synapses.learn.order = 1  # first arrive, then learn,
        somas.pre.order = 2  # and from the traces that were there before this moment
        self.objects = (self.dendrites, self.synapses, somas)

    @property
    def weights(self) -> NDArray[np.float64]:
        """The feedback U as it is now, shape (n_x, n_y)."""
        table = np.zeros((self.dendrites.N, self.synapses.source.N))
        table[self.synapses.j[:], self.synapses.i[:]] = self.synapses.weight[:]
        return table

    @property
    def slow(self) -> NDArray[np.float64]:
        """The slow mean of what the feedback does not say, shape (n_x,)."""
        return np.array(self.dendrites.slow)
