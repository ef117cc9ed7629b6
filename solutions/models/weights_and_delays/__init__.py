"""Whole models of the chapter *weights_and_delays*.

``surrogate`` is the gradient of a network with delays as most programs have it, in steps and with a borrowed slope,
written out. ``dense`` is the same for many networks and words at once, by torch, with kernels over delays that learn;
``exact`` runs many at once from event to event, with exact gradients. The exact network of any shape, one word at a
time, is ``solutions.models.adjoint.delayed``.
"""
