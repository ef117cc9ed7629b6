"""The live cell: exercises written and checked in the published page, as a reader's browser does it."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect
from test_pages import PHONE, bare, solution_lines

from autograder.authoring import live
from autograder.exercises import load
from autograder.reference.record import write_records

CHAPTER = "leaky_integrator"
LOADING = 60_000  # milliseconds: Python is large, and the machine may be shared

ONES = "input_data = [1] * 1000"

STEPS = """
from math import exp

def leaky_integrator(input_data, tau):
    if isinstance(input_data[0], list):
        return by_channel(leaky_integrator, input_data, tau)
    level, levels = 0, []
    for current in input_data:
        level += (current - level) / tau
        levels.append(level)
    return levels

def by_channel(function, rows, *others):
    return [list(row) for row in zip(*[function(list(channel), *others) for channel in zip(*rows)])]
"""

EXACT_STEPS = """
def exact_leaky_integrator(input_data, tau, dt):
    if isinstance(input_data[0], list):
        return by_channel(exact_leaky_integrator, input_data, tau, dt)
    level, levels = 0, []
    for current in input_data:
        level = current + (level - current) * exp(-dt / tau)
        levels.append(level)
    return levels
"""

pytestmark = pytest.mark.browser


class Cell:
    """One live cell of the page, used as a reader would."""

    def __init__(self, page, name):
        self.exercise = page.locator(f"#exercise-{name}")
        self.check = page.locator(".cell.tag_check").filter(has_text=f'check("{name}"')
        self.status = self.exercise.get_by_role("status")
        self.code = self.exercise.get_by_role("textbox", name=f"Your code for {name}")
        self.verdict = self.check.locator(".verdict:visible")

    def press(self, button):
        self.exercise.get_by_role("button", name=button).click()

    def open(self):
        if not self.code.is_visible():
            self.exercise.get_by_role("button", name=re.compile("Try it here|Go on")).click()
            self.code.wait_for()
        return self

    def write(self, code):
        """Paste it over what stands there."""
        self.open()
        page = self.code.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.evaluate("text => navigator.clipboard.writeText(text)", code)
        self.code.focus()
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.press("ControlOrMeta+V")
        assert self.text() == code

    def text(self):
        return "\n".join(line.removesuffix("\n") for line in self.code.locator(".cm-line").all_inner_texts())

    def run(self, code, ends):
        self.write(code)
        self.press("Run & check")
        self.ends(ends)
        return self

    def ends(self, says):
        expect(self.status).to_have_text(re.compile(says), timeout=LOADING)


@pytest.fixture(scope="module")
def address(site):
    return f"{site}/book/{CHAPTER}.html"


@pytest.fixture(scope="module")
def lesson(browser, address):
    """A page of the chapter that several tests go on with: loading Python is what takes the time."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def test_nothing_is_loaded_before_it_is_asked_for_and_then_only_from_here(page, site, address):
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address, wait_until="networkidle")
    assert not [url for url in asked if re.search(r"pyodide|codemirror|live_|/live/", url)]
    Cell(page, "input_data").run(ONES, "2 of 2 points, passed")
    assert any(url.endswith(".wasm") for url in asked)
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert said == []


def test_right_answers_in_plain_lists_pass_and_share_their_names(lesson):
    Cell(lesson, "input_data").run(ONES, "2 of 2 points, passed")
    Cell(lesson, "leaky_integrator").run(STEPS, "8 of 8 points, passed")
    last = Cell(lesson, "exact_leaky_integrator").run(EXACT_STEPS, "6 of 6 points, passed")
    assert last.verdict.count() == 1, "the reader's own verdict, in the place of the reference's"


def test_a_misconception_is_named_and_drawn_also_on_a_phone(lesson):
    cell = Cell(lesson, "leaky_integrator").run(STEPS.replace("/ tau", "/ tau / tau"), "0 of 8 points, wrong")
    assert "The time constant counts twice" in cell.verdict.inner_text()
    assert "yours from" in cell.verdict.get_by_role("img").get_attribute("alt")
    size = lesson.viewport_size
    lesson.set_viewport_size(PHONE)
    assert lesson.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    lesson.set_viewport_size(size)


def test_an_untouched_stub_is_not_attempted(lesson):
    cell = Cell(lesson, "input_data").open()
    cell.press("Reset")
    cell.press("Run & check")
    cell.ends("0 of 2 points, not attempted")


def test_what_is_printed_is_shown_up_to_a_limit(lesson):
    cell = Cell(lesson, "input_data").run(f"print('so', 'far')\n{ONES}", "passed")
    assert cell.exercise.locator(".live-printed").inner_text().strip() == "so far"
    cell.run(f"for n in range(100_000):\n    print(n)\n{ONES}", "passed")
    shown = cell.exercise.locator(".live-printed").inner_text()
    assert len(shown) < 15_000
    assert shown.rstrip().endswith("and more, which is not shown")


def test_an_error_is_shown_with_the_lines_of_the_reader_only(lesson):
    cell = Cell(lesson, "input_data").run("def half(n):\n    return 1 / n\nhalf(0)", "raised ZeroDivisionError")
    raised = cell.exercise.locator(".live-raised").inner_text()
    assert "line 2, in half" in raised
    assert "live_cell" not in raised
    assert cell.verdict.count() == 0


@pytest.mark.parametrize("code", ["import numpy as np\ninput_data = np.ones(1000)", "input_data = np.ones(1000)"])
def test_numpy_is_missed_in_a_friendly_line(code, lesson):
    cell = Cell(lesson, "input_data").run(code, "raised ModuleNotFoundError")
    raised = cell.exercise.locator(".live-raised").inner_text()
    assert raised.endswith("numpy isn't in the page: use lists, or take the notebook home")


def test_numpy_missed_in_the_middle_of_a_function_is_said_in_the_verdict(lesson):
    code = "def leaky_integrator(input_data, tau):\n    import numpy"
    cell = Cell(lesson, "leaky_integrator").run(code, "0 of 8 points, raised")
    said = cell.verdict.inner_text()
    assert "numpy isn't in the page: use lists, or take the notebook home (in: import numpy)" in said


def test_an_endless_loop_is_stopped_and_the_page_lives_on(lesson):
    Cell(lesson, "leaky_integrator").run(STEPS, "passed")
    cell = Cell(lesson, "input_data").run("while True:\n    pass", "^Stopped after 10 seconds")
    below = Cell(lesson, "exact_leaky_integrator").run(f"print(leaky_integrator([1, 1], 2))\n{EXACT_STEPS}", "passed")
    assert "[0.5, 0.75]" in below.exercise.locator(".live-printed").inner_text(), "earlier names are there again"
    cell.run(ONES, "passed")


def test_the_stop_button_stops(lesson):
    cell = Cell(lesson, "input_data").run("while True:\n    pass", "Running")
    Cell(lesson, "leaky_integrator").run(STEPS, "First input_data must end")
    cell.press("Stop")
    cell.ends("^Stopped")
    cell.run(ONES, "passed")


TOUCHED = """async () => {
    const store = await caches.open((await caches.keys())[0]);
    const [place] = await store.keys();
    const memory = new Uint8Array(await (await store.match(place)).arrayBuffer());
    const [was, is] = ["3.14.2 (", "kept in "].map((text) => new TextEncoder().encode(text));
    for (let at = memory.indexOf(was[0]); at >= 0; at = memory.indexOf(was[0], at + 1))
      if (was.every((byte, n) => memory[at + n] === byte)) memory.set(is, at);
    await store.put(place, new Response(memory));
}"""
SPOILT = """async () => {
    const store = await caches.open((await caches.keys())[0]);
    await store.put((await store.keys())[0], new Response("no memory at all"));
}"""


def test_python_starts_from_what_the_browser_keeps_of_an_earlier_start_if_that_can_be_used(browser, address):
    context = browser.new_context()
    page = context.new_page()
    dice = []

    def started() -> str:
        page.goto(address)
        says = f"import random, sys\nprint(random.random(), sys.version)\n{ONES}"
        cell = Cell(page, "input_data").run(says, "passed")
        rolled, version = cell.exercise.locator(".live-printed").inner_text().split(maxsplit=1)
        dice.append(rolled)
        return version

    assert started().startswith("3.14.2")
    page.evaluate(TOUCHED)
    assert started().startswith("kept in")
    page.evaluate(SPOILT)
    assert started().startswith("3.14.2")
    assert page.evaluate("async () => (await (await caches.open((await caches.keys())[0])).keys()).length") == 0
    assert len(set(dice)) == 3, "a kept memory rolls no dice again"
    context.close()


def test_code_that_ends_python_ends_only_its_own_run(lesson):
    cell = Cell(lesson, "input_data").run("import os\nos._exit(0)", "Python ended .* starts it anew")
    cell.run("exit()", "raised SystemExit")
    cell.run(ONES, "passed")


def test_a_reader_without_a_mouse_gets_in_and_out(page, address):
    page.goto(address)
    cell = Cell(page, "input_data")
    cell.exercise.get_by_role("button", name="Try it here").focus()
    page.keyboard.press("Enter")
    expect(cell.code).to_be_focused()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("if True:\ninput_data = [\n")
    page.keyboard.press("Backspace")
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    page.keyboard.type("]")
    expect(cell.code.locator(".cm-matchingBracket")).to_have_text(["[", "]"])
    page.keyboard.type(" * 1000")
    typed = "if True:\n    input_data = [\n    1   ] * 1000"
    assert cell.text() == typed, "Enter indents, Backspace takes a step back, Tab goes to the next one"
    expect(cell.code.locator(".cm-line").first.locator(".k")).to_have_text("if")
    page.keyboard.press("ControlOrMeta+Z")
    assert cell.text() != typed, "typing can be undone"
    page.keyboard.press("ControlOrMeta+Y")
    assert cell.text() == typed
    page.keyboard.press("Control+Enter")
    cell.ends("2 of 2 points, passed")
    page.keyboard.press("Escape")
    page.wait_for_timeout(2500)  # nobody has to be quick
    page.keyboard.press("Tab")
    expect(cell.exercise.get_by_role("button", name="Run & check")).to_be_focused()
    page.keyboard.press("Enter")
    cell.ends("2 of 2 points, passed")
    assert cell.status.evaluate("status => status.matches('[role=status]:not([hidden])')")


def test_what_was_written_is_kept_until_it_is_reset(page, address):
    page.goto(address)
    cell = Cell(page, "input_data").open()
    stub = cell.text()
    assert "YOUR CODE HERE" in stub
    cell.write("# a thought")
    page.reload()
    expect(cell.exercise.get_by_text("Your code is kept in this browser.")).to_be_visible()
    assert cell.open().text() == "# a thought"
    cell.press("Reset")
    assert cell.text() == stub
    page.keyboard.press("Control+z")
    assert cell.text() == "# a thought"
    cell.press("Reset")
    page.reload()
    assert cell.open().text() == stub


def test_under_an_untouched_stub_stands_what_a_right_answer_earns_folded_and_after_a_reload_the_reader_s_verdict(
    page, address
):
    page.goto(address)
    cell = Cell(page, "input_data")
    assert page.locator(".verdict:visible").count() == 0
    fold = cell.check.locator("summary:visible")
    assert "What a right answer earns" in fold.inner_text()
    fold.click()
    assert "2 of 2 points" in cell.verdict.inner_text()
    fold.click()
    cell.run("input_data = [0] * 1000", "of 2 points, (wrong|partly)")
    said = cell.verdict.inner_text()
    page.reload()
    assert cell.verdict.inner_text() == said
    cell.write("input_data = []")
    page.reload()
    assert cell.verdict.count() == 0, "it was on other code"


def test_a_browser_that_keeps_nothing_still_checks(page, address):
    page.add_init_script("""
        for (const method of ["getItem", "setItem", "removeItem"]) {
          const usual = Storage.prototype[method];
          Storage.prototype[method] = function (key, ...rest) {
            if (key.startsWith("learning-to-spike")) throw new DOMException("refused", "SecurityError");
            return usual.call(this, key, ...rest);
          };
        }
    """)
    page.goto(address)
    cell = Cell(page, "input_data").run(ONES, "2 of 2 points, passed")
    cell.press("Reset")
    assert "YOUR CODE HERE" in cell.text()


def test_a_part_that_does_not_arrive_is_said(page, address):
    page.route("**/kit.zip", lambda route: route.fulfill(status=404, body=""))
    page.route("**/codemirror.js", lambda route: route.abort())
    page.goto(address)
    cell = Cell(page, "input_data")
    begin = cell.exercise.get_by_role("button", name="Try it here")
    begin.click()
    expect(cell.exercise.get_by_text("The editor did not load. Press again")).to_be_visible()
    expect(begin).to_be_focused()
    page.unroute("**/codemirror.js")
    cell.run(ONES, "Python did not load: 404 for live/kit.zip")
    page.unroute("**/kit.zip")
    cell.run(ONES, "2 of 2 points, passed")


def test_how_much_of_python_has_come_is_shown_in_bytes_that_were_counted(page, address, built_book):
    held = []
    page.route("**/pyodide.asm.wasm", lambda route: held.append(route))
    page.goto(address)
    cell = Cell(page, "input_data").open()
    bar = cell.exercise.get_by_role("progressbar", name="Python loaded")
    large, total = ((built_book / "_static/pyodide/pyodide.asm.wasm").stat().st_size, int(bar.get_attribute("max")))
    expect(bar).to_have_attribute("aria-valuetext", f"{(total - large) / 1e6:.1f} of {total / 1e6:.1f} MB")
    assert bar.evaluate("bar => bar.value") == total - large, "all the rest, and nothing made up"
    expect(cell.status).to_have_text("Loading Python…")
    (route,) = held
    route.continue_()
    cell.ends("Python is ready.")
    assert page.evaluate("python.loaded") == total
    expect(bar).to_be_hidden()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"content_type": "text/plain", "body": "export {};"}, "the server sends pyodide/pyodide.mjs as “text/plain”"),
        ({"status": 404, "body": ""}, "the file pyodide/pyodide.mjs is missing"),
        ({"content_type": "text/javascript", "body": "a syntax that is not there yet"}, "the browser is too old"),
    ],
)
def test_a_server_that_sends_python_wrongly_is_told_from_an_old_browser(page, address, sent, says):
    page.route("**/pyodide.mjs", lambda route: route.fulfill(**sent))
    page.goto(address)
    cell = Cell(page, "input_data")
    cell.open()
    expect(cell.status).to_contain_text(f"Python did not load: {says}", timeout=LOADING)


def test_after_three_different_answers_that_failed_what_the_page_knows_is_offered_in_one_fold(page, address):
    page.goto(address)
    cell = Cell(page, "leaky_integrator")
    fold = cell.check.get_by_text("Stuck? What is known about this exercise")
    worked = page.locator("#the-integrator-step-by-step > details").filter(has_text=re.compile("^Worked example"))
    expect(worked).to_be_hidden()
    for step in ("/ tau / tau", "+ tau", "- tau"):
        expect(fold).to_be_hidden()
        cell.run(STEPS.replace("/ tau", step), "of 8 points")
        cell.run(STEPS.replace("/ tau", step), "of 8 points")  # the same again is no other answer
    fold.click()
    said = cell.check.locator(".live-stuck").inner_text()
    hints = page.locator("#the-integrator-step-by-step > .hint")
    contents = hints.evaluate_all("hints => hints.map(hint => hint.querySelector('p').textContent.trim())")
    assert len(contents) == 3
    assert [text for text in contents if " ".join(text.split())[:20] not in " ".join(said.split())] == []
    assert "1 of 3" not in said
    assert said.index("Worked example: ") > said.index(contents[-1][:20]) and ">>> np.round(leaky_integrator(" in said
    expect(worked).to_be_visible()
    cell.run(STEPS.replace("/ tau", "/ tau / tau"), "wrong")
    assert "The time constant counts twice" in cell.check.locator(".live-stuck").inner_text()
    cell.run(STEPS, "8 of 8 points, passed")
    expect(fold).to_be_hidden()
    expect(worked).to_be_visible()


def test_where_nothing_can_be_tried_a_worked_example_is_there_from_the_beginning(page, site):
    page.goto(f"{site}/book/time_surfaces.html")
    worked = page.locator("details").filter(has_text=re.compile("^Worked example"))
    expect(worked.filter(has_text="Worked example: four changes, two drawings")).to_be_visible()
    expect(worked.filter(has_text="Worked example: four events, four steps")).to_be_hidden()
    page.emulate_media(media="print")
    assert [one.is_visible() for one in worked.all()] == [True] * len(load("time_surfaces").exercises)


def test_from_a_file_one_line_says_why_not(page, built_book):
    said = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{built_book.as_uri()}/book/{CHAPTER}.html", wait_until="networkidle")
    assert page.get_by_role("button", name="Try it here").count() == 0
    assert page.get_by_text("Opened from a file, a page cannot run Python").count() == 1
    assert said == []


def test_what_needs_packages_is_not_offered_and_says_so(page, site):
    page.goto(f"{site}/book/time_surfaces.html")
    elsewhere = [one.name for one in load("time_surfaces").exercises if one.in_page is None]
    assert elsewhere == ["tau_slider"]
    assert page.get_by_text("This one needs packages that the page cannot have").count() == len(elsewhere)
    offered = page.get_by_role("button", name="Try it here").count()
    assert offered == len(load("time_surfaces").exercises) - len(elsewhere)


def test_without_scripts_an_exercise_is_its_stub(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.get_by_text("Try it here").count() == 0
    assert "YOUR CODE HERE" in page.locator(".cell.tag_exercise").first.inner_text()
    context.close()


def test_the_page_carries_what_a_student_gets_and_no_solution(built_book, tmp_path):
    published = built_book / "_static" / "live"
    answers = write_records(load(CHAPTER), tmp_path)
    assert (published / answers.name).read_bytes() == answers.read_bytes()
    packed = (published / "kit.zip").read_bytes()
    assert packed == live.kit(), "the same to the byte each time"
    with ZipFile(BytesIO(packed)) as kit:
        text = bare("".join(kit.read(name).decode() for name in kit.namelist()))
    assert "defcheck(" in text
    assert [line for line in solution_lines() if line in text] == []
    editor = {path.name for path in (built_book / "_static" / "codemirror").iterdir()}
    assert editor == {"codemirror.js", "LICENSE"}, "what it is built from stays at home"


def test_what_is_loaded_is_no_more_than_is_said(built_book):
    static = built_book / "_static"
    said = int(re.search(r"up to (\d+) MB", (static / "live.js").read_text()).group(1))
    loaded = [*static.glob("pyodide/pyodide*"), *static.glob("pyodide/*.zip"), static / "live" / "kit.zip"]
    answers = max(path.stat().st_size for path in static.glob("live/*.recorded.json"))  # a page loads its own alone
    assert said - 1 < (answers + sum(path.stat().st_size for path in loaded)) / 1e6 < said
