"""Runs cells one by one inside the sandbox: reads them as lines of JSON, answers with lines of JSON.

It stands in one process with the student's code, so nothing it says is trusted: it may be forged, and it may stop
coming. What may not be forged are answers to questions nobody in here knows the answer of.

Not a Jupyter kernel, because that needs a folder both sides write to, and lets one message grow without bound. Two
pipes need neither, and a notebook of one cell takes a quarter of the time (benchmarks/sandbox_start.py).
"""

import builtins
import io
import json
import math
import os
import resource
import sys
import time
from base64 import b64encode
from typing import Any

from autograder.beside.words import ANSWER_MIME
from autograder.room.inside import not_here

_PIECE = 8192
_STREAM_LIMIT = 200_000
"""Characters of one cell that are kept to be shown; printing on is counted by the other side."""

_compile, _exec, _dumps, _loads = compile, exec, json.dumps, json.loads  # as they are before any student's code


def main() -> None:
    """Serve cells until the pipe closes. The first line holds the questions, each other one a cell."""
    commands, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nothing, descriptor)
    limits = json.loads(sys.argv[1])

    def send(reply: dict[str, Any]) -> None:
        replies.write(_dumps(reply, default=_as_text).encode() + b"\n")
        replies.flush()

    from autograder import probes
    from autograder.beside import check as at_home
    from autograder.room.inside.put_back import Intact

    answers_to = at_home.answers_to
    elsewhere: dict[str, Any] = {}

    def check_elsewhere(exercise: Any = None, thing: Any = None, *_arguments: Any, **_named: Any) -> None:
        """What a call in any other cell comes to, merged or copied there or edited: it stops nothing."""
        if isinstance(exercise, str):
            elsewhere[exercise] = thing

    at_home.check = check_elsewhere

    questions = _loads(commands.readline())
    for asked in questions.values():
        probes.named(asked["probe"])  # so that its module is there, as it is, before any student's code
    shell, streams = _shell(send, limits["output"])
    traits, display = shell._trait_values, (shell.display_pub, shell.displayhook)
    ours = [module for name, module in sys.modules.items() if name.startswith(("autograder", "json"))]
    intact = Intact([builtins, *ours, json.JSONEncoder, json.JSONDecoder, type(shell), type(shell).__base__, shell])

    def put_back() -> None:
        intact.put_back()
        traits["display_pub"], traits["displayhook"] = display
        traits["ast_transformers"] = []

    def check(exercise: str, thing: Any) -> None:
        """In the place of ``autograder.beside.check.check``: hands over the answers, one by one.

        Who has edited the call, and gives another name to what was asked for, has called it so elsewhere.
        """
        nonces, others = command["nonces"], answers_to(questions[exercise], elsewhere.get(exercise, ...))
        for number, given in answers_to(questions[exercise], thing):
            if given.get("raised") == "NotImplementedError" and exercise in elsewhere:
                given = next(one for place, one in others if place == number)
            if "raised" in given:
                given["says"] = not_here.why(given["raised"], given["says"])
            data = {ANSWER_MIME: {"exercise": exercise, "case": number, "nonce": nonces[number]} | given}
            send({"output": {"output_type": "display_data", "data": data}})

    os.dup2(nothing, 2)
    not_here.refuse()
    send({"ready": True})
    for line in commands:
        command = _loads(line)
        sys.stdout, sys.stderr = streams
        longest = resource.getrlimit(resource.RLIMIT_CPU)[1]  # the walls set it, and a notebook may have lowered it
        until = min(math.ceil(time.process_time() + command["seconds"]), longest)
        resource.setrlimit(resource.RLIMIT_CPU, (until, longest))
        if command["check"]:
            # Not through IPython, and not by the notebook's names: whatever a student's code has made of them.
            try:
                _exec(_compile(command["source"], "<check>", "exec"), elsewhere | shell.user_ns | {"check": check})
            except BaseException as error:
                said = {"ename": type(error).__name__, "evalue": str(error)[:2000], "traceback": []}
                send({"output": {"output_type": "error"} | said})
        else:
            shell.run_cell(command["source"], store_history=True)
        put_back()
        for stream in streams:
            stream.end_cell()
        send({"done": True})


class _Stream(io.TextIOBase):
    """Standard output or error: sent on in pieces, up to a limit."""

    encoding = "utf-8"

    def __init__(self, name: str, send: Any, limit: int) -> None:
        self.name, self._send, self._limit = name, send, limit
        self._waiting: list[str] = []
        self._size = self._written = 0

    def write(self, text: str) -> int:
        self._written += len(text)
        if self._written <= _STREAM_LIMIT:
            self._waiting.append(text)
            self._size += len(text)
            if self._size > _PIECE:
                self.flush()
        elif self._written - len(text) <= _STREAM_LIMIT:
            room = _STREAM_LIMIT - self._written + len(text)
            self._waiting.append(f"{text[:room]}\n... the rest of this cell's output is left out\n")
            self.flush()
        if self._written > self._limit:
            self._send({"flooded": self._written})
        return len(text)

    def flush(self) -> None:
        if self._waiting:
            text = "".join(self._waiting)
            self._waiting, self._size = [], 0
            self._send({"output": {"output_type": "stream", "name": self.name, "text": text}})

    def end_cell(self) -> None:
        self.flush()
        self._written = 0

    def writable(self) -> bool:
        return True


def _shell(send: Any, limit: int) -> tuple[Any, list[_Stream]]:
    """An IPython shell whose outputs go to ``send``, and the two streams it writes to."""
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.text import SList
    from traitlets.config import Config

    streams = [_Stream("stdout", send, limit), _Stream("stderr", send, limit)]

    def send_output(output: dict[str, Any]) -> None:
        for stream in streams:
            stream.flush()
        send({"output": output})

    class Publisher(DisplayPublisher):
        def publish(self, data: Any, metadata: Any = None, *_others: Any, **_ignored: Any) -> None:
            send_output({"output_type": "display_data", "data": data, "metadata": {}})

        def clear_output(self, wait=False):
            pass

    class Hook(DisplayHook):
        def write_output_prompt(self):
            pass

        def write_format_data(self, format_dict, md_dict=None):
            output = {"output_type": "execute_result", "data": format_dict, "metadata": {}}
            send_output(output | {"execution_count": self.prompt_count})

        def finish_displayhook(self):
            self._is_active = False

    class Shell(InteractiveShell):
        displayhook_class = Hook
        display_pub_class = Publisher

        def _showtraceback(self, etype, evalue, stb):
            said = not_here.why(etype.__name__, str(evalue))[:2000]
            lines = [line[:2000] for line in stb[-40:]]
            send_output({"output_type": "error", "ename": etype.__name__, "evalue": said, "traceback": lines})

        async def run_ast_nodes(self, nodelist, *arguments, **named):
            parts = [part for node in nodelist for part in not_here.one_by_one(node)]
            return await super().run_ast_nodes(parts, *arguments, **named)

        async def run_code(self, code_obj, result=None, **named):
            failed = await super().run_code(code_obj, result, **named)
            not_here.compile_nothing()
            error = not_here.behind(result.error_in_exec) if failed and result and result.error_in_exec else None
            if error is None:
                return failed
            missing = not_here.made_by(code_obj) - set(self.user_ns)
            why = not_here.why(type(error).__name__, str(error))
            self.user_ns.update(dict.fromkeys(missing, not_here.Missing(why)))
            return False

        def run_line_magic(self, magic_name, line, _stack_depth=1):
            shown = "inline" if magic_name in ("matplotlib", "pylab") else line
            try:
                return super().run_line_magic(magic_name, shown, _stack_depth + 1)
            except Exception as error:  # a display or a machine that is not here: the rest of the cell goes on
                print(f"(not run when graded: %{magic_name} {line}: {error})")

        def run_cell_magic(self, magic_name, line, cell):
            if magic_name == "time":  # whose statements are to be run one by one
                self.run_cell(cell)
                return None
            return super().run_cell_magic(magic_name, line, cell)

        def enable_gui(self, gui=None):
            pass

        def system(self, cmd):
            print(f"(not run when graded: {cmd})")

        def getoutput(self, cmd, split=True, depth=0):
            self.system(cmd)
            return SList() if split else ""

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Minimal"
    shell = Shell.instance(config=config)
    sys.path.insert(0, "")
    return shell, streams


def _as_text(value: Any) -> str:
    return b64encode(value).decode() if isinstance(value, bytes) else str(value)
