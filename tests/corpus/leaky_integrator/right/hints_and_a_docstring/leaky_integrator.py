from collections.abc import Sequence
def leaky_integrator(input_data: Sequence[float] | np.ndarray, tau: float) -> np.ndarray:
    """Membrane voltage after each step."""
    v: float = 0.0
    trace: list[float] = []
    for current in input_data:
        v = v + (current - v) / tau
        trace.append(v)
    return np.asarray(trace)
