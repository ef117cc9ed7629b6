"""Right implementations in as many styles as students have. Every one of them has to earn every point.

Each is the text of a cell; numpy is imported as ``np`` in the notebook's first cell.
"""

INPUT_DATA = {
    "list": "input_data = [1] * 1000",
    "floats": "input_data = [1.0 for _ in range(1000)]",
    "longer": "input_data = [1] * 5000",
    "tuple": "input_data = (1,) * 1000",
    "numpy": "input_data = np.ones(1000)",
    "integers": "input_data = np.ones(1000, dtype=np.int8)",
    "single precision": "input_data = np.full(1200, 1, dtype=np.float32)",
    "row": "input_data = np.ones((1, 1000))",
    "column": "input_data = np.ones((1000, 1))",
    "two channels": "input_data = np.ones((1000, 2))",
    "matrix": "input_data = np.matrix(np.ones(1000))",
    "range": "input_data = [n * 0 + 1 for n in range(1000)]",
    "array.array": "from array import array\ninput_data = array('d', [1.0] * 1000)",
    "deque": "from collections import deque\ninput_data = deque([1] * 1000)",
    "bytes": "input_data = bytearray([1] * 1000)",
    "repeat": "from itertools import repeat\ninput_data = list(repeat(1.0, 1000))",
    "torch": "import torch\ninput_data = torch.ones(1000)",
    "torch parameter": "import torch\ninput_data = torch.ones(1000, requires_grad=True)",
    "heaviside": "input_data = np.heaviside(np.arange(1000), 1)",
    "by the essay": "number_of_steps = 10**3\ncurrent = 1.0\ninput_data = []\nfor step in range(number_of_steps):\n"
    "    input_data.append(current)",
}

LEAKY_INTEGRATOR = {
    "loop over a list": """
def leaky_integrator(input_data, tau):
    v = 0
    voltages = []
    for i in input_data:
        v = v + (i - v) / tau
        voltages.append(v)
    return voltages
""",
    "in place": """
def leaky_integrator(input_data, tau):
    v, out = 0.0, []
    for i in input_data:
        v += (i - v) / tau  # a new array each time: v begins as a float, and an array row is added to it
        out.append(v * 1)
    return out
""",
    "index into zeros": """
def leaky_integrator(input_data, tau):
    current = np.array(input_data, dtype=float)
    v = np.zeros_like(current)
    v[0] = current[0] / tau
    for n in range(1, len(current)):
        v[n] = v[n - 1] + (current[n] - v[n - 1]) / tau
    return v
""",
    "one longer, cut": """
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, float)
    v = np.zeros((len(x) + 1,) + x.shape[1:])
    for n in range(len(x)):
        v[n + 1] = v[n] + (x[n] - v[n]) / tau
    return v[1:]
""",
    "weighted mean": """
def leaky_integrator(input_data, tau):
    keep = 1 - 1 / tau
    v, out = 0, []
    for i in input_data:
        out.append(v := keep * v + (1 - keep) * i)
    return out
""",
    "accumulate": """
from itertools import accumulate
def leaky_integrator(input_data, tau):
    return list(accumulate(input_data, lambda v, i: v + (i - v) / tau, initial=0))[1:]
""",
    "reduce": """
from functools import reduce
def leaky_integrator(input_data, tau):
    return reduce(lambda vs, i: vs + [vs[-1] + (i - vs[-1]) / tau], input_data, [0])[1:]
""",
    "comprehension": """
def leaky_integrator(input_data, tau):
    v = 0
    return [v := v + (i - v) / tau for i in input_data]
""",
    "generator made a list": """
def voltages(input_data, tau):
    v = 0
    for i in input_data:
        v = v + (i - v) / tau
        yield v
def leaky_integrator(input_data, tau):
    return list(voltages(input_data, tau))
""",
    "a matrix of kernels": """
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, dtype=float)
    n = np.arange(len(x))
    age = n[:, None] - n
    return np.where(age >= 0, (1 - 1 / tau) ** np.maximum(age, 0.0) / tau, 0) @ x
""",
    "convolution": """
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, dtype=float)
    kernel = (1 - 1 / tau) ** np.arange(len(x)) / tau
    if x.ndim == 1:
        return np.convolve(x, kernel)[: len(x)]
    return np.stack([np.convolve(x[:, n], kernel)[: len(x)] for n in range(x.shape[1])], axis=1)
""",
    "fourier": """
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, dtype=float)
    kernel = ((1 - 1 / tau) ** np.arange(len(x)) / tau).reshape(-1, *[1] * (x.ndim - 1))
    n = 2 * len(x)
    return np.fft.irfft(np.fft.rfft(x, n, axis=0) * np.fft.rfft(kernel, n, axis=0), n, axis=0)[: len(x)]
""",
    "solved as linear equations": """
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, dtype=float)
    return np.linalg.solve(np.eye(len(x)) - (1 - 1 / tau) * np.eye(len(x), k=-1), x / tau)
""",
    "single precision": """
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, dtype=np.float32)
    out, v = np.empty_like(x), np.zeros(x.shape[1:], dtype=np.float32)
    for n in range(len(x)):
        v = v + (x[n] - v) / np.float32(tau)
        out[n] = v
    return out
""",
    "other names": """
def leaky_integrator(I, time_constant):
    u, us = 0, []
    for x in I:
        u = u + (x - u) / time_constant
        us.append(u)
    return us
""",
    "defaults": """
def leaky_integrator(input_data=None, tau=10, *, v0=0.0, verbose=False):
    v, out = v0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
""",
    "any arguments": """
def leaky_integrator(*arguments, **named):
    input_data, tau = arguments
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return np.array(out)
""",
    "hints and a docstring": '''
from collections.abc import Sequence
def leaky_integrator(input_data: Sequence[float] | np.ndarray, tau: float) -> np.ndarray:
    """Membrane voltage after each step."""
    v: float = 0.0
    trace: list[float] = []
    for current in input_data:
        v = v + (current - v) / tau
        trace.append(v)
    return np.asarray(trace)
''',
    "refuses a bad tau": """
def leaky_integrator(input_data, tau):
    if tau <= 0:
        raise ValueError("tau must be positive")
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
""",
    "a tuple": """
def leaky_integrator(input_data, tau):
    v, out = 0, ()
    for i in input_data:
        v = v + (i - v) / tau
        out += (v,)
    return out
""",
    "a deque": """
from collections import deque
def leaky_integrator(input_data, tau):
    v, out = 0, deque()
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
""",
    "a row": """
def leaky_integrator(input_data, tau):
    x = np.atleast_2d(np.asarray(input_data, float).T).T  # (T,) as (T, 1)
    v, out = np.zeros(x.shape[1]), np.empty_like(x)
    for n, i in enumerate(x):
        v = v + (i - v) / tau
        out[n] = v
    return out.T if np.ndim(input_data) == 1 else out
""",
    "a column": """
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, float)
    x = x.reshape(len(x), -1)
    v, out = np.zeros(x.shape[1]), np.empty_like(x)
    for n, i in enumerate(x):
        v = v + (i - v) / tau
        out[n] = v
    return out
""",
    "a matrix": """
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for i in np.asarray(input_data, float):
        v = v + (i - v) / tau
        out.append(v)
    return np.matrix(out)
""",
    "masked": """
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return np.ma.masked_array(out)
""",
    "numpy's own numbers in a list": """
def leaky_integrator(input_data, tau):
    v, out = np.float32(0), []
    for i in np.asarray(input_data, dtype=np.float32):
        v = np.float32(v + (i - v) / np.float32(tau)) if np.ndim(i) == 0 else v + (i - v) / np.float32(tau)
        out.append(v)
    return out
""",
    "something like a series": """
class Series:
    def __init__(self, values):
        self.values = values
    def tolist(self):
        return [value.tolist() if hasattr(value, "tolist") else value for value in self.values]
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return Series(out)
""",
    "no numpy, channel by channel": """
def one_channel(currents, tau):
    v, out = 0.0, []
    for i in currents:
        v += (float(i) - v) / tau
        out.append(v)
    return out
def leaky_integrator(input_data, tau):
    rows = [list(row) if hasattr(row, "__len__") else [row] for row in input_data]
    channels = [one_channel(channel, tau) for channel in zip(*rows)]
    out = [list(row) for row in zip(*channels)]
    return out if hasattr(input_data[0], "__len__") else [row[0] for row in out]
""",
    "a class": """
class LeakyIntegrator:
    def __init__(self):
        self.v = 0
    def step(self, i, tau):
        self.v = self.v + (i - self.v) / tau
        return self.v
def leaky_integrator(input_data, tau):
    neuron = LeakyIntegrator()
    return [neuron.step(i, tau) for i in input_data]
""",
    "an object that is called": """
class Leaky:
    def __call__(self, input_data, tau):
        v, out = 0, []
        for i in input_data:
            v = v + (i - v) / tau
            out.append(v)
        return out
leaky_integrator = Leaky()
""",
    "a static method": """
class Neurons:
    @staticmethod
    def leaky(input_data, tau):
        v, out = 0, []
        for i in input_data:
            v = v + (i - v) / tau
            out.append(v)
        return out
leaky_integrator = Neurons.leaky
""",
    "lambda": """
leaky_integrator = lambda x, tau: np.stack([
    sum((1 - 1 / tau) ** (n - k) * np.asarray(x[k], float) / tau for k in range(n + 1)) for n in range(len(x))])
""",
    "partial": """
from functools import partial
def integrate(input_data, tau, v0, h):
    v, out = v0, []
    for i in input_data:
        v = v + h * (i - v) / tau
        out.append(v)
    return out
leaky_integrator = partial(integrate, v0=0, h=1)
""",
    "decorated": """
from functools import wraps
def as_array(function):
    @wraps(function)
    def wrapped(*arguments):
        return np.asarray(function(*arguments))
    return wrapped
@as_array
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
""",
    "a closure": """
def make():
    def leaky_integrator(input_data, tau):
        def slope(v, i):
            return (i - v) / tau
        v, out = 0, []
        for i in input_data:
            v = v + slope(v, i)
            out.append(v)
        return out
    return leaky_integrator
leaky_integrator = make()
""",
    "while": """
def leaky_integrator(input_data, tau):
    n, v, out = 0, 0, []
    while n < len(input_data):
        v = v + (input_data[n] - v) / tau
        out.append(v)
        n += 1
    return out
""",
    "prints a lot": """
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + (i - v) / tau
        print("step", n, "current", i, "voltage", v)
        out.append(v)
    return out
""",
    "warns": """
import warnings
def leaky_integrator(input_data, tau):
    warnings.warn("slow")
    np.float64(1) / np.float64(0)
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
""",
    "sleeps a little": """
import time
def leaky_integrator(input_data, tau):
    time.sleep(0.01)
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
""",
    "fractions of integers": """
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data)
    v, out = np.zeros(x.shape[1:]), []
    for i in x:
        v = (v * (tau - 1) + i) / tau
        out.append(v)
    return out
""",
    "assertions and a copy": """
import copy
def leaky_integrator(input_data, tau):
    assert tau > 0, "time runs forward"
    x = np.array(copy.deepcopy(input_data), dtype=float)
    assert x.ndim in (1, 2)
    for n in range(len(x)):
        before = x[n - 1] if n else 0
        x[n] = before + (x[n] - before) / tau
    return x
""",
    "extended precision": """
def leaky_integrator(input_data, tau):
    v, out = np.longdouble(0), []
    for i in np.asarray(input_data, dtype=np.longdouble):
        v = v + (i - v) / tau
        out.append(v)
    return np.array(out)
""",
    "array of objects": """
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for i in np.asarray(input_data, dtype=object):
        v = v + (i - v) / tau
        out.append(v)
    return np.array(out, dtype=object)
""",
    "torch": """
import torch
def leaky_integrator(input_data, tau):
    x = torch.as_tensor(np.asarray(input_data), dtype=torch.float32)
    v, out = torch.zeros(x.shape[1:]), []
    for i in x:
        v = torch.lerp(v, i, 1 / tau)
        out.append(v)
    return torch.stack(out)
""",
    "torch that learns": """
import torch
def leaky_integrator(input_data, tau):
    x = torch.tensor(np.asarray(input_data, float), requires_grad=True)
    v, out = torch.zeros(x.shape[1:], dtype=torch.float64), []
    for i in x:
        v = v + (i - v) / tau
        out.append(v)
    return torch.stack(out)
""",
    "a list of tensors": """
import torch
def leaky_integrator(input_data, tau):
    v, out = torch.zeros(()), []
    for i in torch.tensor(np.asarray(input_data, dtype="float32")):
        v = v + (i - v) / tau
        out.append(v)
    return out
""",
    "a torch module": """
import torch
class Leaky(torch.nn.Module):
    def forward(self, input_data, tau):
        x = torch.as_tensor(np.asarray(input_data, float))
        v, out = torch.zeros_like(x[0]), []
        for i in x:
            v = v + (i - v) / tau
            out.append(v)
        return torch.stack(out)
leaky_integrator = Leaky()
""",
}

EXACT_LEAKY_INTEGRATOR = {
    "loop over a list": """
def exact_leaky_integrator(input_data, tau, dt):
    keep = np.exp(-dt / tau)
    v, out = 0, []
    for i in input_data:
        v = i + (v - i) * keep
        out.append(v)
    return out
""",
    "math": """
import math
def exact_leaky_integrator(input_data, tau, dt):
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) * -math.expm1(-dt / tau)
        out.append(v)
    return out
""",
    "a power of e": """
def exact_leaky_integrator(input_data, tau, dt):
    keep = 2.718281828459045 ** (-dt / tau)
    v, out = 0, []
    for i in input_data:
        v = keep * v + (1 - keep) * i
        out.append(v)
    return np.array(out)
""",
    "by another tau": """
def euler(input_data, tau):
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
def exact_leaky_integrator(input_data, tau, dt):
    return euler(input_data, 1 / (1 - np.exp(-dt / tau)))
""",
    "many small steps": """
def exact_leaky_integrator(input_data, tau, dt):
    keep = (1 - dt / tau / 2**24) ** 2**24
    v, out = 0, []
    for i in input_data:
        v = i + (v - i) * keep
        out.append(v)
    return out
""",
    "superposition": """
def exact_leaky_integrator(input_data, tau, dt):
    x = np.asarray(input_data, dtype=float)
    n = np.arange(len(x))
    age = n[:, None] - n
    return np.where(age >= 0, np.exp(-np.maximum(age, 0) * dt / tau), 0) @ x * (1 - np.exp(-dt / tau))
""",
    "from the analytic solution": """
def exact_leaky_integrator(input_data, tau, dt):
    '''v(t + dt) of dv/dt = (i - v)/tau'''
    def flow(v, i, t):
        return i - (i - v) * np.exp(-t / tau)
    trace = [np.zeros(np.shape(input_data)[1:])]
    for i in np.asarray(input_data):
        trace.append(flow(trace[-1], i, dt))
    return np.array(trace[1:])
""",
    "single precision": """
def exact_leaky_integrator(input_data, tau, dt):
    x = np.asarray(input_data, dtype=np.float32)
    keep = np.exp(np.float32(-dt / tau))
    out, v = np.empty_like(x), np.zeros(x.shape[1:], np.float32)
    for n, i in enumerate(x):
        v = out[n] = i + (v - i) * keep
    return out
""",
    "torch": """
import torch
def exact_leaky_integrator(input_data, tau, dt):
    x = torch.as_tensor(np.asarray(input_data), dtype=torch.float64)
    keep = torch.exp(torch.tensor(-dt / tau))
    v, out = torch.zeros(x.shape[1:], dtype=torch.float64), []
    for i in x:
        v = i + (v - i) * keep
        out.append(v)
    return torch.stack(out)
""",
    "refuses what makes no sense": """
def exact_leaky_integrator(input_data, tau, dt):
    if tau <= 0 or dt < 0:
        raise ValueError("time does not run backwards")
    v, out = 0, []
    for i in input_data:
        v = i * (1 - np.exp(-dt / tau)) + v * np.exp(-dt / tau)
        out.append(v)
    return out
""",
    "matrix exponential": """
def exact_leaky_integrator(input_data, tau, dt):
    generator = np.array([[-1 / tau, 1 / tau], [0, 0]]) * dt  # of (v, i): the current holds still
    step, term = np.eye(2), np.eye(2)
    for n in range(1, 60):
        term = term @ generator / n
        step = step + term
    v, out = 0, []
    for i in input_data:
        v = step[0, 0] * v + step[0, 1] * i
        out.append(v)
    return out
""",
}

ALL = {
    "input_data": INPUT_DATA,
    "leaky_integrator": LEAKY_INTEGRATOR,
    "exact_leaky_integrator": EXACT_LEAKY_INTEGRATOR,
}
