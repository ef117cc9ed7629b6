"""A notebook run cell by cell: what a cell does costs only itself, and whatever comes out can be kept."""

import json
import os
import threading
import time
import tracemalloc
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from in_room import run as run_in_room
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.beside.words import ANSWER_MIME, OURS, SLOW
from autograder.room.limits import Limits
from autograder.room.notebook import _keep
from autograder.room.outputs import LARGEST_OUTPUT, LEFT_OUT, MOST_OUTPUTS, Outputs, Space, frame_in
from autograder.room.process import LARGEST_REPLY, Ending, Stopped

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]

PATIENT = Limits(cell_seconds=30)
FORGE = """
def forge(line):
    for descriptor in range(3, 40):
        try:
            os.write(descriptor, line if isinstance(line, bytes) else json.dumps(line).encode() + b"\\n")
        except OSError:
            pass
"""


def cell_of(source, grade_id=""):
    if isinstance(source, str):
        return new_code_cell(source, metadata={"nbgrader": {"grade_id": grade_id}} if grade_id else {})
    return source


def run(*cells, limits=PATIENT, unsafe=False, questions=None, seconds=None, stop=None):
    """The cells as they are after a run; the first imports what the others use."""
    notebook = new_notebook(cells=[cell_of("import os, json, time, sys, signal"), *map(cell_of, cells)])
    outcome = run_in_room(notebook, questions, seconds, limits=limits, unsafe=unsafe, stop=stop)
    nbformat.validate(outcome)
    nbformat.writes(outcome).encode()
    return outcome.cells[1:]


def printed(cell):
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


def error(cell):
    return next((output.ename for output in cell.outputs if output.output_type == "error"), "")


def ended(cell):
    return cell.metadata.get(OURS, {}).get("ended", "")


# A notebook as it should be


@pytest.mark.parametrize("unsafe", [False, True])
def test_cells_run_in_order_in_one_process_and_keep_their_outputs(unsafe):
    show = "from IPython.display import display\ndisplay(1)\nprint('out')\nprint('err', file=sys.stderr)\nv + 1"
    one, two, three = run("v = 41", show, "1/0", unsafe=unsafe)
    kinds = [(output.output_type, output.get("name", "")) for output in two.outputs]
    assert one.outputs == []
    assert kinds == [("display_data", ""), ("stream", "stdout"), ("stream", "stderr"), ("execute_result", "")]
    assert two.outputs[-1].data == {"text/plain": "42"}
    assert (error(three), three.outputs[0].evalue) == ("ZeroDivisionError", "division by zero")
    assert [one.execution_count, two.execution_count, three.execution_count] == [2, 3, 4]
    assert not any(map(ended, (one, two, three)))


def test_a_run_leaves_the_notebook_as_it_was_and_two_runs_are_the_same():
    notebook = new_notebook(
        cells=[new_code_cell("import random\nrandom.Random(1).random()"), new_markdown_cell("text")]
    )
    before = nbformat.writes(notebook)
    outcomes = [run_in_room(notebook) for _ in range(2)]
    assert nbformat.writes(notebook) == before
    assert outcomes[0] == outcomes[1]
    assert outcomes[0].cells[1] == notebook.cells[1]


def test_an_error_in_one_cell_does_not_keep_the_next_from_running():
    assert printed(run("1/0", "print('still here')")[1]) == "still here\n"
    assert printed(run("if:", "print('still here')")[1]) == "still here\n"


def test_a_cell_that_only_draws_is_not_run():
    drawing = new_code_cell("print('drawn')", metadata={OURS: {"only_draws": True}})
    assert printed(run(drawing)[0]) == ""


def test_a_cell_longer_than_any_pipe_is_run():
    long = f"text = {'x' * 2_000_000!r}\nprint(len(text))"
    assert printed(run(long)[0]) == "2000000\n"


def test_what_was_answered_stands_in_the_check_cell():
    questions = {
        "twice": {"exercise": "twice", "probe": "call", "cases": [{"inputs": {"x": 3}}, {"inputs": {"x": -1}}]}
    }
    check = cell_of('check("twice", twice)', "check_twice")
    outputs = run("def twice(x):\n    return 2 * x", check, questions=questions)[1].outputs
    given = [{"exercise": "twice", "case": 0, "answer": 6}, {"exercise": "twice", "case": 1, "answer": -2}]
    assert [output.data[ANSWER_MIME] for output in outputs] == given


# A cell that does not come to an end

STUBBORN = """
while True:
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
            signal.signal(number, signal.SIG_IGN)
        while True: pass
    except BaseException:
        continue
"""


def test_a_check_that_computes_for_more_than_half_of_its_time_says_how_long():
    busy = cell_of("begun = time.process_time()\nwhile time.process_time() < begun + 1.2: pass", "check_busy")
    busy, quick = run(busy, cell_of("1", "check_quick"), questions={}, seconds={"check_busy": 2, "check_quick": 2})
    assert 1 < busy.metadata[OURS][SLOW] < 2
    assert OURS not in quick.metadata, "what is the same is the same notebook, whatever the machine does"


@pytest.mark.parametrize("endless", ["while True: pass", STUBBORN])
def test_an_endless_cell_is_cut_off_and_the_others_go_on_where_it_began(endless):
    endless = cell_of(f"w = 1\n{endless}", "endless")
    _, cut, after = run("v = 42", endless, "print(v, 'w' in globals())", seconds={"endless": 0.5})
    assert ended(cut) == "timed out" and "no end after 0.5 seconds" in cut.metadata[OURS]["says"]
    assert error(cut) == "timed out"
    assert printed(after) == "42 False\n"


def test_cells_that_sleep_are_given_up_long_before_the_notebook_s_time_is_over():
    begun = time.monotonic()
    cells = run(*["time.sleep(100)"] * 8, "1", limits=Limits(cell_seconds=1))
    assert time.monotonic() - begun < 20
    assert {ended(cell) for cell in cells} == {"timed out"}
    assert "waited for more than 3 seconds" in cells[0].metadata[OURS]["says"]
    assert "waited for more than 3 seconds" in cells[-1].metadata[OURS]["says"]


def test_a_cell_that_sleeps_and_says_so_again_and_again_is_given_up_too():
    begun = time.monotonic()
    [cut] = run("while True: print('.', flush=True); time.sleep(0.05)", limits=Limits(cell_seconds=1))
    assert ended(cut) == "timed out" and time.monotonic() - begun < 15


def test_who_hides_how_long_it_computes_computes_little_longer():
    begun = time.process_time(), time.monotonic()
    cells = run(*[f"signal.signal(signal.SIGXCPU, signal.SIG_IGN)\n{STUBBORN}"] * 2, limits=Limits(cell_seconds=0.3))
    assert {cell.metadata[OURS]["says"] for cell in cells} == {"no end after 0.3 seconds"}
    assert time.monotonic() - begun[1] < 2 * 12  # what the clock alone would have ended after


@pytest.mark.parametrize("waits", ["time.sleep(1000)", f"signal.signal(signal.SIGXCPU, signal.SIG_IGN)\n{STUBBORN}"])
def test_a_cell_that_only_waits_or_hides_how_long_it_computes_is_cut_off_by_the_clock(waits):
    begun = time.monotonic()
    [cut] = run(waits, limits=Limits(cell_seconds=0.5, notebook_seconds=2))
    assert ended(cut) == "timed out" and time.monotonic() - begun < 10


def test_what_was_printed_before_the_end_is_kept():
    endless = cell_of("print('before', flush=True)\nwhile True: pass", "endless")
    [cut] = run(endless, seconds={"endless": 0.5})
    assert "before" in printed(cut)


def test_a_cell_with_a_name_has_the_time_of_its_exercise():
    slow = cell_of("while time.process_time() < 1.5: pass\nprint('done')", "patient")
    hasty = cell_of("while time.process_time() < 60: pass\nprint('done')", "hasty")
    one, other = run(slow, hasty, seconds={"hasty": 0.2})
    assert (printed(one), ended(one)) == ("done\n", "")
    assert (printed(other), ended(other)) == ("", "timed out")


def test_the_whole_notebook_has_a_limit_and_the_rest_is_not_run():
    cells = run(*["time.sleep(0.3)"] * 12, limits=Limits(cell_seconds=5, notebook_seconds=2))
    done = [not ended(cell) for cell in cells]
    assert done == sorted(done, reverse=True) and not done[-1]
    assert cells[-1].metadata[OURS] == {"ended": "timed out", "says": "the whole notebook took more than 2 seconds"}


def test_many_endless_cells_take_no_longer_than_the_whole_notebook_may():
    begun = time.monotonic()
    cells = run(*["while True: pass"] * 100, limits=Limits(cell_seconds=0.3, notebook_seconds=1.5))
    assert time.monotonic() - begun < 15  # a hundred times 0.3 seconds would be 30
    assert {ended(cell) for cell in cells} == {"timed out"}


# A cell that takes its process along


@pytest.mark.parametrize(
    "fatal",
    [
        "os._exit(0)",
        "os.kill(os.getpid(), signal.SIGKILL)",
        "import ctypes; ctypes.string_at(0)",
        "os.execv('/bin/true', ['true'])",
        "os.closerange(0, 256)",
    ],
)
@pytest.mark.parametrize("unsafe", [False, True])
def test_a_cell_that_ends_its_process_costs_only_itself(fatal, unsafe):
    fatal = cell_of(f"w = 1\n{fatal}\nwhile True: pass", "fatal")
    _, cut, after = run("v = 42", fatal, "print(v, 'w' in globals())", unsafe=unsafe, seconds={"fatal": 1})
    assert ended(cut) in ("crashed", "timed out" if "closerange" in fatal.source else "crashed")
    assert printed(after) == "42 False\n"


def test_a_new_process_runs_the_cells_before_it_again_but_no_check_and_nothing_that_was_cut_off():
    questions = {"f": {"exercise": "f", "probe": "call", "cases": [{"inputs": {}}]}}
    check = cell_of('check("f", f)', "check_f")
    count = "calls = []\ndef f():\n    calls.append(1)\n    return 0"
    fatal = "started = True\nos._exit(1)"
    cells = run(
        count, check, "calls.append(2)", fatal, fatal, "print(calls, 'started' in globals())", questions=questions
    )
    assert printed(cells[-1]) == "[2] False\n"
    assert len(cells[1].outputs) == 1


def test_a_cell_that_fails_only_when_it_is_run_again_is_left_out_and_keeps_its_first_outputs(tmp_path):
    mark = str(tmp_path / "mark")  # without walls, so that the second process sees what the first has done
    moody = f"print('first')\nif os.path.exists({mark!r}): os._exit(1)"
    fatal = f"open({mark!r}, 'w').close()\nos._exit(1)"
    first, cut, last = run(moody, fatal, "print('last')", unsafe=True)
    assert (printed(first), ended(first), ended(cut)) == ("first\n", "", "crashed")
    assert printed(last) == "last\n"


def test_no_process_is_left_when_the_run_is_over():
    endless = cell_of("while True: pass", "endless")
    run(
        "import threading\nthreading.Thread(target=time.sleep, args=(1000,)).start()", endless, seconds={"endless": 0.3}
    )
    children = Path(f"/proc/self/task/{next(Path('/proc/self/task').iterdir()).name}/children").read_text().split()
    assert not [pid for pid in children if "bwrap" in Path(f"/proc/{pid}/cmdline").read_text()]


# A cell that says too much


@pytest.mark.parametrize(
    "flood",
    [
        "while True: print('spike' * 1000)",
        "print('x' * 3_000_000)",
        "sys.stderr.write('x' * 3_000_000)",
        "from IPython.display import display\nwhile True: display('x' * 1_000_000)",
        f"{FORGE}while True: forge(b'x' * 100_000)",
        f"{FORGE}while True: forge(b'\\n' * 1000)",
        f"{FORGE}while True: forge({{'output': {{'output_type': 'stream', 'text': 'x'}}}})",
        "class Long:\n    def __repr__(self): return 'x' * 40_000_000\nLong()",
    ],
)
def test_a_flood_is_cut_off_and_little_of_it_is_kept(flood):
    cut, after = run(flood, "print('still here')", limits=Limits(cell_seconds=30, output=1 << 20))
    assert ended(cut) == "too much output"
    assert len(nbformat.writes(new_notebook(cells=[cut]))) < 2 * LARGEST_OUTPUT
    assert printed(after) == "still here\n"


def test_an_error_may_say_much_and_little_of_it_is_kept():
    failed, after = run("raise ValueError('spike\\n' * 200_000)", "print('still here')")
    assert error(failed) == "ValueError" and len(failed.outputs[0].evalue) == 2000
    assert len(nbformat.writes(new_notebook(cells=[failed]))) < 2 * LARGEST_OUTPUT
    assert printed(after) == "still here\n"


def test_an_error_that_says_more_than_is_kept_of_a_cell_is_still_shown():
    [failed] = run(f"print('before')\nraise ValueError('x' * {2 * LARGEST_OUTPUT})")
    assert printed(failed) == "before\n" and error(failed) == "ValueError"


def test_what_ended_a_cell_is_named_the_notebook_s_time_or_its_own():
    forever, _ = run("while True: pass", "1", limits=Limits(cell_seconds=1))
    assert forever.metadata[OURS]["says"] == "no end after 1 seconds"
    forever, _ = run("import time; time.sleep(60)", "1", limits=Limits(cell_seconds=20, notebook_seconds=3))
    assert forever.metadata[OURS]["says"] == "the whole notebook took more than 3 seconds"


def test_many_outputs_are_kept_up_to_a_number_and_then_it_says_so():
    [cell] = run(
        "from IPython.display import display\nfor n in range(1000): display(n)", limits=Limits(cell_seconds=30)
    )
    assert len(cell.outputs) == MOST_OUTPUTS + 1
    assert cell.outputs[-1].text == "... more output of this cell is left out\n"
    assert not ended(cell)


def test_all_outputs_of_a_notebook_together_have_a_limit():
    lines = "for n in range(4): display({'text/plain': 'x' * 900_000}, raw=True)"
    cells = run("from IPython.display import display", *[lines] * 8)
    assert len(nbformat.writes(new_notebook(cells=cells))) < Space().outputs + 100_000
    assert [len(cell.outputs) for cell in cells[1:]] == [4, 4, 4, 4, 3, 1, 1, 1]
    assert cells[-1].outputs[-1].text == LEFT_OUT


@pytest.mark.parametrize("part", [b"[],", b"{},", b"0,", b'{"a":1},', b"[" * 16 + b"]" * 16 + b","])
def test_a_reply_that_would_take_much_memory_is_not_read(part):
    line = b'{"output": [' + part * ((31 << 20) // len(part)) + b"0]}"
    tracemalloc.start()
    begun = time.process_time()
    assert frame_in(line) == {}
    assert time.process_time() - begun < 2 and tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


def test_answers_are_kept_up_to_their_weight():
    answer = {"exercise": "f", "answer": [[]] * 100_000}
    space, nonces = Space(), [str(n) for n in range(9)]
    outputs = Outputs(space, "f", nonces)
    for case, nonce in enumerate(nonces):
        reply = {"output_type": "display_data", "data": {ANSWER_MIME: answer | {"case": case, "nonce": nonce}}}
        outputs.add(reply, json.dumps(reply).encode())
    assert 0 < len(outputs.kept(answers=True)) < 3 and not outputs.all_answered()


def test_an_answer_larger_than_a_reply_may_be_is_too_much():
    questions = {"f": {"exercise": "f", "probe": "call", "cases": [{"inputs": {}}]}}
    check = cell_of('check("f", f)', "check_f")
    cells = run(f"f = lambda: 'x' * {LARGEST_REPLY}", check, "print('on')", questions=questions)
    assert ended(cells[1]) == "too much output"
    assert printed(cells[2]) == "on\n"


# A cell that forges what the runner says

DEEP = "[" * 500 + "]" * 500


FORGED = [
    "{'ready': True}",
    "b'not json\\n'",
    "[1, 2]",
    "{'output': 5}",
    "{'output': {'output_type': 'spike'}}",
    "{'output': {'output_type': 'stream'}}",
    "{'output': {'output_type': 'stream', 'name': ['x'], 'text': 7}}",
    "{'output': {'output_type': 'error', 'ename': {}, 'traceback': 'x'}}",
    "{'output': {'output_type': 'display_data', 'data': {'text/html': '<script>', 'text/plain': ['x']}}}",
    "{'output': {'output_type': 'execute_result', 'data': {'text/plain': '100'}, 'execution_count': 'x'}}",
    f"{{'output': {{'output_type': 'display_data', 'data': {{{ANSWER_MIME!r}: 'x'}}}}}}",
    f"{{'output': {{'output_type': 'display_data', 'data': {{{ANSWER_MIME!r}: {{'case': 0, 'answer': 1}}}}}}}}",
    f"b'{{\"output\": {DEEP}}}\\n'",
    f"b'{DEEP}\\n'",
    "b'1' * 100_000 + b'\\n'",
    "b'\\xff\\xfe\\n'",
    'b\'{"output": {"output_type": "stream", "text": "\\\\ud800"}}\\n\'',
]


def test_forged_replies_harm_nobody():
    cells = run(FORGE, *[f"forge({line})\nprint('sent')" for line in FORGED], "print('still here')")
    assert all("sent\n" in printed(cell) for cell in cells[1:-1])
    assert printed(cells[-1]) == "still here\n"
    assert "<script>" not in nbformat.writes(new_notebook(cells=[cell for cell in cells if "<" not in cell.source]))
    assert not any(ANSWER_MIME in output.get("data", {}) for cell in cells for output in cell.outputs)


def test_answers_forged_within_a_check_leave_the_true_ones_in_their_place():
    questions = {"f": {"exercise": "f", "probe": "call", "cases": [{"inputs": {"x": 3}}]}}
    mime = ANSWER_MIME.encode()
    frame = b'{"output": {"output_type": "display_data", "data": {"%s": %s}}}\n'
    forged = [frame % (mime, answer) for answer in (b'{"case": %s}' % DEEP.encode(), b"[1]", b"7", b'{"case": 999}')]
    function = f"{FORGE}\ndef f(x):\n    for line in {forged!r}: forge(line)\n    return x"
    check, after = run(function, cell_of('check("f", f)', "check_f"), "print('on')", questions=questions)[1:]
    answers = [output.data[ANSWER_MIME] for output in check.outputs]
    assert answers == [{"exercise": "f", "case": 0, "answer": 3}]
    assert printed(after) == "on\n"


ASKED = {"f": {"exercise": "f", "probe": "call", "cases": [{"inputs": {"x": 3}}, {"inputs": {"x": 4}}]}}
WITH_NONCES = """
def nonces():
    frame = sys._getframe()
    while "command" not in frame.f_locals: frame = frame.f_back
    return frame.f_locals["command"]["nonces"]

def answers(known):
    for case, nonce in enumerate(known):
        given = {"exercise": "f", "case": case, "answer": 7, "nonce": nonce}
        forge({"output": {"output_type": "display_data", "data": {MIME: given}}})
"""


@pytest.mark.parametrize("known", ["['', '']", "nonces()"])
@pytest.mark.parametrize("end", ["os._exit(0)", "os.closerange(0, 256); time.sleep(1)", "forge(b'x' * 40_000_000)"])
def test_what_is_answered_before_the_process_ends_or_floods_earns_nothing_and_it_is_said(known, end):
    function = f"{FORGE}MIME = {ANSWER_MIME!r}\n{WITH_NONCES}\ndef f(x):\n    answers({known})\n    {end}"
    check, after = run(function, cell_of('check("f", f)', "check_f"), "print('on')", questions=ASKED)[1:]
    assert ended(check) in ("crashed", "too much output")
    assert check.metadata[OURS]["says"].endswith("no answer before that counts")
    assert [output.output_type for output in check.outputs] == ["error"]
    assert printed(after) == "on\n"


def test_what_was_answered_in_time_counts_and_what_was_not_does_not():
    function = "def f(x):\n    while x == 4: pass\n    return x"
    check = run(function, cell_of('check("f", f)', "check_f"), questions=ASKED, seconds={"check_f": 0.5})[-1]
    assert ended(check) == "timed out"
    given = [output.data[ANSWER_MIME] for output in check.outputs if "data" in output]
    assert given == [{"exercise": "f", "case": 0, "answer": 3}]


def test_who_answers_all_and_then_comes_to_no_end_has_not_answered():
    function = f"{FORGE}MIME = {ANSWER_MIME!r}\n{WITH_NONCES}\ndef f(x):\n    answers(nonces())\n    while True: pass"
    check = run(function, cell_of('check("f", f)', "check_f"), questions=ASKED, seconds={"check_f": 0.5})[-1]
    assert ended(check) == "timed out" and "no answer before that counts" in check.metadata[OURS]["says"]
    assert not [output for output in check.outputs if "data" in output]


@pytest.mark.parametrize(("known", "left"), [("['', '']", [3, 4]), ("nonces()", [])])
def test_of_two_answers_to_a_case_none_counts_and_one_without_its_nonce_is_none(known, left):
    function = f"{FORGE}MIME = {ANSWER_MIME!r}\n{WITH_NONCES}\ndef f(x):\n    answers({known})\n    return x"
    check = run(function, cell_of('check("f", f)', "check_f"), questions=ASKED)[-1]
    assert [output.data[ANSWER_MIME]["answer"] for output in check.outputs] == left


def test_a_forged_end_gains_no_time_and_ends_what_comes_after_it():
    begun = time.monotonic()
    forged = f"{FORGE}\nforge({{'done': True}})\nwhile True: pass"
    after = f"text = {'x' * 200_000!r}"  # more than a pipe holds, and nobody reads
    cells = run(forged, after, "print('on')", limits=Limits(cell_seconds=1, notebook_seconds=4))
    assert time.monotonic() - begun < 20
    assert ended(cells[1]) == "timed out"


FIELDS = ["output_type", "data", "text", "name", "ename", "traceback", "text/plain", "image/png", ANSWER_MIME]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["output_type", "data", "text", "name", "ename", "traceback", "text/plain", "image/png", ANSWER_MIME]
            ),
            inner | st.sampled_from(["stream", "error", "display_data", "execute_result"]),
            max_size=5,
        )
    ),
)


@given(frames=st.lists(JSON, max_size=5))
def test_whatever_a_reply_holds_the_notebook_stays_one_that_can_be_kept(frames):
    cell = new_code_cell("1")
    replies = [frame_in(json.dumps({"output": frame}).encode()) for frame in frames]
    outputs = Outputs(Space())
    for reply in replies:
        if isinstance(reply.get("output"), dict):
            outputs.add(reply["output"], b"")
    _keep(cell, Ending(outputs=outputs.kept(answers=True)), 1)
    notebook = new_notebook(cells=[cell])
    nbformat.validate(notebook)
    assert nbformat.reads(nbformat.writes(notebook).encode(), as_version=4).cells[0].source == "1"
    for output in cell.outputs:
        assert set(output.get("data", {})) <= {"text/plain", "image/png", "image/jpeg", ANSWER_MIME}


@pytest.mark.parametrize("text", ["'\\ud800'", "'\\x00'", "'\\x1b[31m'"])
def test_odd_characters_are_kept_or_replaced(text):
    shown, failed = run(f"print({text}, 'x')", f"raise ValueError({text})")
    assert "x\n" in printed(shown)
    assert error(failed) == "ValueError"


# Stopping


def test_all_can_be_stopped_at_once_and_none_begins_any_more(tmp_path):
    endless = f"open({str(tmp_path)!r} + '/' + str(os.getpid()), 'w').close()\nwhile True: pass"
    stop, ended = threading.Event(), []

    def attempt():
        with pytest.raises(Stopped):
            run(endless, "1", limits=Limits(cell_seconds=60), unsafe=True, stop=stop)
        ended.append("stopped")

    threads = [threading.Thread(target=attempt) for _ in range(2)]
    for thread in threads:
        thread.start()
    while len(os.listdir(tmp_path)) < 2:
        time.sleep(0.02)
    stop.set()
    for thread in threads:
        thread.join(10)
    attempt()
    assert ended == ["stopped"] * 3
    assert not [pid for pid in os.listdir(tmp_path) if os.path.exists("/proc/" + pid)]


def test_a_stop_is_of_one_run_and_the_next_goes_on_as_ever():
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        run("1", stop=stop)
    assert printed(run("print('on')", stop=threading.Event())[0]) == "on\n"
