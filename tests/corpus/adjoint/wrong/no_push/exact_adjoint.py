# slip: the push is only in the voltage of the step before
from scipy.linalg import expm


def exact_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    step = expm(dt * np.array([[-1 / tau_m, 0, 1], [1 / tau_s, -1 / tau_s, 0], [0, 0, 0]]))
    x, rows = np.zeros(2), []
    for p in np.asarray(push)[::-1]:
        x = (step @ np.array([x[0], x[1], p]))[:2]
        rows.append(x)
    return np.array(rows[::-1])
