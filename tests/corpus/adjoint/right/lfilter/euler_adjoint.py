from scipy.signal import lfilter


def euler_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    a, b = dt / tau_m, dt / tau_s
    V = lfilter([a], [1, a - 1], push[::-1])
    I = lfilter([0, b], [1, b - 1], V)
    return np.column_stack([V[::-1], I[::-1]])
