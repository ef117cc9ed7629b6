"""Grading on more than one machine: by the workers of a Dask cluster, with which nothing is shared but the network.

A submission travels there, the executed notebook and its verdicts come back. What a worker is handed runs in a process
of its own, with the limits that it has here; a worker that dies costs a retry, for the scheduler hands its submissions
to another.
"""

import asyncio
import logging
import math
import socket
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from multiprocessing import current_process
from typing import Any

from autograder.beside.errors import UserError
from autograder.beside.kit import PACKAGE
from autograder.grading.given_imports import not_installed
from autograder.grading.one import Submission
from autograder.grading.workers import NoWorkers, work, work_alone
from autograder.reference.digest import digest
from autograder.room import walls
from autograder.room.limits import Limits

SECONDS = 10
"""How long to wait for a scheduler that does not answer, and between two looks whether it has workers left."""


class NoCluster(NoWorkers):
    """There is no scheduler, or a worker of it that may not grade."""


@contextmanager
def cluster(
    address: str, chapter: str, packages: Iterable[str], limits: Limits, unsafe: bool
) -> Iterator[tuple[Callable[..., Future[Any]], float, None]]:
    """How a submission of a chapter is given to the workers of the scheduler at ``address``, and how many at a time.

    All that are in memory may wait there. At the end of the block, however it ends, what waits is cancelled; what runs
    ends by its own limits. Raises :class:`NoCluster` if no scheduler answers, or one of its workers may not grade.
    """
    try:
        from distributed import Client
        from distributed.comm import connect
    except ImportError as error:
        raise NoCluster(f"a cluster needs another package ({error}): pip install distributed") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it says of a connection that was lost, we say
    warnings.filterwarnings("ignore", "Sending large graph")  # a submission may be large

    async def answers() -> None:
        await (await connect(address, timeout=SECONDS)).close()

    try:
        # A client that cannot start is never ended, and if it is collected while another starts, they wait for each
        # other. So there is none before somebody answers. A notebook, which may ask too, has a loop running already.
        with ThreadPoolExecutor(1) as aside:
            aside.submit(asyncio.run, answers()).result()
        client = Client(address, timeout=SECONDS, set_as_default=False)
    except Exception as error:
        raise NoCluster(f"no Dask scheduler answers at {address}: {str(error) or type(error).__name__}") from None
    with client:
        try:
            client.run_on_scheduler(not_installed, ())  # it reads what it hands on: whatever of ours it is
        except Exception as error:
            raise NoCluster(f"the scheduler at {address} needs this project installed too: {error}") from None
        asked = (chapter, made_from(chapter), tuple(packages), limits, unsafe)
        there = client.run(require_ready, *asked, on_error="return")
        refused = [f"the worker at {place} does not grade: {error}" for place, error in there.items() if error]
        if refused or not there:
            raise NoCluster("; ".join(refused) or f"the scheduler at {address} has no workers: dask worker {address}")
        executor, over = client.get_executor(pure=False), threading.Event()
        threading.Thread(target=_say_when_none_is_left, args=(client, address, over), daemon=True).start()
        try:
            yield lambda submission, work=work: executor.submit(work_there, asked, work, submission), math.inf, None
        finally:
            over.set()
            executor.shutdown(wait=False)


def _say_when_none_is_left(client: Any, address: str, over: threading.Event) -> None:
    """Whoever waits for workers that are gone is told so, once each time; grading goes on when one comes."""
    gone = False
    while not over.wait(SECONDS):
        with suppress(Exception):  # of a scheduler that is gone too: whoever waits for a result hears of that
            before, gone = gone, not client.nthreads()
            if gone and not before:
                logging.getLogger(__name__).warning(
                    "no worker of %s is left: grading waits, and goes on when one comes (dask worker %s)",
                    address,
                    address,
                )


def work_there(asked: tuple[Any, ...], work: Callable[..., Any], submission: Submission) -> Any:
    """Run ``work`` on a submission in a process of its own: what a worker is handed. It may have come only now."""
    try:
        require_ready(*asked)
    except UserError as error:
        raise NoCluster(f"a worker on {socket.gethostname()} does not grade: {error}") from None
    current_process()._config["daemon"] = False  # type: ignore[attr-defined] # Dask's nannies say so: no processes then
    return work_alone(submission, asked[-1], work)


@cache
def require_ready(chapter: str, made: str, packages: tuple[str, ...], limits: Limits, unsafe: bool) -> None:
    """A :class:`UserError` unless this machine grades a chapter as the other does, and behind walls.

    Whether root may grade is said where it is root: by :data:`autograder.room.walls.AS_ROOT`.
    """
    if made_from(chapter) != made:
        raise NoCluster(
            f"it has another version of this project, of Python or of a package that {chapter} imports; install there "
            "what is installed here"
        )
    if missing := not_installed(packages):
        raise NoCluster(f"these packages, which students count on, are not installed there: {', '.join(missing)}")
    if not unsafe:
        walls.require_room(limits)
        walls.require_not_root()


@cache
def made_from(chapter: str) -> str:
    """What a chapter's grades are made from on this machine: other letters if a line of ours or a version differs."""
    code = [path for path in sorted(PACKAGE.rglob("*")) if path.suffix in (".py", ".toml")]
    return digest(chapter) + sha256(b"".join(path.read_bytes() for path in code)).hexdigest()[:16]
