"""What a notebook asks for that is not there when it is graded: packages, programs, a keyboard, a network, a GPU.

None of it costs more than itself. The statement that asks for it ends with an error that says what is missing, the next
one goes on, and whoever uses what it should have made is told the same.
"""

import ast
import dis
import os
import re
import sys
from collections.abc import Iterator
from copy import copy
from functools import partial
from types import CodeType, FunctionType
from typing import Any, NoReturn

_NO_PROGRAM = "no other program or process can be started where it is graded: let Python do it, in the notebook itself"
_SAYS = {
    "builtins.input": "nobody types anything in where it is graded: write the value into the cell",
    "os.chdir": "the notebook stays in its own folder where it is graded: name files by their place in it",
}
_LOOKS_UP = ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect")
_SAYS |= dict.fromkeys(_LOOKS_UP, "there is no network where it is graded: hand in the file beside the notebook")
_SAYS |= dict.fromkeys(("subprocess.Popen", "os.system", "os.fork", "os.forkpty", "os.posix_spawn"), _NO_PROGRAM)
_NOT_HERE = " (not available where it is graded)"
_DEVICE = re.compile("with CUDA enabled|CUDA GPUs|NVIDIA driver|support for mps|_cuda_")
_NO_DEVICE = " (there is no GPU where it is graded: let the device be 'cpu' where torch.cuda.is_available() is False)"


class Missing:
    """Stands for what could not be imported or made: whoever uses it is told why."""

    def __init__(self, why: str) -> None:
        vars(self)["why"] = why

    def __call__(self, *_arguments: Any, **_named: Any) -> NoReturn:
        raise ImportError(self.why)

    __iter__ = __getitem__ = __enter__ = __float__ = __call__

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):
            raise AttributeError(name)
        self()


Missing.__name__ += _NOT_HERE  # what is handed one says its type, and no more


def refuse() -> None:
    """From now on say in words what the walls do not allow. The walls do not rest on it."""
    folder = os.path.realpath("")

    def refused(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _SAYS:
            return
        if event == "os.chdir" and not isinstance(arguments[0], int):
            to = os.path.realpath(os.fsdecode(arguments[0]))
            if f"{to}/".startswith(f"{folder}/") and os.path.isdir(to):
                return
        if event in _LOOKS_UP and _is_local(event, arguments):
            return
        raise PermissionError(_SAYS[event])

    sys.addaudithook(refused)


def _is_local(event: str, arguments: tuple[Any, ...]) -> bool:
    """Whether what is looked up or connected to is on this machine: its own name, or a file."""
    to = arguments[event == "socket.connect"]
    if event == "socket.connect" and not isinstance(to, tuple):
        return True
    host = to[0] if isinstance(to, tuple) else to
    return host in (None, "", "localhost", "::1") or str(host).startswith("127.")


def behind(error: BaseException) -> BaseException | None:
    """What is not here, where an error comes of that; whoever raised it may have had another one first."""
    one: BaseException | None = error
    for _ in range(20):
        if one is None:
            return None
        if isinstance(one, ImportError | PermissionError | EOFError) and (one is error or str(one) in _SAYS.values()):
            return one
        if isinstance(one, AssertionError | RuntimeError | AttributeError) and _DEVICE.search(str(one)):
            return one
        one = one.__cause__ or one.__context__
    return None


def why(kind: str, says: str) -> str:
    """What an error says, and of what is not here that it is not."""
    if _DEVICE.search(says):
        return says + _NO_DEVICE
    return says + _NOT_HERE if kind == "ModuleNotFoundError" or "[Errno 1]" in says else says


def one_by_one(statement: ast.stmt) -> Iterator[ast.stmt]:
    """The statement; an import of several names as one for each."""
    if not isinstance(statement, ast.Import | ast.ImportFrom):
        yield statement
        return
    for name in statement.names:
        part = copy(statement)
        part.names = [name]
        yield part


def made_by(code: CodeType) -> set[str]:
    """The names that a statement gives."""
    return {one.argval for one in dis.get_instructions(code) if one.opname == "STORE_NAME"}


def compile_nothing() -> None:
    """What a notebook wants to be compiled runs in this process as it is, once the package that would do it is here."""
    devices, brian2, torch = map(sys.modules.get, ("brian2.devices.device", "brian2", "torch"))
    if devices and brian2 and hasattr(brian2, "prefs"):
        devices.all_devices["cpp_standalone"] = devices.runtime_device
        brian2.prefs["codegen.target"] = "numpy"
    if torch and type(getattr(torch, "compile", None)) is FunctionType:
        vars(torch)["compile"] = partial(torch.compile, disable=True)
