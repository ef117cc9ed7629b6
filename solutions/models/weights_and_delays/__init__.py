"""Whole models of the chapter *weights_and_delays*.

``surrogate`` is the gradient of a network with delays as most programs have it, in steps and with a borrowed slope. The
network itself is ``solutions.models.adjoint.delayed``.
"""
