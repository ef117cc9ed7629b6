"""The runner in the sandbox: it hands over answers whatever a notebook has made of its own names, and nothing else."""

import pytest
from in_room import run as run_in_room
from nbformat.v4 import new_code_cell, new_notebook

from autograder.beside.words import ANSWER_MIME
from autograder.exercises import load
from autograder.grading import judge

pytestmark = pytest.mark.sandbox

CHAPTER = load("leaky_integrator")
SEED = "a secret seed"
RIGHT = """
def leaky_integrator(input_data, tau):
    v, voltages = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        voltages.append(v)
    return voltages
"""


def run(*sources: str, checks: tuple[str, ...] = ("leaky_integrator",)):
    cells = [new_code_cell("import numpy as np"), *map(new_code_cell, sources)]
    for name in checks:
        grade_id = {"nbgrader": {"grade_id": f"check_{name}"}}
        cells.append(new_code_cell(f'check("{name}", {name})', metadata=grade_id))
    return run_in_room(new_notebook(cells=cells), judge.challenge(CHAPTER, SEED))


def points(notebook, name: str = "leaky_integrator") -> float:
    exercise = CHAPTER.exercise(name)
    return judge.judge(exercise, SEED, judge.answers_in(notebook, exercise)).points


def texts(notebook) -> str:
    return "".join(str(output.get("text", "")) for cell in notebook.cells for output in cell.outputs)


def test_it_hands_over_one_answer_to_each_question_and_says_nothing():
    check_cell = run(RIGHT).cells[-1]
    assert [set(output.data) for output in check_cell.outputs] == [{ANSWER_MIME}] * len(check_cell.outputs)
    given = [output.data[ANSWER_MIME]["case"] for output in check_cell.outputs]
    once_more = 1
    assert given == list(range(len(judge.challenge(CHAPTER, SEED)["leaky_integrator"]["cases"]) + once_more))


def test_a_stub_is_handed_over_as_not_implemented():
    outputs = run("input_data = ...", checks=("input_data",)).cells[-1].outputs
    assert {output.data[ANSWER_MIME]["raised"] for output in outputs} == {"NotImplementedError"}


@pytest.mark.parametrize(
    "spoiled",
    [
        "def check(*arguments): pass",
        "import sys; sys.stdout = sys.stderr = None",
        "import os; os.environ.clear()",
        "import json; json.dumps = json.loads = None",
        "import builtins; builtins.compile = builtins.exec = builtins.print = None",
        "get_ipython().run_cell = lambda *a, **k: None",
        "import IPython.display; IPython.display.display = None",
        "import autograder.beside.check as ours; ours.check = ours.answer = None",
        "import sys; sys.exit(0)",
        "raise SystemExit",
        "import ast\nget_ipython().ast_transformers.append(None)",
    ],
)
def test_a_notebook_that_spoils_the_check_for_itself_still_gets_its_points(spoiled):
    assert points(run(RIGHT, spoiled)) == 8


@pytest.mark.parametrize("line", ["!pip install numpy", "%pip install torch", "files = !ls", "!ls -l"])
def test_a_line_for_the_shell_is_not_run_and_stops_nothing(line):
    outcome = run(f"{line}\n{RIGHT}")
    assert points(outcome) == 8
    assert "not run when graded" in texts(outcome)


def test_an_exit_inside_a_function_is_an_answer_like_any_error():
    outcome = run("def leaky_integrator(input_data, tau):\n    raise SystemExit(3)")
    found = judge.answers_in(outcome, CHAPTER.exercise("leaky_integrator"))
    assert {given["raised"] for given in found.cases.values()} == {"SystemExit"}


def test_pictures_are_kept_and_html_is_not():
    draw = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    html = "from IPython.display import HTML, Javascript, display\ndisplay(HTML('<b>x</b>'), Javascript('alert(1)'))"
    kinds = [set(output.get("data", {})) for cell in run(draw, html, checks=()).cells for output in cell.outputs]
    assert any("image/png" in kind for kind in kinds)
    assert not any(kind & {"text/html", "application/javascript"} for kind in kinds)


def test_printing_on_is_cut_short_in_what_is_kept():
    kept = texts(run("for n in range(30_000): print('spike', n)", checks=()))
    assert "left out" in kept and len(kept) < 300_000


def test_a_cell_that_breaks_python_costs_the_exercises_after_it_nothing():
    broken = "import json, autograder.probes as p\njson.dumps = json.JSONEncoder.encode = p.named = None"
    outcome = run(broken, "import builtins; builtins.compile = None", RIGHT, "get_ipython().run_cell = None")
    assert points(outcome) == 8


def test_what_a_cell_adds_to_python_stays():
    assert "a note" in texts(run("import builtins; builtins.note = 'a note'", "print(note)", checks=()))


GOES_ON = {
    "a display": "%matplotlib qt\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()",
    "another display": "import matplotlib\nmatplotlib.use('TkAgg')",
    "magics": "%load_ext nowhere\n%tensorflow_version 2.x\n%conda install x\n%cd /content\n%nonsense",
    "bash": "get_ipython().run_cell_magic('bash', '', 'ls')",
    "a package": "import nowhere as no, math\nfrom nowhere import one\nno.do()\none()\nfor x in one: pass\nmath.pi",
    "a name": "from math import pi, nonsense\npi",
    "colab": "from google.colab import drive\ndrive.mount('/content/drive')\nimport os\nos.chdir('/content')",
    "a keyboard": "input('go on?')\nx = float(input())",
    "a program": "import subprocess\nout = subprocess.run(['ls'], capture_output=True).stdout\nout.decode().strip()",
    "a shell": "import os\nos.system('ls')\nfiles = os.popen('ls').read()\nfiles.split()",
    "a download": (
        "import urllib.request, requests\nurllib.request.urlopen('https://example.org/spikes.csv').read()\n"
        "data = requests.get('https://example.org/spikes.csv').text\nlines = data.splitlines()\n"
        "try:\n    requests.get('http://1.1.1.1')\nexcept OSError as error:\n    raise Exception('no spikes') from None"
    ),
    "a GPU": "import torch\nlayer = torch.nn.Linear(1, 1)\nlayer.to('cuda')\nx = layer(torch.ones(1)).cuda()\nx.sum()",
    "a process": "import multiprocessing\nwith multiprocessing.Pool(2) as pool:\n    pool.map(abs, [1])",
}


@pytest.fixture(scope="module")
def went_on():
    """What each of these says, one after the other in one notebook."""
    cells = run(*(f"{code}\nprint('went on')" for code in GOES_ON.values()), checks=()).cells[1:]
    return {name: texts(new_notebook(cells=[cell])) for name, cell in zip(GOES_ON, cells, strict=True)}


@pytest.mark.parametrize("wanted", GOES_ON)
def test_what_is_not_there_when_it_is_graded_costs_only_itself(went_on, wanted):
    assert went_on[wanted].endswith("went on\n")


OTHERS = (
    "import urllib.request as u\ndata = u.urlopen('http://1.1.1.1')",
    "data()",
    "import torch\nx = torch.zeros(1).cuda()",
    "torch.relu(x)",
)


def test_what_is_not_there_is_said_in_words():
    cells = run("import nowhere", "nowhere.do()", "import os\nos.fork()", "input()", *OTHERS, checks=()).cells[1:]
    said = [cell.outputs[0].evalue for cell in cells]
    assert said == [
        "No module named 'nowhere' (not available where it is graded)",
        "No module named 'nowhere' (not available where it is graded)",
        "no other program or process can be started where it is graded: let Python do it, in the notebook itself",
        "nobody types anything in where it is graded: write the value into the cell",
        "<urlopen error there is no network where it is graded: hand in the file beside the notebook>",
        "there is no network where it is graded: hand in the file beside the notebook",
        "Torch not compiled with CUDA enabled (there is no GPU where it is graded: let the device be 'cpu' where "
        "torch.cuda.is_available() is False)",
        "relu(): argument 'input' (position 1) must be Tensor, not Missing (not available where it is graded)",
    ]


def test_a_name_that_is_there_stays_what_it_is_if_it_cannot_be_made_anew():
    assert points(run(RIGHT, "import nowhere\nleaky_integrator = nowhere.compiled(leaky_integrator)")) == 8


def test_an_error_of_the_student_s_own_ends_a_cell_as_at_home():
    assert "went on" not in texts(run("1 / 0\nprint('went on')", checks=()))


def test_a_package_that_is_missing_within_an_answer_is_named():
    outcome = run("def leaky_integrator(input_data, tau):\n    import nowhere")
    found = judge.judge(CHAPTER.exercise("leaky_integrator"), SEED, judge.answers_in(outcome, CHAPTER.exercises[1]))
    assert found.message.endswith("(not available where it is graded)")


def test_what_would_be_compiled_runs_as_it_is():
    compiled = """
    import torch
    @torch.compile(fullgraph=True)
    def relu(x):
        return torch.relu(x)
    print(torch.compile(torch.nn.Flatten(0))(relu(torch.ones(1))))
    """
    brian = """
    import brian2 as b2
    b2.set_device("cpp_standalone")
    b2.prefs.codegen.target = "cython"
    group = b2.NeuronGroup(1, "dv/dt = -v / (10*ms) : 1", method="exact")
    group.v = 1
    b2.run(10 * b2.ms)
    print(f"{group.v[0]:.3f}")
    """
    said = texts(run(compiled, brian, checks=()))
    assert "tensor([1.])" in said and "0.368" in said
