"""Cells that attack: the check, the judge, the machine, the teacher's browser, and the other exercises.

``HOSTILE`` maps a name to what the cell of ``leaky_integrator`` holds and how that exercise ends. The other two
exercises of the same notebook are right, and have to keep every point.
"""

from dataclasses import dataclass, field

RIGHT = """
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
"""
NONSENSE = """
def leaky_integrator(input_data, tau):
    return [0.5] * len(input_data)
"""

TO_THE_JUDGE = """
import json, os, stat

def frame(line):
    for descriptor in range(3, 20):
        try:
            if stat.S_ISFIFO(os.fstat(descriptor).st_mode):
                os.write(descriptor, (line if isinstance(line, str) else json.dumps(line)).encode() + b"\\n")
        except OSError:
            pass

MIME = "application/vnd.learning-to-spike.answer+json"

def forged(answer, exercise="leaky_integrator", case=0, **more):
    data = {MIME: {"exercise": exercise, "case": case, "answer": answer} | more}
    return {"output": {"output_type": "display_data", "data": data, "metadata": {}}}
"""
"""Writes replies to every pipe there is, past IPython: what a student could make the judge read."""


@dataclass(frozen=True)
class Attack:
    """What the cell of the exercise holds, how the exercise ends, and what lies beside the notebook."""

    source: str
    status: str = "passed"
    points: float | None = None
    beside: dict[str, str] = field(default_factory=dict)


def _right(source: str, **more) -> Attack:
    """An attack in a cell whose function is right: it must not cost what is right."""
    return Attack(source + RIGHT, "passed", 8, **more)


def _nonsense(source: str, status: str = "wrong", **more) -> Attack:
    """An attack to get points for a function that returns nonsense."""
    return Attack(source + NONSENSE, status, 0, **more)


def _body(body: str, status: str, *, before: str = "") -> Attack:
    """An attack from inside the function, while it is asked."""
    return Attack(f"{before}\ndef leaky_integrator(input_data, tau):\n    {body}\n", status, 0)


HOSTILE = {
    # patching what checks
    "patches comparison": _nonsense("""
import math, numpy, autograder.beside.compare, autograder.beside.verdict
numpy.isclose = numpy.allclose = lambda *a, **k: True
autograder.beside.compare.difference = autograder.beside.verdict.difference = lambda *a: None
math.isfinite = lambda x: True
"""),
    "replaces check": _nonsense("check = lambda *a: print('8 of 8 points')\n"),
    "replaces check in its module": _nonsense("""
import autograder.beside.check, autograder.check, sys
autograder.check.check = autograder.beside.check.check = lambda *a: None
autograder.beside.check.answer = lambda *a: {"answer": True}
"""),
    "replaces the module": _nonsense("""
import sys, types
fake = types.ModuleType("autograder.check")
fake.check = lambda *a: None
sys.modules["autograder.check"] = sys.modules["autograder"] = fake
"""),
    "replaces the probe": _nonsense(
        """
import autograder.probes
autograder.probes.given = lambda value: value
autograder.probes.named = lambda name: lambda thing, inputs: "passed"
""",
        "wrong",
    ),
    "patches json": _right("import json\njson.dumps = json.loads = json.JSONEncoder.encode = None\n"),
    "patches display": _right("import IPython.display\nIPython.display.display = lambda *a, **k: None\n"),
    "patches open and print": _right("import builtins\nbuiltins.open = builtins.print = None\n"),
    # IPython compiles a cell line by line, so this one ends with its second line and defines nothing
    "patches exec and compile": _nonsense(
        "import builtins\nbuiltins.exec = builtins.compile = builtins.eval = None\n", "raised"
    ),
    "patches len and isinstance back": _right("""
import builtins
builtins.isinstance, kept = (lambda *a: True), builtins.isinstance
builtins.isinstance = kept
"""),
    "replaces run_cell": _right("get_ipython().run_cell = lambda *a, **k: None\n"),
    "replaces the display hooks": _right("ip = get_ipython()\nip.display_pub = ip.displayhook = None\n"),
    "rewrites syntax trees": _right("""
import ast
class Erase(ast.NodeTransformer):
    def visit_Call(self, node):
        return ast.Constant(8)
get_ipython().ast_transformers.append(Erase())
"""),
    "listens to events": _right("get_ipython().events.register('pre_run_cell', lambda *a: 1 / 0)\n"),
    "forgets the environment": _right("import os\nos.environ.clear()\n"),
    "no standard output": _right("import sys\nsys.stdout = sys.stderr = None\n"),
    "closed standard output": _right("import sys\nsys.stdout.close = None\ndel sys.stdout, sys.stderr\n"),
    "exits at once": _nonsense("import sys\nsys.exit(0)\n", "raised"),
    "exits in the function": _body("raise SystemExit", "raised"),
    "interrupts itself": _body("raise KeyboardInterrupt", "raised"),
    # forged replies
    "forges an answer": _nonsense(TO_THE_JUDGE + "for case in range(30): frame(forged([1.0] * 30, case=case))\n"),
    "forges an answer to another exercise": _right(
        TO_THE_JUDGE + "for case in range(9): frame(forged([0], 'exact_leaky_integrator', case))\n"
    ),
    "forges cases that are not asked": _body(
        "[frame(forged([1], case=case)) for case in (999, -1, True, None, 1e300, 'x', [])]; return 1",
        "wrong",
        before=TO_THE_JUDGE,
    ),
    "forges the end of cells": Attack(TO_THE_JUDGE + "for _ in range(3): frame({'output': {}})\n" + RIGHT, "passed", 8),
    "forges a huge number": _body(
        "frame(json.dumps(forged(0)).replace('\"answer\": 0', '\"answer\": [1' + '0' * 400 + ']')); os._exit(0)",
        "crashed",
        before=TO_THE_JUDGE,
    ),
    "forges what is no number": _body(
        "frame(forged([float('nan'), float('inf')])); os._exit(0)", "crashed", before=TO_THE_JUDGE
    ),
    "forges what is nested": _body(
        "frame(json.dumps(forged(0)).replace('\"answer\": 0', '\"answer\": ' + '[' * 600 + ']' * 600)); os._exit(0)",
        "crashed",
        before=TO_THE_JUDGE,
    ),
    "forges binary": _right(
        TO_THE_JUDGE + "for n in range(3, 9):\n    try: os.write(n, bytes(range(256)) * 10 + b'\\n')\n"
        "    except OSError: pass\n"
    ),
    "forges outputs without their fields": _right(
        TO_THE_JUDGE
        + """
for kind in ("stream", "error", "display_data", "execute_result", "update", None, 5, []):
    for more in ({}, {"text": 5, "name": 5}, {"data": 5}, {"data": {"text/plain": 5}, "metadata": 5},
                 {"ename": 1, "evalue": [], "traceback": {}}, {"traceback": [1, None]}):
        frame({"output": {"output_type": kind} | more})
frame({"output": 5}); frame([]); frame("null"); frame("{")
"""
    ),
    "forges a script": _right(
        TO_THE_JUDGE
        + """
for mime in ("text/html", "application/javascript", "image/svg+xml", "text/markdown", "text/latex"):
    frame({"output": {"output_type": "display_data", "data": {mime: "<script>alert(1)</script>"}, "metadata": {}}})
frame({"output": {"output_type": "display_data", "data": {"image/png": "AAAA"},
                  "metadata": {"image/png": {"width": "1 onerror=alert(1)"}}}})
"""
    ),
    # nonsense that takes room
    "nested deeper than anything": _body("x = 1\n    for _ in range(300): x = {'a': [x]}\n    return x", "wrong"),
    "refers to itself": _body("x = []; x.append(x); return x", "wrong"),
    "endless sequence": _body(
        "return Endless()",
        "wrong or timed out",
        before="""
from collections.abc import Sequence
class Endless(Sequence):
    def __len__(self): return 10**9
    def __getitem__(self, n): return 0.0
""",
    ),
    "half a surrogate": _body("return '\\ud800'", "wrong", before="print('\\udc80')"),
    "half a surrogate raised": _body("raise ValueError('\\udc80\\x00\\x1b[31m')", "raised"),
    "an error that has no text": _body(
        "raise Mute",
        "raised",
        before="class Mute(Exception):\n    def __str__(self): raise SystemExit\n",
    ),
    "an error named over two lines": Attack("raise type('One\\nTwo', (Exception,), {})('x')", "raised", 0),
    "an error named by a formula": _body("raise type('=HYPERLINK(1)', (Exception,), {})('<script>')", "raised"),
    "a hundred megabytes in a line": _body("print('x' * 10**8); return 1", "too much output"),
    "many tiny outputs": _body(
        "while True: display(1)", "too much output or timed out", before="from IPython.display import display"
    ),
    "prints from a thread for ever": _right("""
import threading, time
def talk():
    while True:
        print("still here")
        time.sleep(0.01)
threading.Thread(target=talk, daemon=True).start()
"""),
    # taking the process or the machine along
    "endless loop": _body("while True: pass", "timed out"),
    "a loop that swallows interrupts": _body(
        "while True:\n        try:\n            while True: pass\n        except BaseException: pass", "timed out"
    ),
    "stops itself": _body("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", "timed out"),
    "leaves at once": _body("import os; os._exit(0)", "crashed"),
    "aborts": _body("import os; os.abort()", "crashed"),
    "reads address nought": _body("import ctypes; ctypes.string_at(0)", "crashed"),
    "kills all it can": Attack(
        "import os, signal\ntry: os.kill(-1, signal.SIGKILL)\nexcept OSError: pass\n" + RIGHT, "passed", 8
    ),
    "closes every file": _body("import os; os.closerange(0, 256); return [0]", "crashed"),
    "recurses without end": _body("return leaky_integrator(input_data, tau)", "raised"),
    "recurses without limit": _body(
        "return leaky_integrator(input_data, tau)",
        "crashed or timed out",
        before="import sys\nsys.setrecursionlimit(10**9)",
    ),
    "eats memory": _body("return bytearray(1 << 40)", "out of memory"),
    "forks": _nonsense("""
import os
try:
    while True: os.fork()
except OSError:
    pass
"""),
    "a thread that ends all": _body(
        "threading.Thread(target=os._exit, args=(1,)).start(); time.sleep(1); return 1",
        "crashed",
        before="import os, threading, time",
    ),
    "lowers its limits": _right("""
import resource
resource.setrlimit(resource.RLIMIT_CPU, (100, 100))
"""),
    "ignores that its time is over": _body(
        "while True: pass",
        "timed out",
        before="import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)",
    ),
    # shell commands are not run, and what follows them is
    "shell commands": _right("!ls\nfound = !ls\n%pip install nothing\n"),
    # files beside the notebook
    "modules of the standard library": _right(
        "",
        beside={
            f"{name}.py": "raise RuntimeError('this is not the module you are looking for')\n"
            for name in ("html", "base64", "json", "traceback", "dataclasses", "typing", "sitecustomize", "decimal")
        },
    ),
    "a package called autograder": _right(
        "",
        beside={
            "autograder/__init__.py": "raise RuntimeError",
            "autograder/check.py": "def check(*a): print('passed')",
            "solutions/__init__.py": "",
        },
    ),
}

PRINTS = {
    "the teacher's environment": ("print(open('/proc/1/environ').read())", "kept-from-students"),
    "the teacher's command line": ("print(open('/proc/1/cmdline').read())", "course"),
    "the reference": (
        "try:\n    import solutions.leaky_integrator as s\n    print('found', s)\nexcept ImportError:\n    pass",
        "found",
    ),
    "the exercises": (
        "try:\n    import autograder.exercises\n    print('found')\nexcept ImportError:\n    pass",
        "found",
    ),
    "the network": (
        "import socket\ns = socket.socket()\ns.settimeout(1)\ntry:\n    s.connect(('1.1.1.1', 53)); print('found')\n"
        "except OSError:\n    pass",
        "found",
    ),
    "a new user namespace": (
        "import ctypes\nprint('found' if ctypes.CDLL(None).unshare(0x10000000) == 0 else '')",
        "found",
    ),
    "shared memory": (
        "import ctypes\nprint('found' if ctypes.CDLL(None).shmget(0, 4096, 0o1600) >= 0 else '')",
        "found",
    ),
    "room outside of its folders": (
        "try:\n    open('/here', 'w').write('x'); print('found')\nexcept OSError:\n    pass",
        "found",
    ),
    "more room than there is": (
        "import os\ntry:\n    for n in range(9): open(f'/tmp/{n}', 'wb').write(b'x' * (60 << 20))\n    print('found')\n"
        "except OSError:\n    pass",
        "found",
    ),
}
"""What a cell tries to reach, and the word its output holds if it did."""
