"""Wrong implementations: plausible slips, subtle ones, and nonsense. None of them may earn every point.

Each is the text of a cell, as in ``right``; where they do not say otherwise the loop around a slip is right.
"""


def _leaky(step: str = "v = v + (i - v) / tau", start: str = "v, out = 0, []", end: str = "return out") -> str:
    return f"""
def leaky_integrator(input_data, tau):
    {start}
    for n, i in enumerate(input_data):
        {step}
        out.append(v)
    {end}
"""


def _exact(step: str = "v = i + (v - i) * keep", keep: str = "np.exp(-dt / tau)", end: str = "return out") -> str:
    return f"""
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = {keep}, 0, []
    for n, i in enumerate(input_data):
        {step}
        out.append(v)
    {end}
"""


INPUT_DATA = {
    "zeros": "input_data = np.zeros(1000)",
    "counts": "input_data = np.arange(1000)",
    "one": "input_data = 1",
    "one float": "input_data = 1.0",
    "one in a list": "input_data = [1]",
    "a thousand": "input_data = 1000",
    "999": "input_data = np.ones(999)",
    "transposed": "input_data = np.ones((2, 1000))",
    "almost one": "input_data = [0.999] * 1000",
    "noise": "input_data = 1 + 1e-3 * np.random.default_rng(0).standard_normal(1000)",
    "one zero among them": "input_data = [1] * 999 + [0]",
    "a step": "input_data = np.arange(1000) >= 10",
    "tens": "input_data = [10] * 1000",
    "minus": "input_data = -np.ones(1000)",
    "empty": "input_data = []",
    "none": "input_data = None",
    "text": "input_data = '1' * 1000",
    "texts": "input_data = ['1'] * 1000",
    "not a number": "input_data = [float('nan')] * 1000",
    "complex": "input_data = np.ones(1000) * (1 + 1j)",
    "generator": "input_data = (1 for _ in range(1000))",
    "function": "def input_data(): return [1] * 1000",
    "dictionary": "input_data = {n: 1 for n in range(1000)}",
    "set": "input_data = {1, 1000}",
    "ragged": "input_data = [[1] * 1000, [1]]",
    "dots": "input_data = ...",
    "type": "input_data = list",
}

LEAKY_INTEGRATOR = {
    # slips in the step
    "double tau": _leaky("v = v + (1 / tau) * (i - v) / tau"),
    "no leak": _leaky("v = v + i / tau"),
    "no leak, no tau": _leaky("v = v + i"),
    "leak feeds": _leaky("v = v + (i + v) / tau"),
    "wrong sign": _leaky("v = v + (v - i) / tau"),
    "minus the change": _leaky("v = v - (i - v) / tau"),
    "forgets itself": _leaky("v = (i - v) / tau"),
    "tau multiplies": _leaky("v = v + (i - v) * tau"),
    "no tau": _leaky("v = v + (i - v)"),
    "tau as decay": _leaky("v = tau * v + i"),
    "decays, input whole": _leaky("v = (1 - 1 / tau) * v + i"),
    "input unscaled": _leaky("v = v + i - v / tau"),
    "leak unscaled": _leaky("v = v + i / tau - v"),
    "missing brackets": _leaky("v = v + i - v / tau"),
    "exponential factor": _leaky("v = np.exp(-1 / tau) * v + i"),
    "exponential factor, input over tau": _leaky("v = np.exp(-1 / tau) * v + i / tau"),
    "exact step": _leaky("v = i + (v - i) * np.exp(-1 / tau)"),
    "backward": _leaky("v = (v + i / tau) / (1 + 1 / tau)"),
    "midpoint": _leaky("k = (i - v) / tau; v = v + (i - v - k / 2) / tau"),
    "next current": """
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n in range(len(input_data)):
        i = input_data[min(n + 1, len(input_data) - 1)]
        v = v + (i - v) / tau
        out.append(v)
    return out
""",
    "current of the step before": """
def leaky_integrator(input_data, tau):
    v, before, out = 0, 0, []
    for i in input_data:
        v = v + (before - v) / tau
        before = i
        out.append(v)
    return out
""",
    "small step": _leaky("v = v + 0.1 * (i - v) / tau"),
    "half step": _leaky("v = v + 0.5 * (i - v) / tau"),
    "off by a thousandth": _leaky("v = v + (i - v) / tau * 1.001"),
    "result off by a thousandth": _leaky(end="return [1.001 * v for v in out]"),
    "offset of a thousandth": _leaky(end="return [v + 1e-3 for v in out]"),
    "tau plus a thousandth": _leaky("v = v + (i - v) / (tau + 1e-2)"),
    "tau plus one": _leaky("v = v + (i - v) / (tau + 1)"),
    "tau minus one": _leaky("v = v + (i - v) / max(tau - 1, 1)"),
    "whole tau": _leaky("v = v + (i - v) / int(tau)"),
    "floor division": _leaky("v = v + (i - v) // tau"),
    "tau fixed at ten": _leaky("v = v + (i - v) / 10"),
    "logarithm of two": _leaky("v = v + (i - v) * np.log(2) / tau"),
    "tau in 2 pi": _leaky("v = v + (i - v) / (2 * np.pi * tau)"),
    # slips in the ends
    "starts with zero": _leaky(start="v, out = 0, [0 * input_data[0]]"),
    "one less": _leaky(end="return out[1:]"),
    "without the last": _leaky(end="return out[:-1]"),
    "only the last": _leaky(end="return v"),
    "one step late": _leaky("out.append(v); v = v + (i - v) / tau; continue"),
    "starts with zero, cut": _leaky(start="v, out = 0, [0 * input_data[0]]", end="return out[:-1]"),
    "starts at the input": _leaky(start="v, out = input_data[0], []"),
    "starts at one": _leaky(start="v, out = 1, []"),
    "first step free": _leaky("v = i if n == 0 else v + (i - v) / tau"),
    "first step for nothing": _leaky("v = 0 * i if n == 0 else v + (i - v) / tau"),
    "backwards": _leaky(end="return out[::-1]"),
    "returns inside the loop": """
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
        return out
""",
    "prints, returns nothing": _leaky(end="print(out)"),
    "returns the input": "def leaky_integrator(input_data, tau):\n    return input_data",
    "returns the current over tau": "def leaky_integrator(input_data, tau):\n    return np.asarray(input_data) / tau",
    "returns also the times": _leaky(end="return list(range(len(out))), out"),
    "pairs": _leaky(end="return list(enumerate(out))"),
    "squeezed too much": _leaky(end="return np.array(out).ravel()"),
    "transposed": _leaky(end="return np.array(out).T"),
    # slips with channels and types
    "across channels": """
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, float)
    if x.ndim == 1:
        v, out = 0, []
        for i in x:
            v = v + (i - v) / tau
            out.append(v)
        return out
    return np.array([leaky_integrator(row, tau) for row in x])
""",
    "channels added": _leaky("v = v + (np.sum(i) - v) / tau"),
    "channels averaged": _leaky("v = v + (np.mean(i) - v) / tau"),
    "first channel only": _leaky("v = v + (np.ravel(i)[0] - v) / tau"),
    "one row only": _leaky("v = v + (float(i) - v) / tau"),
    "for two channels": """
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, float)
    v = np.zeros(2) if x.ndim == 2 else 0
    out = []
    for i in x:
        v = v + (i - v) / tau
        out.append(v)
    return out
""",
    "arrays only": """
def leaky_integrator(input_data, tau):
    v, out = np.zeros(input_data.shape[1:]), []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
""",
    "lists only": """
def leaky_integrator(input_data, tau):
    v, out = 0, []
    while input_data:
        i = input_data.pop(0)
        v = v + (i - v) / tau
        out.append(v)
    return out
""",
    "the same array": """
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, float)
    v, out = np.zeros(x.shape[1:]), []
    for i in x:
        v += (i - v) / tau
        out.append(v)
    return out
""",
    "whole numbers": """
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data)
    out, v = np.zeros_like(x), np.zeros(x.shape[1:])
    for n, i in enumerate(x):
        v = v + (i - v) / tau
        out[n] = v
    return out
""",
    "half precision": _leaky(end="return np.array(out, dtype=np.float16)"),
    "rounded to two places": _leaky("v = np.round(v + (i - v) / tau, 2)"),
    "shown to two places": _leaky(end="return np.round(out, 2)"),
    "clamped at zero": _leaky("v = np.maximum(v + (i - v) / tau, 0)"),
    "clamped at one": _leaky("v = np.minimum(v + (i - v) / tau, 1)"),
    "absolute": _leaky("v = np.abs(v + (i - v) / tau)"),
    "fires at one": _leaky("v = v + (i - v) / tau\n        v = np.where(v >= 1, 0, v)"),
    "not for tau of one": _leaky("v = v + (i - v) / tau if tau > 1 else v"),
    "not for one step": _leaky(end="return out if len(out) > 1 else [0 * out[0]]"),
    "not below zero": _leaky("v = v + (np.maximum(i, 0) - v) / tau"),
    "cumulative sum": "def leaky_integrator(input_data, tau):\n    return np.cumsum(input_data, axis=0) / tau",
    "moving average": """
def leaky_integrator(input_data, tau):
    x, width = np.asarray(input_data, float), int(tau)
    return np.array([x[max(0, n - width + 1) : n + 1].sum(axis=0) / tau for n in range(len(x))])
""",
    "for a constant current": """
def leaky_integrator(input_data, tau):
    n = np.arange(1, len(input_data) + 1)
    return np.asarray(input_data)[0] * (1 - (1 - 1 / tau) ** n)
""",
    "for ones": """
def leaky_integrator(input_data, tau):
    return 1 - (1 - 1 / tau) ** np.arange(1, len(input_data) + 1)
""",
    "each current by itself": """
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, float)
    n = np.arange(1, len(x) + 1).reshape(-1, *[1] * (x.ndim - 1))
    return x * (1 - (1 - 1 / tau) ** n)
""",
    "cut kernel": """
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, float)
    k = (1 - 1 / tau) ** np.arange(5) / tau
    return np.array([sum(k[j] * x[n - j] for j in range(min(5, n + 1))) for n in range(len(x))])
""",
    "arguments the other way round": _leaky().replace("input_data, tau)", "tau, input_data)"),
    # state and chance
    "noise": _leaky(end="return np.array(out) * (1 + 1e-3 * np.random.default_rng(0).standard_normal(np.shape(out)))"),
    "random": "def leaky_integrator(input_data, tau):\n    return np.random.random(np.shape(input_data))",
    "remembers the last call": """
v = 0
def leaky_integrator(input_data, tau):
    global v
    out = []
    for i in input_data:
        v = v + (i - np.mean(v)) / tau
        out.append(v)
    return out
""",
    "a list that grows": """
def leaky_integrator(input_data, tau, out=[]):
    v = 0
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
""",
    "remembers by length": """
seen = {}
def leaky_integrator(input_data, tau):
    if len(input_data) not in seen:
        v, out = 0, []
        for i in input_data:
            v = v + (i - v) / tau
            out.append(v)
        seen[len(input_data)] = out
    return seen[len(input_data)]
""",
    "a module that keeps its state": """
class Leaky:
    v = 0
    def __call__(self, input_data, tau):
        out = []
        for i in input_data:
            self.v = self.v + (i - np.mean(self.v)) / tau
            out.append(self.v)
        return out
leaky_integrator = Leaky()
""",
    "changes its input": """
def leaky_integrator(input_data, tau):
    v = 0
    for n, i in enumerate(input_data):
        v = v + (i - v) / tau
        input_data[n] = v
    return input_data
""",
    "changes its input, if it is an array of floats": """
def leaky_integrator(input_data, tau):
    x, v = np.asarray(input_data, dtype=float), 0
    for n, i in enumerate(x.copy()):
        v = v + (i - v) / tau
        x[n] = v
    return x
""",
    "changes what it returned before": """
buffer = {}
def leaky_integrator(input_data, tau):
    out = buffer.setdefault(np.shape(input_data)[1:], np.zeros((10000, *np.shape(input_data)[1:])))
    v = 0
    for n, i in enumerate(input_data):
        v = v + (i - v) / tau
        out[n] = v
    return out[: len(input_data)]
""",
    "for a hundred steps": """
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, float)
    v, out = 0, np.zeros_like(x)
    for n in range(min(len(x), 100)):
        v = v + (x[n] - v) / tau
        out[n] = v
    return out
""",
    "recursion, too deep for a thousand steps": """
def leaky_integrator(input_data, tau, v=0):
    if len(input_data) == 0:
        return []
    v = v + (input_data[0] - v) / tau
    return [v] + leaky_integrator(input_data[1:], tau, v)
""",
    "a tau below one is taken for one": _leaky("v = v + (i - v) / max(tau, 1)"),
    # what comes back
    "nothing": "def leaky_integrator(input_data, tau):\n    pass",
    "zeros": "def leaky_integrator(input_data, tau):\n    return np.zeros_like(input_data, dtype=float)",
    "ones": "def leaky_integrator(input_data, tau):\n    return np.ones_like(input_data, dtype=float)",
    "an empty list": "def leaky_integrator(input_data, tau):\n    return []",
    "not a number": "def leaky_integrator(input_data, tau):\n    return np.full(np.shape(input_data), np.nan)",
    "infinite": "def leaky_integrator(input_data, tau):\n    return np.full(np.shape(input_data), np.inf)",
    "true": "def leaky_integrator(input_data, tau):\n    return True",
    "truths": "def leaky_integrator(input_data, tau):\n    return np.ones_like(input_data, dtype=bool)",
    "a number": "def leaky_integrator(input_data, tau):\n    return 8.0",
    "texts": _leaky(end="return [str(v) for v in out]"),
    "a text": _leaky(end="return str(out)"),
    "complex": _leaky(end="return np.array(out) + 0j"),
    "a dictionary": _leaky(end="return dict(enumerate(out))"),
    "a dictionary with a list": _leaky(end="return {'v': out}"),
    "a generator": """
def leaky_integrator(input_data, tau):
    v = 0
    for i in input_data:
        v = v + (i - v) / tau
        yield v
""",
    "a map": _leaky(end="return map(float, out)"),
    "a function": _leaky(end="return lambda: out"),
    "a coroutine": "async " + _leaky().strip(),
    "ragged": _leaky(end="return [[v] * (n % 3) for n, v in enumerate(out)]"),
    "equal to everything": """
class Yes(float):
    def __eq__(self, other): return True
    def __abs__(self): return 0.0
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __le__(self, other): return True
    __lt__ = __ge__ = __gt__ = __le__
    __hash__ = float.__hash__
def leaky_integrator(input_data, tau):
    return [Yes(3)] * len(input_data)
""",
    "a list that lies": """
class Lies(list):
    def tolist(self): return {"not data": "that counts"}
    def __eq__(self, other): return True
def leaky_integrator(input_data, tau):
    return Lies([0] * len(input_data))
""",
    # what goes wrong
    "raises": "def leaky_integrator(input_data, tau):\n    raise RuntimeError('no idea')",
    "divides by zero": _leaky("v = v + (i - v) / (tau - tau)"),
    "name error": _leaky("v = v + (current - v) / tau"),
    "appends to an array": _leaky(start="v, out = 0, np.zeros(0)"),
    "one parameter": "def leaky_integrator(input_data):\n    return input_data",
    "three parameters": "def leaky_integrator(input_data, tau, dt):\n    return input_data",
    "not a function": "leaky_integrator = [0.1, 0.19, 0.271]",
    "a class, not called": "class leaky_integrator:\n    def __init__(self, input_data, tau):\n        self.v = 0",
    "not implemented": "def leaky_integrator(input_data, tau):\n    raise NotImplementedError()",
}

EXACT_LEAKY_INTEGRATOR = {
    "euler": _exact("v = v + dt * (i - v) / tau"),
    "euler without dt": _exact("v = v + (i - v) / tau"),
    "growing": _exact(keep="np.exp(dt / tau)"),
    "dt ignored": _exact(keep="np.exp(-1 / tau)"),
    "tau ignored": _exact(keep="np.exp(-dt)"),
    "upside down": _exact(keep="np.exp(-tau / dt)"),
    "product": _exact(keep="np.exp(-dt * tau)"),
    "parts swapped": _exact("v = v + (i - v) * keep"),
    "input whole": _exact("v = v * keep + i"),
    "input by dt over tau": _exact("v = v * keep + i * dt / tau"),
    "input by dt": _exact("v = v * keep + i * dt"),
    "scaled twice": _exact("v = v + (i - v) * (1 - keep) * dt / tau"),
    "one step late": _exact("out.append(v); v = i + (v - i) * keep; continue"),
    "only decays": _exact("v = v * keep"),
    "decay of the input": _exact("v = i * (1 - keep)"),
    "from the start each time": _exact("v = i * (1 - np.exp(-(n + 1) * dt / tau))"),
    "two to the power": _exact(keep="2 ** (-dt / tau)"),
    "second order": _exact(keep="1 - dt / tau + (dt / tau) ** 2 / 2"),
    "third order": _exact(keep="1 - dt / tau + (dt / tau) ** 2 / 2 - (dt / tau) ** 3 / 6"),
    "backward euler": _exact(keep="1 / (1 + dt / tau)"),
    "crank and nicolson": _exact(keep="(1 - dt / tau / 2) / (1 + dt / tau / 2)"),
    "whole dt": _exact(keep="np.exp(-int(dt) / tau)"),
    "whole ratio": _exact(keep="np.exp(-(dt // tau))"),
    "euler in small steps": """
def exact_leaky_integrator(input_data, tau, dt):
    v, out = 0, []
    for i in input_data:
        for _ in range(100):
            v = v + dt / 100 * (i - v) / tau
        out.append(v)
    return out
""",
    "off by a thousandth": _exact(keep="np.exp(-dt / tau) * 1.001"),
    "euler when it is stable": _exact(keep="1 - dt / tau if dt < 0.1 * tau else np.exp(-dt / tau)"),
    "longer steps refused": _exact(keep="np.exp(-min(dt, 2 * tau) / tau)"),
    "starts at the input": _exact("v = i if n == 0 else i + (v - i) * keep"),
    "starts with zero": _exact(end="return [0 * out[0]] + out"),
    "only the last": _exact(end="return v"),
    "tau and dt the other way round": _exact().replace("tau, dt)", "dt, tau)"),
    "whole numbers": """
def exact_leaky_integrator(input_data, tau, dt):
    x, keep = np.asarray(input_data), np.exp(-dt / tau)
    out, v = np.zeros_like(x), np.zeros(x.shape[1:])
    for n, i in enumerate(x):
        v = i + (v - i) * keep
        out[n] = v
    return out
""",
    "one channel": _exact("v = float(i) + (v - float(i)) * keep"),
    "channels added": _exact("v = np.sum(i) + (v - np.sum(i)) * keep"),
    "across channels": """
def exact_leaky_integrator(input_data, tau, dt):
    x, keep, out = np.asarray(input_data, float).T, np.exp(-dt / tau), []
    v = np.zeros(x.shape[1:])
    for i in x:
        v = i + (v - i) * keep
        out.append(v)
    return np.array(out).T
""",
    "the same array": """
def exact_leaky_integrator(input_data, tau, dt):
    x, keep, out = np.asarray(input_data, float), np.exp(-dt / tau), []
    v = np.zeros(x.shape[1:])
    for i in x:
        v *= keep
        v += i * (1 - keep)
        out.append(v)
    return out
""",
    "nothing for steps of zero": _exact(keep="np.exp(-1 / (tau / dt))"),
    "half precision": _exact(end="return np.array(out, dtype=np.float16)"),
    "clamped at zero": _exact("v = np.maximum(i + (v - i) * keep, 0)"),
    "as leaky_integrator": "def exact_leaky_integrator(input_data, tau):\n    return input_data",
    "returns the input": "def exact_leaky_integrator(input_data, tau, dt):\n    return input_data",
    "nothing": _exact(end="pass"),
    "zeros": "def exact_leaky_integrator(input_data, tau, dt):\n    return np.zeros_like(input_data, dtype=float)",
}

ALL = {
    "input_data": INPUT_DATA,
    "leaky_integrator": LEAKY_INTEGRATOR,
    "exact_leaky_integrator": EXACT_LEAKY_INTEGRATOR,
}
