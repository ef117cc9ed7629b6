"""What students might hand in for the chapter on the adjoint: right in several styles, and wrong in ways of their own.

Each is the text of a cell; numpy is imported as ``np``. Of the wrong ones stands beside the text what they earn and the
name of the misconception they are told, "" where it is not a known one.
"""

RIGHT = {
    "forward": {
        "lists, no numpy": """
import math
def forward(steps, weight, n_steps, dt, tau_m=20.0, tau_s=5.0):
    V = I = 0.0
    rows, steps = [], [int(s) for s in steps]
    for n in range(n_steps):
        old = I
        I = old * math.exp(-dt / tau_s) + weight * steps.count(n)
        V = V * math.exp(-dt / tau_m) + tau_s / (tau_m - tau_s) * old * (math.exp(-dt / tau_m) - math.exp(-dt / tau_s))
        rows.append([V, I])
    return rows
""",
        "all spikes added up": """
def forward(steps, weight, n_steps, dt, tau_m=20.0, tau_s=5.0):
    t = dt * np.arange(n_steps)
    V, I = np.zeros(n_steps), np.zeros(n_steps)
    for s in steps:
        since = t - dt * s
        on = since >= 0
        V[on] += weight * tau_s / (tau_m - tau_s) * (np.exp(-since[on] / tau_m) - np.exp(-since[on] / tau_s))
        I[on] += weight * np.exp(-since[on] / tau_s)
    return np.column_stack([V, I])
""",
        "matrix exponential": """
def forward(steps, weight, n_steps, dt, tau_m=20.0, tau_s=5.0):
    A = np.array([[-1 / tau_m, 1 / tau_m], [0, -1 / tau_s]])
    values, vectors = np.linalg.eig(A)
    step = (vectors * np.exp(values * dt)) @ np.linalg.inv(vectors)
    x, rows = np.zeros(2), []
    for n in range(n_steps):
        x = step @ x
        x[1] += weight * np.sum(np.asarray(steps) == n)
        rows.append(x)
    return np.array(rows, dtype=np.float32)
""",
    },
    "euler_adjoint": {
        "append and turn": """
def euler_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    rows, lv, li = [], 0.0, 0.0
    for p in list(push)[::-1]:
        lv, li = lv + dt / tau_m * (p - lv), li + dt / tau_s * (lv - li)
        rows.append((lv, li))
    return rows[::-1]
""",
        "as in the source": """
def euler_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    lambda_V = lambda_I = 0.0
    rec = np.zeros((len(push), 2))
    for iT in range(len(push), 0, -1):
        lambda_I = lambda_I + (lambda_V - lambda_I) / tau_s * dt
        lbdv = lambda_V
        lambda_V = lambda_V + push[iT - 1] / tau_m * dt - lbdv / tau_m * dt
        rec[iT - 1] = lambda_V, lambda_I
    return rec
""",
    },
    "exact_adjoint": {
        "variation of constants": """
def exact_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    am, as_ = np.exp(-dt / tau_m), np.exp(-dt / tau_s)
    c = tau_m / (tau_m - tau_s) * (am - as_)
    lv = li = 0.0
    rows = []
    for p in reversed(list(push)):
        li = p + (li - p) * as_ + (lv - p) * c
        lv = p + (lv - p) * am
        rows.insert(0, [lv, li])
    return rows
""",
        "matrix exponential": """
def exact_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    values, vectors = np.linalg.eig(np.array([[-1 / tau_m, 0], [1 / tau_s, -1 / tau_s]]))
    step = (vectors * np.exp(values * dt)) @ np.linalg.inv(vectors)
    x, out = np.zeros(2), np.zeros((len(push), 2))
    for n in range(len(push))[::-1]:
        x = push[n] + step @ (x - push[n])
        out[n] = x
    return out
""",
    },
    "spike_time_gradient": {
        "a list": """
def spike_time_gradient(lambdas, weight, steps):
    return [weight * (lambdas[int(s)][0] - lambdas[int(s)][1]) for s in steps]
""",
        "as kicks": """
def spike_time_gradient(lambdas, weight, steps):
    tau_m, tau_s = 20.0, 5.0
    of_V, of_I = -tau_m * np.asarray(lambdas)[:, 0], -tau_s * np.asarray(lambdas)[:, 1]
    return [-weight / tau_m * of_V[s] + weight / tau_s * of_I[s] for s in np.asarray(steps)]
""",
    },
    "weight_gradient": {
        "loops": """
def weight_gradient(lambda_I, spikes, tau_s=5.0):
    J, M = len(spikes[0]), len(lambda_I[0])
    out = [[0.0] * M for _ in range(J)]
    for row, felt in zip(spikes, lambda_I):
        for j in range(J):
            if row[j]:
                for k in range(M):
                    out[j][k] -= tau_s * felt[k]
    return out
""",
        "einsum": """
def weight_gradient(lambda_I, spikes, tau_s=5.0):
    return -tau_s * np.einsum("nj,nm->jm", spikes, lambda_I)
""",
    },
    "next_spike": {
        "lists, no numpy": """
import math
def next_spike(V, I, threshold, tau_m=20.0, tau_s=5.0):
    b = tau_s / (tau_m - tau_s) * I
    a = V + b
    f = lambda t: a * math.exp(-t / tau_m) - b * math.exp(-t / tau_s)
    if I <= V or a <= 0 or I <= 0:
        return float("inf")
    peak = math.log(b * tau_m / a / tau_s) * tau_m * tau_s / (tau_m - tau_s)
    if f(peak) < threshold:
        return float("inf")
    low, high = 0.0, peak
    while high - low > 1e-12:
        middle = 0.5 * (low + high)
        if f(middle) < threshold:
            low = middle
        else:
            high = middle
    return high
""",
        "the peak found by bisection too": """
def next_spike(V, I, threshold, tau_m=20.0, tau_s=5.0):
    def state(t):
        i = I * np.exp(-t / tau_s)
        return V * np.exp(-t / tau_m) + tau_s / (tau_m - tau_s) * I * (np.exp(-t / tau_m) - np.exp(-t / tau_s)), i
    if I <= V:
        return np.inf
    low, high = 0.0, 500.0
    for _ in range(100):
        mid = (low + high) / 2
        v, i = state(mid)
        low, high = (mid, high) if i > v else (low, mid)
    if state(low)[0] < threshold:
        return np.inf
    low, high = 0.0, low
    for _ in range(100):
        mid = (low + high) / 2
        low, high = (mid, high) if state(mid)[0] < threshold else (low, mid)
    return high
""",
    },
    "jump": {
        "dL/dt over the slope": """
def jump(lambda_V, lambda_I, weights, n, current, threshold):
    out = [float(x) for x in lambda_V]
    slope = current * out[n] + sum(w * (v - i) for w, v, i in zip(weights, lambda_V, lambda_I))
    out[n] = slope / (current - threshold)
    return out
""",
        "a row of where": """
def jump(lambda_V, lambda_I, weights, n, current, threshold):
    lambda_V, lambda_I, weights = (np.asarray(x, float) for x in (lambda_V, lambda_I, weights))
    J = (threshold * lambda_V[n] + weights @ (lambda_V - lambda_I)) / (current - threshold)
    return np.where(np.arange(len(lambda_V)) == n, lambda_V + J, lambda_V)
""",
    },
    "loss_push": {
        "four branches": """
def loss_push(voltage, target, dt, shape):
    V = np.array(voltage, float)
    N, K = V.shape
    T = N * dt
    def toward(s):
        e = np.exp(s - np.max(s))
        g = -e / e.sum()
        g[target] += 1
        return g
    out = np.zeros((N, K))
    if shape == "average":
        for n in range(N):
            out[n] = toward(V[n]) / T
    elif shape == "sum":
        out[:] = toward(V.mean(axis=0)) / T
    elif shape == "weighted":
        w = np.exp(-np.arange(N) * dt / T)[:, None]
        out = toward((w * V).mean(axis=0)) * w / T
    else:
        g = toward(V.max(axis=0))
        for k in range(K):
            out[list(V[:, k]).index(V[:, k].max()), k] = g[k] / dt
    return out
""",
        "autograd": """
import torch
def loss_push(voltage, target, dt, shape):
    V = torch.tensor(np.asarray(voltage, float), requires_grad=True)
    N = len(V)
    if shape == "average":
        loss = -torch.log_softmax(V, 1)[:, target].mean()
    else:
        w = torch.exp(-torch.arange(N) / N)[:, None] if shape == "weighted" else 1.0
        s = V[torch.argmax(V, 0), torch.arange(V.shape[1])] if shape == "max" else (w * V).mean(0)
        loss = -torch.log_softmax(s, 0)[target]
    loss.backward()
    return -V.grad / dt
""",
    },
}

WRONG = {
    "forward": {
        "in place of the current": (
            RIGHT["forward"]["lists, no numpy"].replace("* old * (math", "* I * (math"),
            0,
            "",  # the current with this step's spike in it
        ),
        "midpoint rule": (
            RIGHT["forward"]["lists, no numpy"].replace(
                "V = V * math.exp(-dt / tau_m) + tau_s / (tau_m - tau_s) * old * "
                "(math.exp(-dt / tau_m) - math.exp(-dt / tau_s))",
                "V = V + dt / tau_m * (old - V)",
            ),
            0,
            "euler_voltage",
        ),
        "corrected weight": (
            RIGHT["forward"]["lists, no numpy"].replace(
                "V = I = 0.0", "V = I = 0.0; weight = weight * tau_s * (1 - math.exp(-dt / tau_s)) / dt"
            ),
            0,
            "weight_corrected",
        ),
        "only the voltage": (
            RIGHT["forward"]["lists, no numpy"].replace("rows.append([V, I])", "rows.append(V)"),
            0,
            "",
        ),
    },
    "euler_adjoint": {
        "latest first": (RIGHT["euler_adjoint"]["append and turn"].replace("rows[::-1]", "rows"), 1, "latest_first"),
        "one after the other": (
            RIGHT["euler_adjoint"]["append and turn"].replace(
                "lv, li = lv + dt / tau_m * (p - lv), li + dt / tau_s * (lv - li)",
                "lv += dt / tau_m * (p - lv); li += dt / tau_s * (lv - li)",
            ),
            0,
            "new_voltage_too_soon",
        ),
        "exact already": (
            RIGHT["exact_adjoint"]["variation of constants"].replace("exact_adjoint", "euler_adjoint"),
            0,
            "",
        ),
    },
    "exact_adjoint": {
        "euler again": (
            RIGHT["euler_adjoint"]["as in the source"].replace("euler_adjoint", "exact_adjoint"),
            0,
            "euler",
        ),
        "fixed time constants": (
            RIGHT["exact_adjoint"]["variation of constants"].replace(
                "    am, as_", "    tau_m, tau_s = 20.0, 5.0\n    am, as_"
            ),
            4,
            "",
        ),
    },
    "spike_time_gradient": {
        "the other way round": (
            "def spike_time_gradient(l, w, s):\n"
            "    l, s = np.asarray(l), np.asarray(s)\n    return w * (l[s, 1] - l[s, 0])",
            0,
            "sign",
        ),
        "by size of the weight": (
            "def spike_time_gradient(l, w, s):\n"
            "    l, s = np.asarray(l), np.asarray(s)\n    return abs(w) * (l[s, 0] - l[s, 1])",
            4,
            "size_of_the_weight",
        ),
        "fails on lists": (
            "def spike_time_gradient(l, w, s):\n    return w * (l[s, 0] - l[s, 1])",
            4,
            "",
        ),
    },
    "weight_gradient": {
        "tau_s fixed": (
            "def weight_gradient(l, s, tau_s=5.0):\n    return -5.0 * np.asarray(s).T @ np.asarray(l)",
            3,
            "",
        ),
        "plus": (
            "def weight_gradient(l, s, tau_s=5.0):\n    return tau_s * np.asarray(s).T @ np.asarray(l)",
            0,
            "sign",
        ),
    },
    "next_spike": {
        "steps of a hundredth": (
            """
def next_spike(V, I, threshold, tau_m=20.0, tau_s=5.0):
    t = np.arange(1, 30_000) * 0.01
    v = V * np.exp(-t / tau_m) + tau_s / (tau_m - tau_s) * I * (np.exp(-t / tau_m) - np.exp(-t / tau_s))
    over = np.flatnonzero(v >= threshold)
    return t[over[0]] if len(over) else np.inf
""",
            2,
            "",
        ),
        "raises where it never comes": (
            RIGHT["next_spike"]["lists, no numpy"].replace('return float("inf")', 'raise ValueError("never")'),
            4,
            "",
        ),
    },
    "jump": {
        "minus": (RIGHT["jump"]["a row of where"].replace("lambda_V + J", "lambda_V - J"), 0, "sign"),
        "changes what it is given": (
            """
def jump(lambda_V, lambda_I, weights, n, current, threshold):
    lambda_V[n] += (threshold * lambda_V[n] + np.dot(weights, lambda_V - lambda_I)) / (current - threshold)
    return lambda_V
""",
            6,  # a list cannot be subtracted from a list
            "",
        ),
        "one number": (RIGHT["jump"]["dL/dt over the slope"].replace("return out", "return out[n]"), 0, ""),
    },
    "loss_push": {
        "gradient": (
            RIGHT["loss_push"]["autograd"].replace("return -V.grad / dt", "return V.grad / dt"),
            0,
            "sign",
        ),
        "without dt": (
            RIGHT["loss_push"]["four branches"].replace("return out", "return out * dt"),
            1,
            "dt_forgotten",
        ),
        "no maximum": (
            RIGHT["loss_push"]["four branches"].replace(
                "    else:\n        g = ", "    else:\n        return out\n        g = "
            ),
            5,
            "",
        ),
    },
}
