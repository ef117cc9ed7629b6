r"""The leaky integrator: a membrane voltage that follows its input current and forgets it.

.. math:: \frac{dv}{dt} = \frac{1}{\tau} (i - v)

Lapicque (1907), translated by Brunel & van Rossum, Biol. Cybern. 97 (2007), doi:10.1007/s00422-007-0189-6;
Gerstner, Kistler, Naud & Paninski, *Neuronal Dynamics* (2014), eq. 1.5 with R = 1, doi:10.1017/CBO9781107447615.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

input_data = ...
### BEGIN SOLUTION
input_data = np.ones(1000)
### END SOLUTION


def leaky_integrator(input_data: ArrayLike, tau: float) -> NDArray[np.float64]:
    """Membrane voltage of a leaky integrator after each step of one, by Euler's method.

        v[n+1] = v[n] + (i[n] - v[n]) / tau,    v[0] = 0

    Parameters
    ----------
    input_data : the input current i at each step: a list or an array of shape (T,), or (T, N) for N channels.
    tau : the time constant, in steps: more than 0.

    Returns
    -------
    The voltages v[1] ... v[T], in the shape of input_data.
    """
    if not tau > 0:
        raise ValueError(f"tau is {tau}: a time constant is a positive number of steps")
    ### BEGIN SOLUTION
    current = np.asarray(input_data, dtype=float)
    membrane = np.empty_like(current)
    v = np.zeros(current.shape[1:])
    for n, i in enumerate(current):
        v = v + (i - v) / tau
        membrane[n] = v
    return membrane
    ### END SOLUTION


def exact_leaky_integrator(input_data: ArrayLike, tau: float, dt: float) -> NDArray[np.float64]:
    """Membrane voltage of a leaky integrator after each step of any length, without error.

    While the current is constant the equation has a closed-form solution, and one step follows it:

        v[n+1] = i[n] + (v[n] - i[n]) * exp(-dt / tau),    v[0] = 0

    Parameters
    ----------
    input_data : the input current i, constant during each step, shape (T,), or (T, N) for N channels.
    tau : the time constant, more than 0.
    dt : the length of a step, in the units of tau: 0 or more.

    Returns
    -------
    The voltages v[1] ... v[T], in the shape of input_data.
    """
    if not (tau > 0 and dt >= 0):
        raise ValueError(f"tau is {tau} and dt is {dt}: a time constant is positive, a step is not negative")
    ### BEGIN SOLUTION
    current = np.asarray(input_data, dtype=float)
    membrane = np.empty_like(current)
    v = np.zeros(current.shape[1:])
    decay = np.exp(-dt / tau)
    for n, i in enumerate(current):
        v = i + (v - i) * decay
        membrane[n] = v
    return membrane
    ### END SOLUTION
