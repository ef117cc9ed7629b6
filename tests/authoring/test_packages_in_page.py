"""Packages of Pyodide in the page: fetched, held against the lock, served with the book, and used by an exercise."""

import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile, ZipInfo

import pytest
from playwright.sync_api import expect
from serving import Quiet, serving
from test_live_cells import Cell
from test_repository import small_book

from autograder.authoring import live, wheels
from autograder.exercises import chapter_names, load
from autograder.reference.places import PROJECT
from autograder.reference.record import write_records

CHAPTER = "leaky_integrator"
TEXTS = {"spike_trains": "from one_two import TWO\ndef ones(n):\n    return [TWO - 1] * n\n", "one_two": "TWO = 2\n"}


def wheel(module: str) -> bytes:
    """A package of one module, as a wheel: the same to the byte each time."""
    about = f"{module}-1.0.dist-info"
    files = {
        f"{module}.py": TEXTS[module],
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/RECORD": "",
    }
    packed = BytesIO()
    with ZipFile(packed, "w") as zip_file:
        for name, text in files.items():
            zip_file.writestr(ZipInfo(name), text)
    return packed.getvalue()


@pytest.fixture
def served(tmp_path):
    """Two packages on a server of this machine, the lock that names them besides all others, and what was asked for."""
    folder, asked = tmp_path / "served", []
    folder.mkdir()
    said = json.loads((wheels.PYODIDE / "pyodide-lock.json").read_text())
    for module, needs in (("spike_trains", ["one-two"]), ("one_two", [])):
        name, file = module.replace("_", "-"), f"{module}-1.0-py3-none-any.whl"
        (folder / file).write_bytes(wheel(module))
        mine = {"name": name, "file_name": file, "imports": [module], "depends": needs, "version": "1.0"}
        said["packages"][name] = said["packages"]["six"] | mine | {"sha256": sha256(wheel(module)).hexdigest()}
    (tmp_path / "pyodide-lock.json").write_text(json.dumps(said))

    class Noting(Quiet):
        def log_request(self, code="-", size="-"):
            asked.append(self.path.strip("/"))

    with serving(folder, Noting) as address:
        lock = wheels.Lock(tmp_path / "pyodide-lock.json")
        yield SimpleNamespace(url=f"{address}/", folder=folder, asked=asked, lock=lock, into=tmp_path / "wheels")


def fetched(served, source=None) -> list[str]:
    names = served.lock.with_needs(["spike-trains"])
    return list(wheels.fetch(names, served.lock, source or served.url, served.into))


FILES = ["one_two-1.0-py3-none-any.whl", "spike_trains-1.0-py3-none-any.whl"]


def test_a_package_comes_with_all_that_it_needs_and_only_once(served):
    assert fetched(served) == FILES and served.asked == FILES
    assert fetched(served) == FILES and served.asked == FILES
    assert sorted(path.name for path in served.into.iterdir()) == FILES
    (served.into / FILES[0]).write_bytes(b"half of it")
    assert fetched(served) == FILES and served.asked == [*FILES, FILES[0]], "what is damaged is fetched again"
    assert (served.into / FILES[0]).read_bytes() == wheel("one_two")


def test_another_file_under_the_same_name_is_refused_and_not_kept(served):
    (served.folder / FILES[0]).write_bytes(wheel("one_two") + b" ")
    with pytest.raises(wheels.NotFetched) as refused:
        fetched(served)
    assert f"{FILES[0]} from {served.url} is not the file that pyodide-lock.json means" in str(refused.value)
    assert list(served.into.iterdir()) == []


def test_a_file_that_is_not_there_is_named_with_the_server_s_answer(served):
    (served.folder / FILES[1]).unlink()
    with pytest.raises(wheels.NotFetched, match=rf"^{FILES[1]} is not to be had from .*: the server answers 404$"):
        fetched(served)
    assert [path.name for path in served.into.iterdir()] == FILES[:1], "what has come stays"


@pytest.mark.parametrize(
    ("source", "says"), [("http://127.0.0.1:9/", "no connection to http"), ("wheels/", "is no address that")]
)
def test_without_a_server_one_sentence_says_so(served, source, says):
    with pytest.raises(wheels.NotFetched, match=f"{says}.*"):
        fetched(served, source)


def test_the_command_says_it_in_one_line_and_leaves_nothing(served):
    (served.folder / "six-1.17.0-py2.py3-none-any.whl").write_bytes(wheel("one_two"))
    for word, says in (("six", "its checksum is another"), ("cycler", "the server answers 404")):
        command = ["fetch-pyodide", word, "--from", served.url, "--into", served.into]
        run = [sys.executable, "-m", "autograder", *command]
        done = subprocess.run(run, cwd=PROJECT, capture_output=True, text=True)
        (line,) = (line for line in done.stderr.splitlines() if line.startswith("autograder: "))
        assert done.returncode == 1 and says in line
        assert "Traceback" not in done.stderr
    assert list(served.into.iterdir()) == []


def test_the_lock_has_what_the_exercises_ask_for():
    lock = wheels.Lock()
    assert wheels.wanted() == ["matplotlib", "numpy"]
    assert {"numpy", "pillow", "six"} < set(lock.with_needs(["matplotlib"]))
    assert "numpy" in lock.imports("numpy")
    with pytest.raises(wheels.UnknownPackage, match="has no package 'brian2'"):
        lock.with_needs(["brian2"])


def test_a_package_is_offered_only_with_all_that_it_needs_and_as_the_lock_means_it(served, tmp_path):
    fetched(served)
    assert served.lock.all_here(served.into) == ["one-two", "spike-trains"]
    offered = live.self_hosted(tmp_path / "static", served.lock, served.into)
    assert offered["from"] == "wheels/" and offered["packages"]["spike-trains"]["needs"] == ["one-two", "spike-trains"]
    assert sorted(path.name for path in (tmp_path / "static" / "wheels").iterdir()) == FILES
    (served.into / FILES[0]).write_bytes(b"damaged")
    assert served.lock.all_here(served.into) == []
    assert live.self_hosted(tmp_path / "static", served.lock, tmp_path / "nowhere")["packages"] == {}


@pytest.mark.slow
def test_only_the_other_setting_names_a_foreign_host(built_book, tmp_path):
    assert "http" not in (built_book / "_static" / "exercises.js").read_text()
    small_book(tmp_path, pyodide_packages="cdn")
    known = (tmp_path / "_build" / "html" / "_static" / "exercises.js").read_text()
    offered = json.loads(re.search(r"const PACKAGES = (.*);", known).group(1))
    assert offered["from"] == wheels.public_address() and wheels.version() in offered["from"]
    assert {"numpy", "matplotlib", "pillow"} <= offered["packages"].keys()


# What runs in the worker, here with the numpy and matplotlib of this machine

IN_WORKER = """
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("live_cell", sys.argv[1])
cell = importlib.util.module_from_spec(spec)
spec.loader.exec_module(cell)
for run in json.load(sys.stdin):
    above = json.dumps({"given": run["given"], "answers": run.get("answers", [])})
    asks = cell.modules(run["source"], above)
    shown = []
    question = f"check({run['name']!r}, {run['name']})"
    arrays = run.get("arrays", "numpy" in asks)
    ended = cell.run(run["name"], run["source"], question, above, arrays, lambda *what: shown.append(what))
    print(json.dumps([asks, ended, shown]))
"""
GIVEN = "import math\nimport matplotlib.pyplot as plt\nimport numpy as np\nfrom autograder.check import check"


def in_worker(folder, *runs: dict) -> list:
    """What each run asks for, how it ends, and what it shows, one after the other in a process of their own."""
    command = [sys.executable, "-c", IN_WORKER, PROJECT / "book" / "static" / "live_cell.py"]
    text = json.dumps([{"given": GIVEN} | run for run in runs])
    env = os.environ | {"PYTHONPATH": str(PROJECT)}
    done = subprocess.run(command, cwd=folder, input=text, capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


IN_LISTS = """
def leaky_integrator(input_data, tau):
    assert type(input_data) is list
    level, levels = [0] * len(row(input_data[0])), []
    for current in input_data:
        level = [v + (i - v) / tau for v, i in zip(level, row(current), strict=True)]
        levels.append(level if isinstance(current, list) else level[0])
    return levels

def row(current):
    return current if isinstance(current, list) else [current]
"""
IN_NUMPY = """
def leaky_integrator(input_data, tau):
    print(type(input_data).__name__)
    input_data = np.asarray(input_data)  # one question may hand over a list
    level, levels = np.zeros(input_data.shape[1:]), []
    for current in input_data:
        level = level + (current - level) / tau
        levels.append(level)
    return np.array(levels)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the chapter's recorded answers in it."""
    path = tmp_path_factory.mktemp("beside")
    write_records(load(CHAPTER), path)
    return path


def test_a_text_that_uses_numpy_is_handed_arrays_and_another_lists_whatever_ran_before(folder):
    texts = (IN_LISTS, IN_NUMPY, IN_LISTS)
    runs = in_worker(folder, *({"name": "leaky_integrator", "source": text} for text in texts))
    assert [asks for asks, _, _ in runs] == [[], ["numpy"], []]
    assert ["8 of 8 points, passed" in ended for _, ended, _ in runs] == [True] * 3
    assert "ndarray" in "".join(text for kind, text in runs[1][2] if kind == "printed")


def test_what_a_text_asks_for_are_its_imports_those_of_answers_it_calls_and_of_the_chapter_if_used(folder):
    answers = [["one", "def one():\n    import scipy.stats\n    return np.ones(1)"], ["other", "import torch"]]
    texts = {"x = one()": ["numpy", "scipy"], "x = plt": ["matplotlib"], "x = math.pi": ["math"], "x = (": []}
    runs = in_worker(folder, *({"name": "x", "source": text, "answers": answers} for text in texts))
    assert [asks for asks, _, _ in runs] == list(texts.values())


def test_a_figure_that_the_reader_draws_is_shown_once(folder):
    ones = "input_data = [1] * 1000"
    texts = (f"{ones}\nplt.plot(input_data)", ones)
    runs = in_worker(folder, *({"name": "input_data", "source": text} for text in texts))
    drawn = [[text for kind, text in shown if kind == "drawn"] for _, _, shown in runs]
    assert [len(one) for one in drawn] == [1, 0]
    assert drawn[0][0].startswith("data:image/png;base64,")
    assert ["passed" in ended for _, ended, _ in runs] == [True, True], "an own figure does not disturb the check"


NEEDING = [name for name in chapter_names() if any(one.in_page for one in load(name).exercises)]


@pytest.mark.slow
@pytest.mark.parametrize("chapter", NEEDING)
def test_right_answers_to_what_needs_numpy_pass_there(chapter, records):
    """Each in the form of the reference, in a process that has what a page would have."""
    given = f"{GIVEN}\nfrom typing import Any\nfrom numpy.typing import ArrayLike, NDArray"
    exercises = [one for one in load(chapter).exercises if one.in_page]
    runs = [
        {"name": one.name, "source": inspect.getsource(one.reference), "given": given, "arrays": True}
        for one in exercises
    ]
    ended = [ended for _, ended, _ in in_worker(records, *runs)]
    assert ended == [f"{one.name}: {one.points:g} of {one.points:g} points, passed" for one in exercises]


@pytest.mark.browser
def test_what_was_checked_with_arrays_goes_into_the_notebook_as_it_is(page, site):
    page.goto(f"{site}/book/{CHAPTER}.html")
    text = "def leaky_integrator(input_data, tau):\n    return input_data\n"
    checked = """([text, arrays]) => {
      const answer = kept.answer(course.chapter, "leaky_integrator");
      answer.edit(text);
      answer.check(text, "8 of 8 points, passed", "", arrays);
      return answer.forArrays;
    }"""
    assert page.evaluate(checked, [text, True]) == text
    assert page.evaluate(checked, [text, False]).endswith("leaky_integrator = with_lists(leaky_integrator)\n")


# In Chromium, with packages made here: numpy's own file is on no server that every machine reaches


@pytest.fixture
def site_with_packages(served, built_book, tmp_path):
    """The book with what was fetched; one exercise needs a package that is there, another one that is not."""
    site = tmp_path / "site"
    shutil.copytree(built_book, site, copy_function=os.symlink)
    static = site / "_static"
    fetched(served)
    offered = live.self_hosted(static, served.lock, served.into)
    known = (static / "exercises.js").read_text()
    chapters = json.loads(re.search(r"const CHAPTERS = (.*);", known).group(1))
    chapter = next(one for one in chapters if one["name"] == CHAPTER)
    chapter["exercises"] |= {"input_data": ["spike-trains"], "exact_leaky_integrator": ["numpy"]}
    for name in ("exercises.js", "pyodide/pyodide-lock.json"):
        (static / name).unlink()
    (static / "exercises.js").write_text(live.known_to_pages(chapters, offered))
    shutil.copy(tmp_path / "pyodide-lock.json", static / "pyodide")
    with serving(site) as address:
        yield address


@pytest.mark.browser
def test_a_fetched_package_is_loaded_from_the_book_when_an_exercise_needs_it_or_code_imports_it(
    page, site_with_packages
):
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{site_with_packages}/book/{CHAPTER}.html", wait_until="networkidle")
    absent = page.locator("#exercise-exact_leaky_integrator")
    sentence = "This one needs numpy, which this copy of the book does not have: write it in the notebook."
    expect(absent.get_by_text(sentence)).to_be_visible()
    assert absent.get_by_role("button", name="Try it here").count() == 0

    cell = Cell(page, "input_data")
    expect(cell.exercise.get_by_text("MB for spike-trains.")).to_be_visible()

    page.route("**/one_two*", lambda route: route.fulfill(status=404, body=""))
    other = Cell(page, "leaky_integrator").run("import spike_trains", "^one-two did not load .*Run it again")
    page.unroute("**/one_two*")
    said = other.run("import pandas", "raised ModuleNotFoundError").exercise.locator(".live-raised").inner_text()
    assert said.endswith("pandas isn't in the page: do without, or take the notebook home")

    cell.run("from spike_trains import ones\ninput_data = ones(1000)", "2 of 2 points, passed")
    loaded = [url.rsplit("/", 1)[1] for url in asked if url.endswith(".whl")]
    assert sorted(set(loaded)) == FILES
    cell.run("import one_two, spike_trains\ninput_data = spike_trains.ones(1000)", "2 of 2 points, passed")
    assert len([url for url in asked if url.endswith(".whl")]) == len(loaded), "once"
    assert [url for url in asked if not url.startswith((site_with_packages, "data:"))] == []
    assert errors == []
