"""The walls around a student's code, tried from inside."""

import ctypes.util
import json
import os
import resource
import socket
import subprocess
import sys
import time
from pathlib import Path

import in_room
import pytest
from in_room import run
from nbformat.v4 import new_code_cell, new_notebook

from autograder.beside.kit import pack_kit
from autograder.beside.words import OURS
from autograder.grading import whole_class
from autograder.grading.course_folder import CONFIG, SECRET
from autograder.grading.steps import GradeSubmission
from autograder.grading.submissions import UnreadableSubmission
from autograder.room import system_calls, walls, watch
from autograder.room.limits import Limits
from autograder.room.process import Process
from autograder.room.walls import NoSandbox, NotAsRoot
from autograder.room.watch import Watch

PROJECT = Path(__file__).resolve().parents[2]
ENVIRONMENT = Path(sys.prefix)

walled = pytest.mark.sandbox


@pytest.fixture(autouse=True, params=[(), ("numpy",)], ids=["started", "entered"])
def loaded(request, monkeypatch):
    """A room whose process has been started in it, and one that a copy of a template has entered."""
    monkeypatch.setattr(in_room, "LOADED", list(request.param))
    return request.param


def inside(code, *belongings, limits=None, unsafe=False):
    """What ``answer`` is at the end of code that ran in a sandbox, or the name of the error it raised."""
    asked = f"import errno, json, os, sys\n{code}\nprint(json.dumps(answer))"
    notebook = new_notebook(cells=[new_code_cell(asked)])
    [cell] = run(notebook, folders=belongings, limits=limits, unsafe=unsafe).cells
    text = "".join(output.text for output in cell.outputs if output.output_type == "stream" and output.name == "stdout")
    errors = [output.ename for output in cell.outputs if output.output_type == "error"]
    return errors[0] if errors else json.loads(text)


def ending(code, limits, unsafe=False):
    """How a cell ended whose code ran in a sandbox, and why."""
    [cell] = run(new_notebook(cells=[new_code_cell(code)]), limits=limits, unsafe=unsafe).cells
    said = cell.metadata.get(OURS, {})
    return said.get("ended", ""), said.get("says", "")


def called(numbers):
    """What each system call returns in a sandbox, and its error."""
    call = f"""
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
answer = {{}}
for name, number in {numbers!r}.items():
    ctypes.set_errno(0)
    answer[name] = (libc.syscall(number, *[ctypes.c_long(0)] * 6), ctypes.get_errno())
"""
    return inside(call)


# What can be seen


@walled
def test_there_is_no_network(tmp_path):
    connect = "import socket\nsocket.create_connection(('127.0.0.1', {}), timeout=5)\nanswer = 'connected'"
    with socket.create_server(("127.0.0.1", 0)) as server:
        attempt = connect.format(server.getsockname()[1])
        assert inside(attempt) == "ConnectionRefusedError"
        assert inside(attempt, unsafe=True) == "connected"
    assert inside("answer = [line.split(':')[0].strip() for line in open('/proc/net/dev')][2:]") == ["lo"]


@walled
def test_a_socket_that_has_a_name_but_no_file_is_out_of_reach_too():
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0learning-to-spike-test")
        server.listen()
        attempt = "import socket\nanswer = socket.socket(socket.AF_UNIX).connect('\\0learning-to-spike-test')"
        assert inside(attempt) == "ConnectionRefusedError"
        assert inside(attempt, unsafe=True) is None


@walled
@pytest.mark.parametrize("family", ["AF_NETLINK", "AF_VSOCK", "AF_PACKET", "AF_ALG"])
def test_only_the_plainest_sockets_can_be_made(family):
    assert inside(f"import socket\nanswer = str(socket.socket(socket.{family}, socket.SOCK_DGRAM))") == "OSError"
    assert inside("import socket\nanswer = len(socket.socketpair())") == 2


@walled
def test_nothing_that_knows_what_is_right_can_be_imported_and_what_students_need_can():
    attempt = """
answer = []
for name in {}:
    try:
        __import__(name)
        answer.append(name)
    except ImportError:
        pass
"""
    solved = ["solutions", "solutions.leaky_integrator", "tests"]
    judging = [
        f"autograder.{name}" for name in ("exercises", "reference", "grading", "authoring", "course", "room.walls")
    ]
    needed = ["autograder.check", "numpy", "matplotlib", "torch"]
    assert inside(attempt.format(solved + judging + needed)) == needed


@walled
def test_the_project_is_not_there_but_for_the_environment_that_runs_the_code():
    there = inside(f"answer = os.listdir({str(PROJECT)!r}) if os.path.isdir({str(PROJECT)!r}) else []")
    assert there == ([ENVIRONMENT.relative_to(PROJECT).parts[0]] if ENVIRONMENT.is_relative_to(PROJECT) else [])


@walled
@pytest.mark.skipif(not ENVIRONMENT.is_relative_to(PROJECT), reason="the environment is not in the project's folder")
def test_where_the_project_is_installed_among_the_packages_it_is_hidden_there(monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(PROJECT))
    look = f"sys.path.insert(0, {str(PROJECT)!r})\nanswer = [os.listdir({str(PROJECT)!r} + name) for name in "
    assert inside(look + "('/autograder', '/solutions')]") == [[], []]
    assert inside(look + "()]\nimport solutions.leaky_integrator") == "ModuleNotFoundError"
    assert "leaky_integrator.md" in inside(look + "['/book']]")[0]


@walled
def test_no_file_of_the_machine_is_there_but_programs_and_fonts(tmp_path):
    (tmp_path / "gradebook.db").write_text("secret")
    assert inside(f"answer = os.path.exists({str(tmp_path / 'gradebook.db')!r})") is False
    assert inside(f"answer = os.path.exists({str(tmp_path / 'gradebook.db')!r})", unsafe=True) is True
    way = {path.parts[2] for path in (ENVIRONMENT, Path(sys.base_prefix)) if path.is_relative_to("/tmp")}
    assert set(inside("answer = os.listdir('/tmp') + os.listdir('/dev/shm')")) <= {".ipython"} | way
    assert set(inside("answer = os.listdir('/etc')")) <= {"ld.so.cache", "alternatives", "fonts"}
    assert inside("answer = os.environ['HOME']") == "/tmp"


@walled
def test_no_other_process_is_there_and_nothing_of_how_it_was_started(monkeypatch, tmp_path, loaded):
    (tmp_path / "note").write_text("")
    monkeypatch.setenv("GRADEBOOK_PASSWORD", "hunter2")
    read = """
answer = {}
for pid in filter(str.isdigit, os.listdir('/proc')):
    answer[pid] = ''
    for name in ('environ', 'cmdline', 'mountinfo'):
        try:
            answer[pid] += open(f'/proc/{pid}/{name}').read()
        except PermissionError:
            pass
"""
    found = inside(read, tmp_path)
    assert len(found) <= 2 + bool(loaded) and str(os.getpid()) not in found
    assert "hunter2" not in "".join(found.values())
    seen = "".join(text for text in found.values())
    assert "GRADEBOOK" not in seen and "--ro-bind" not in seen


@walled
def test_it_has_no_capability_and_comes_by_none_and_its_calls_are_filtered():
    said = inside(
        "answer = dict(line.split(':\\t') for line in open('/proc/self/status').read().splitlines() if '\\t' in line)"
    )
    assert {said[name] for name in said if name.startswith("Cap")} == {"0" * 16}
    assert (said["NoNewPrivs"], said["Seccomp"]) == ("1", "2")


@walled
def test_bubblewrap_s_first_process_is_hidden():
    look = """
answer = set()
for path in ("/proc/1", "/proc/self/../1", "/proc/1/task/1", "/proc/1/root", "/proc/1/mem"):
    try:
        answer.add(str(os.stat(path + "/")))
        os.listdir(path)
    except OSError as error:
        answer.add(type(error).__name__)
answer.discard(str(os.stat("/proc/1")))
answer = sorted(answer)
"""
    assert inside(look) == ["PermissionError"]


@walled
def test_of_the_environment_only_what_is_listed_arrives(monkeypatch):
    monkeypatch.setenv("GRADEBOOK_PASSWORD", "hunter2")
    ours = {"HOME", "LANG", "PATH", "MPLBACKEND", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PYTHONDONTWRITEBYTECODE"}
    assert set(inside("answer = sorted(os.environ)")) <= ours | {"TORCH_COMPILE_DISABLE", "PWD", "LC_CTYPE"}
    assert "GRADEBOOK_PASSWORD" not in inside("answer = sorted(os.environ)", unsafe=True)


# What may be done


@walled
@pytest.mark.parametrize(
    "attempt",
    [
        "os.fork()",
        "__import__('subprocess').run(['/bin/true'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.popen('true').read()",
        "__import__('multiprocessing').get_context('fork').Process(target=print).start()",
        "__import__('pty').fork()",
    ],
)
def test_no_process_can_be_started(attempt):
    assert inside(f"answer = str({attempt})") in ("PermissionError", "OSError")


@walled
def test_threads_can():
    threads = "from concurrent.futures import ThreadPoolExecutor\n"
    assert inside(threads + "answer = sum(ThreadPoolExecutor(8).map(abs, range(100)))") == sum(range(100))


REFUSED = """
fork vfork clone3 execveat ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_send_signal pidfd_open
pidfd_getfd process_mrelease memfd_create memfd_secret shmget shmat semget msgget mq_open vmsplice splice tee sendfile
copy_file_range io_setup io_submit io_uring_setup io_uring_enter io_uring_register eventfd2 timerfd_create signalfd4
timer_create mlock mlock2 mlockall mincore remap_file_pages mbind move_pages migrate_pages set_mempolicy
inotify_init1 inotify_add_watch fanotify_init fanotify_mark flock name_to_handle_at open_by_handle_at
openat2 setxattr mknod mknodat fallocate sync syncfs add_key request_key keyctl unshare setns mount umount2 pivot_root
chroot open_tree move_mount fsopen fsmount mount_setattr bpf perf_event_open userfaultfd seccomp landlock_create_ruleset
init_module finit_module delete_module kexec_load kexec_file_load reboot swapon acct quotactl personality iopl ioperm
modify_ldt setuid setgid setresuid setgroups capset capget sethostname settimeofday clock_settime adjtimex
clock_adjtime syslog setpriority sched_setscheduler sched_setattr ioprio_set setsockopt sendmsg recvmsg sendmmsg
recvmmsg bind listen accept accept4 setsid setpgid
"""
"""Calls with which one could start processes, reach others, hold memory that counts nowhere, or leave the room."""


@walled
def test_every_system_call_that_reaches_further_is_refused():
    pyseccomp = pytest.importorskip("pyseccomp")
    numbers = {name: pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) for name in REFUSED.split()}
    numbers = {name: number for name, number in numbers.items() if number >= 0}
    answers = called(numbers)
    assert len(answers) > 80
    assert {tuple(answers[name]) for name in answers} <= {(-1, system_calls.ENOSYS), (-1, system_calls.EPERM)}
    assert not set(REFUSED.split()) & {name for group in system_calls.ALLOWED.values() for name in group}


@walled
def test_a_system_call_of_a_kernel_to_come_is_refused_too():
    assert set(map(tuple, called({str(n): n for n in range(470, 1000)}).values())) == {(-1, system_calls.ENOSYS)}


@walled
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="another processor has no second numbering")
def test_the_ways_around_the_filter_are_closed():
    call = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
    assert inside(call + "answer = libc.syscall(0x40000000 + 39), ctypes.get_errno()") == [-1, system_calls.EPERM]
    assert inside(call + "answer = libc.syscall(435, 0, 0), ctypes.get_errno()") == [-1, system_calls.ENOSYS]


@walled
def test_memory_has_a_limit_and_asking_for_more_is_an_error_of_python():
    assert inside("answer = len(bytearray(1 << 40))") == "MemoryError"
    assert inside("answer = len(bytearray(300 << 20))", limits=Limits(memory=256 << 20)) == "MemoryError"
    assert inside("import numpy\nanswer = len(numpy.ones(1 << 36))") == "MemoryError"
    assert inside("answer = len(bytearray(300 << 20))") == 300 << 20


MAPPED = "import mmap\nprivate = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS\n"


@walled
def test_addresses_are_no_memory():
    """pip's torch, with CUDA's libraries, maps 3.2 GB when it is imported, and takes 0.5."""
    mapped = "held = mmap.mmap(-1, 3500 << 20, flags=private, prot=mmap.PROT_READ)\nanswer = len(bytearray(300 << 20))"
    assert inside(MAPPED + mapped) == 300 << 20


@walled
@pytest.mark.parametrize(
    ("taken", "error"),
    {
        "held = bytearray(b'x') * (20 << 30)": "MemoryError",
        "import numpy\nheld = numpy.ones(20 << 27)": "MemoryError",
        "import torch\nheld = torch.ones(20 << 28)": "RuntimeError",
        "held = mmap.mmap(-1, 20 << 30, flags=private)": "OSError",
        "held = mmap.mmap(-1, 1 << 20)  # shared: it may lie outside of every process": "OSError",
        "held = mmap.mmap(-1, 1 << 20, flags=private | 0x100)  # a stack that grows": "OSError",
        "held = mmap.mmap(os.open('/dev/zero', os.O_RDWR), 1 << 20)": "OSError",
    }.items(),
)
def test_memory_beyond_the_limit_is_not_to_be_had_in_any_way(taken, error):
    """Refused when asked for, so that no time is left between taking and being seen."""
    assert inside(MAPPED + taken + "\nanswer = 1") == error


@walled
def test_a_stack_without_an_end_is_seen_while_it_grows():
    """The first thread's stack is the one thing that no limit holds, where a student's code may widen its own."""
    widen = "import resource, sys\nresource.setrlimit(resource.RLIMIT_STACK, (resource.RLIM_INFINITY,) * 2)"
    grow = "sys.setrecursionlimit(10**9)\nclass One:\n    def __eq__(self, other): return self == other\nOne() == One()"
    assert ending(f"{widen}\n{grow}", Limits(memory=300 << 20))[0] == "out of memory"


def test_without_walls_memory_that_is_shared_is_seen_while_it_is_taken():
    take = "import mmap\nheld = mmap.mmap(-1, 2 << 30)\nfor n in range(2 << 10): held.write(bytes(1 << 20))"
    assert ending(take, Limits(memory=300 << 20), unsafe=True)[0] == "out of memory"


@pytest.mark.parametrize(("more", "ended"), [(0, "crashed"), (1, "out of memory")])
def test_a_process_that_the_system_ended_for_want_of_memory_is_no_crash(tmp_path, monkeypatch, more, ended):
    counts = tmp_path / "vmstat"
    counts.write_text("oom_kill 3\n")
    monkeypatch.setattr(watch, "COUNTS", counts)
    killed = f"import os\nopen({str(counts)!r}, 'w').write('oom_kill {3 + more}\\n')\nos.kill(os.getpid(), 9)"
    assert ending(killed, Limits(), unsafe=True)[0] == ended


@walled
@pytest.mark.parametrize("folder", ["/submission", "/tmp", "/dev/shm"])
def test_files_can_be_written_but_not_without_bound(folder):
    small = Limits(scratch=1 << 20)
    assert inside(f"answer = open('{folder}/note', 'w').write('mine')", limits=small) == 4
    assert inside(f"open('{folder}/note', 'wb').write(bytes(2 << 20))\nanswer = 1", limits=small) == "OSError"


@walled
def test_many_small_files_have_no_more_room_than_one_large():
    write = "for n in range(40):\n    open(f'note{n}', 'wb').write(bytes(100 << 10))\nanswer = n"
    assert inside(write, limits=Limits(scratch=1 << 20)) == "OSError"
    assert inside(write) == 39


@walled
@pytest.mark.parametrize("folder", ["/tmp", "/dev/shm"])
def test_the_folders_in_memory_hold_no_more_than_one_file_may(folder):
    write = f"for name in ('a', 'b'):\n    open('{folder}/' + name, 'wb').write(bytes(40 << 20))\nanswer = name"
    assert inside(write) == "OSError"


@walled
@pytest.mark.parametrize(
    "path",
    ["sys/kernel/core_pattern", "sys/kernel/hostname", "1/mem", "self/mem", "self/oom_score_adj", "sysrq-trigger"],
)
def test_nothing_in_proc_can_be_written(path):
    assert inside(f"answer = os.open('/proc/{path}', os.O_WRONLY)") in (
        "OSError",
        "PermissionError",
        "FileNotFoundError",
    )


@walled
@pytest.mark.parametrize(
    "locked", ["fcntl.flock(file, fcntl.LOCK_SH)", "fcntl.lockf(file, fcntl.LOCK_SH)", "fcntl.fcntl(file, 1024, 0)"]
)
def test_no_lock_on_a_file_that_others_can_read_tells_them_anything(locked):
    assert inside(f"import fcntl\nfile = open('/usr/bin/env', 'rb')\nanswer = {locked}") == "OSError"


@walled
def test_sockets_hold_little_however_many_there_are():
    fill = """
import socket
pairs, held = [], 0
try:
    while True:
        pairs.append(socket.socketpair())
except OSError:
    pass
for one in (one for pair in pairs for one in pair):
    try:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 30)
    except OSError:
        pass
    one.setblocking(False)
    try:
        while True:
            held += one.send(bytes(1 << 16))
    except OSError:
        pass
answer = len(pairs), held
"""
    pairs, held = inside(fill)
    assert pairs > 100 and held < 100 << 20


@walled
def test_pipes_hold_little_however_many_there_are():
    fill = """
import fcntl
held = 0
try:
    while True:
        writes = os.pipe()[1]
        os.set_blocking(writes, False)
        try:
            fcntl.fcntl(writes, 1031, 1 << 20)
        except OSError:
            pass
        try:
            while True:
                held += os.write(writes, bytes(1 << 16))
        except BlockingIOError:
            pass
except OSError:
    answer = held
"""
    assert 1 << 20 < inside(fill) < 10 << 20


@walled
def test_files_in_memory_count_as_memory():
    fill = "file = open('note', 'wb')\nwhile True: file.write(bytes(1 << 20))"
    limits = Limits(memory=300 << 20, scratch=1 << 30)
    assert ending(fill, limits) == ("out of memory", "more than 300 MB were held, files in memory included")


@walled
def test_threads_have_a_limit():
    start = "import threading, time\nfor n in range(1000): threading.Thread(target=time.sleep, args=(9,)).start()"
    threading_stack = f"import threading\nthreading.stack_size(1 << 16)\n{start}"
    assert ending(threading_stack + "\ntime.sleep(10)", Limits(threads=50)) == (
        "crashed",
        "more than 50 threads were started",
    )


@walled
@pytest.mark.parametrize("folder", walls.FOLDERS_IN_MEMORY)
def test_files_have_a_limit_however_small_they_are(folder):
    make = f"import os, time\nfor n in range(10**6): os.mkdir(f'{folder}/{{n}}')"
    assert ending(make, Limits(files=2000)) == ("crashed", "more than 2000 files were made")


@walled
def test_what_goes_over_a_limit_costs_only_its_own_cell():
    sources = "v = 1", "import os\nfor n in range(10**6): os.mkdir(f'{n}')", "print(v)"
    cells = run(new_notebook(cells=[*map(new_code_cell, sources)]), limits=Limits(files=2000)).cells
    assert [cell.metadata.get(OURS, {}).get("ended") for cell in cells] == [None, "crashed", None]
    assert cells[2].outputs[0].text == "1\n"


def test_resident_memory_is_watched_where_no_limit_of_the_kernel_is():
    hold = "held = bytearray(b'x') * (200 << 20)\nprint(flush=True)\ninput()"
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        below, above = (Watch(process.pid, Limits(memory=most << 20), walled=False) for most in (400, 100))
        assert not below.over()
        assert above.over() == (
            "out of memory",
            "more than 100 MB were held, files in memory included",
        )
        process.kill()
        process.wait()
        assert not below.over(), "a process that has ended holds nothing"
        below.close()
        above.close()


@walled
def test_every_process_in_there_has_the_limits_and_nothing_stays_open_outside(tmp_path, loaded):
    walls.furnish(tmp_path, {})
    Process(tmp_path, {}, Limits(), None, unsafe=False, packages=loaded).close()  # begins the template, which stays
    before = len(os.listdir("/proc/self/fd"))
    process = Process(tmp_path, {}, Limits(memory=1 << 30), None, unsafe=False, packages=loaded)
    pid, inside = process._process.holder.pid, {process._process.pid}
    while pid:
        inside.add(pid)
        pid = int(Path(f"/proc/{pid}/task/{pid}/children").read_text() or 0)
    limits = (resource.RLIMIT_DATA, resource.RLIMIT_AS)
    have = [[resource.prlimit(pid, limit) for limit in limits] for pid in inside]
    process.close()
    addresses = (1 << 30) + walls.ADDRESS_SPACE
    assert have == [[(1 << 30, 1 << 30), (addresses, addresses)]] * 3
    assert len(os.listdir("/proc/self/fd")) == before


@walled
def test_limits_that_are_narrower_already_stay():
    code = (
        "import resource\nfrom room.test_walls import inside\nresource.setrlimit(resource.RLIMIT_AS, (3 << 30,) * 2)\n"
        "print(inside('import resource\\nanswer = resource.getrlimit(resource.RLIMIT_AS)'))"
    )
    tests = str(PROJECT / "tests")
    done = subprocess.run([sys.executable, "-c", code], cwd=tests, capture_output=True, text=True, check=True)
    assert done.stdout == f"{[3 << 30] * 2}\n"


@walled
@pytest.mark.parametrize("folder", ["/", "/usr", "/etc", "/kit", "/dev", "/proc", sys.prefix, "/kit/autograder"])
def test_nothing_else_can_be_written(folder):
    answer = inside(f"open({folder + '/note'!r}, 'w')\nanswer = 'written'")
    assert answer in ("OSError", "PermissionError", "FileNotFoundError")


# What lies beside the notebook


@walled
@pytest.mark.parametrize("unsafe", [False, True])
def test_what_lies_beside_the_notebook_can_be_read_and_is_never_changed(tmp_path, unsafe):
    (tmp_path / "data.csv").write_text("1,2")
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.svg").write_text("<svg/>")
    assert inside("answer = [open('data.csv').read(), open('images/a.svg').read()]", tmp_path, unsafe=unsafe)
    inside("answer = 1\ntry:\n    open('data.csv', 'w')\nexcept OSError: pass", tmp_path, unsafe=unsafe)
    inside("answer = 1\ntry:\n    os.remove('images/a.svg')\nexcept OSError: pass", tmp_path, unsafe=unsafe)
    assert (tmp_path / "data.csv").read_text() == "1,2" and (tmp_path / "images" / "a.svg").exists()


@walled
@pytest.mark.parametrize("place", ["data", "deep/data"])
def test_links_are_refused_at_any_depth(tmp_path, place):
    (tmp_path / "secret").write_text("the course's")
    beside = tmp_path / "submitted"
    (beside / "deep").mkdir(parents=True)
    (beside / place).symlink_to(tmp_path / "secret")
    with pytest.raises(UnreadableSubmission, match=f"{place} is a link"):
        inside("answer = os.listdir()", beside)


@walled
def test_notebooks_are_left_out_and_what_was_released_counts_before_what_was_handed_in(tmp_path):
    for name in ("released", "submitted"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "figures.py").write_text(f"whose = '{name}'")
        (tmp_path / name / f"{name}.txt").write_text("")
        (tmp_path / name / "lif.ipynb").write_text("{}")
    folders = tmp_path / "released", tmp_path / "submitted"
    assert inside("import figures\nanswer = figures.whose", *folders) == "released"
    assert sorted(inside("answer = os.listdir()", *folders)) == ["figures.py", "released.txt", "submitted.txt"]


@walled
def test_an_autograder_that_a_student_hands_in_is_not_the_one_that_runs(tmp_path):
    (tmp_path / "autograder").mkdir()
    (tmp_path / "autograder" / "__init__.py").write_text("1/0")
    assert inside("import autograder.check\nanswer = autograder.check.__file__", tmp_path) == "/kit/autograder/check.py"
    assert inside("answer = os.listdir()", tmp_path) == []


@walled
def test_a_module_that_a_student_hands_in_does_not_stand_for_one_the_runner_needs(tmp_path):
    for name in ("json", "IPython", "resource", "numpy"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('mine')")
    assert inside("answer = 1", tmp_path) == 1


# The kit


def test_the_kit_holds_no_exercise_no_reference_and_no_judge(tmp_path):
    pack_kit(tmp_path)
    packed = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    folders = {path for path in packed if path.startswith(("autograder/beside/", "autograder/probes/"))}
    assert packed == folders | {"autograder/__init__.py", "autograder/check.py"}
    assert {f"autograder/beside/{name}.py" for name in ("check", "compare", "display", "picture", "verdict")} < folders
    assert all("solutions" not in (tmp_path / path).read_text() for path in packed)


# Where there is no bubblewrap


@pytest.fixture
def without_bubblewrap(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    walls.require_bubblewrap.cache_clear()
    yield tmp_path
    walls.require_bubblewrap.cache_clear()


def test_without_bubblewrap_nothing_runs_and_the_reason_says_how_to_get_it(without_bubblewrap):
    with pytest.raises(NoSandbox, match=r"no bubblewrap here; .*apt install bubblewrap.*--unsafe"):
        inside("answer = 1")


def test_a_bubblewrap_that_does_not_work_is_found_out_before_anything_runs(without_bubblewrap):
    broken = without_bubblewrap / "bwrap"
    broken.write_text("#!/bin/sh\necho no permissions to create new namespace >&2\nexit 1\n")
    broken.chmod(0o755)
    with pytest.raises(NoSandbox, match=r"does not work here \(no permissions to create new namespace\)"):
        inside("answer = 1")


@pytest.mark.parametrize(
    ("said", "cure"),
    [
        (
            "setting up uid map: Permission denied",
            "AppArmor .*bwrap-userns-restrict.*apparmor_restrict_unprivileged_userns=0",
        ),
        ("loopback: Failed RTM_NEWADDR: Operation not permitted", "AppArmor .*bwrap-userns-restrict"),
        ("Creating new namespace failed: No space left on device", "sysctl user.max_user_namespaces="),
        ("No permissions to create new namespace, likely because", "sysctl kernel.unprivileged_userns_clone=1"),
    ],
)
def test_bubblewrap_that_is_there_and_refused_is_not_to_be_installed(without_bubblewrap, said, cure):
    refused = without_bubblewrap / "bwrap"
    refused.write_text(f"#!/bin/sh\necho 'bwrap: {said}' >&2\nexit 1\n")
    refused.chmod(0o755)
    with pytest.raises(NoSandbox, match=cure) as error:
        walls.require_bubblewrap()
    assert "install bubblewrap" not in str(error.value)


def test_unsafe_needs_no_bubblewrap(without_bubblewrap):
    assert inside("answer = [os.getpid() != 0, os.environ['HOME'] == os.getcwd()]", unsafe=True) == [True, True]


def test_the_filter_is_whole_instructions_and_every_jump_lands_inside():
    size = 8
    program = system_calls.filter_program()
    lines = [program[n : n + size] for n in range(0, len(program), size)]
    assert len(program) % size == 0
    for place, line in enumerate(lines):
        if line[0] in (0x15, 0x35, 0x45):
            assert max(line[2], line[3]) + place + 1 < len(lines)


def test_every_call_that_is_allowed_is_known_by_that_name():
    pyseccomp = pytest.importorskip("pyseccomp")
    names = [name for group in system_calls.ALLOWED.values() for name in group]
    assert len(names) == len(set(names))
    assert all(pyseccomp.resolve_syscall(pyseccomp.Arch.X86_64, name) >= 0 for name in names)


def test_without_libseccomp_nothing_runs_and_the_reason_says_how_to_get_it(monkeypatch):
    monkeypatch.delitem(sys.modules, "pyseccomp", raising=False)
    found = ctypes.util.find_library
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: None if name == "seccomp" else found(name))
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/true")
    for once in (walls.require_bubblewrap, system_calls.filter_program):
        once.cache_clear()
    with pytest.raises(NoSandbox, match=r"Unable to find libseccomp.*apt install bubblewrap libseccomp2"):
        walls.require_bubblewrap()


# As root


@walled
@pytest.mark.skipif(os.geteuid() != 0, reason="only root is refused")
def test_root_grades_only_if_told_so_in_words(monkeypatch, tmp_path):
    release = tmp_path / "release" / "leaky_integrator"
    release.mkdir(parents=True)
    for path in (tmp_path / SECRET, tmp_path / CONFIG, release / "leaky_integrator.ipynb"):
        path.touch()
    command = [Path(sys.executable).with_name("autograder"), "grade", "leaky_integrator", "--course", tmp_path]
    monkeypatch.delenv(walls.AS_ROOT)
    with pytest.raises(NotAsRoot, match=r"as root: grade as another user, or say --as-root"):
        whole_class.grade("leaky_integrator", tmp_path)
    names = {"student": "ada", "assignment": "leaky_integrator", "notebook": "leaky_integrator"}
    with pytest.raises(NotAsRoot):
        GradeSubmission(course=str(tmp_path)).preprocess(new_notebook(), {"nbgrader": names})
    refused = subprocess.run(command, capture_output=True, text=True)
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1 and "--as-root" in refused.stderr
    walls.require_not_root(as_root=True)
    monkeypatch.setenv(walls.AS_ROOT, "1")
    walls.require_not_root()


@walled
def test_it_ends_with_the_one_who_started_it_whatever_it_is_doing(tmp_path, loaded):
    walls.furnish(tmp_path, {})
    busy = json.dumps({"source": "while True: pass", "check": False})
    code = f"""
import os, pathlib
from autograder.room import walls
from autograder.room.limits import Limits
process = walls.start(pathlib.Path({str(tmp_path)!r}), Limits(), unsafe=False, packages={loaded!r})
process.stdin.write(b"{{}}\\n" + {busy.encode()!r} + b"\\n")
process.stdin.flush()
process.stdout.readline()
print(process.pid, flush=True)
os._exit(0)
"""
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True, timeout=30)
    deadline = time.monotonic() + 5
    while Path(f"/proc/{done.stdout.strip()}/root").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
