"""A forked engine that has got hold of the kernel itself, past Lua and all its politeness: the lock holds."""

from __future__ import annotations

import os
import platform
import re
import tempfile
from typing import TYPE_CHECKING

import pytest
from tex_documents import CLASSES, FONTS, lasting_processes, tex_document

from studyguide.engine import WarmEngines
from studyguide.engine.driver import BODY, LOG, PDF
from studyguide.engine.forked import ForkedEngine
from studyguide.engine.server_folder import LOCKING
from studyguide.engine.warm import reason_not_to_fork

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.skipif(bool(reason_not_to_fork()), reason="engines do not fork here"),
    pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers of system calls are those of x86-64"),
]

LIMIT_SECONDS = 60.0
NOT_PERMITTED, ACCESS_DENIED, OTHER_DEVICE = 1, 13, 18
X32 = 0x40000000
"""Added to a number it means the same call for programs with short pointers."""

KEEPING_CLASS = r"""\NeedsTeXFormat{LaTeX2e}
\ProvidesClass{keeping}
\LoadClass{commons}
\directlua{
  local ffi = ffi
  ffi.cdef("long syscall(long number, long a, long b, long c, long d, long e, long f);")
  local C, kept = ffi.C, {}
  local function word(value)
    if type(value) == "string" then
      local text = ffi.new("char[?]", \string#value + 1, value)
      kept[\string#kept + 1] = text
      value = ffi.cast("intptr_t", text)
    end
    return ffi.cast("long", value or 0)
  end
  function raw(number, a, b, c, d, e, f)
    local result = C.syscall(word(number), word(a), word(b), word(c), word(d), word(e), word(f))
    return tonumber(result), ffi.errno()
  end
  function try(name, ...) texio.write_nl("log", "TRIED " .. name .. " " .. table.concat({raw(...)}, " ")) end
  raw(39)
}
"""
"""A class that keeps what a job must not have: `raw` calls the kernel, and has been made before the fork."""

CALLS: dict[str, tuple[int | str, ...]] = {
    # processes and programs
    "fork": (57,),
    "vfork": (58,),
    "clone": (56, 17),
    "clone3": (435, "", 88),
    "execve": (59, "/bin/true"),
    "execveat": (322, 3, "", 0, 0, 0x1000),
    "memfd_create": (319, "x"),
    "setsid": (112,),
    "setpgid": (109,),
    "ptrace": (101, 16, "PARENT"),
    "unshare": (272, 0x10000000),
    "kill group": (62, 0),
    "kill parent": (62, "PARENT"),
    "kill all": (62, -1),
    "tkill": (200, "PARENT"),
    "tgkill": (234, "PARENT", "PARENT"),
    "pidfd_open": (434, "PARENT"),
    "pidfd_getfd": (438, 3, 0),
    "pidfd_send_signal": (424, 3),
    "process_vm_readv": (310, "PARENT"),
    "process_vm_writev": (311, "PARENT"),
    "setns": (308, 3),
    "chroot": (161, "/"),
    "pivot_root": (155, "/", "/"),
    "chdir": (80, "/"),
    "fchdir": (81, 3),
    # the network, and other ways to speak to somebody
    "internet socket": (41, 2, 1),
    "unix socket": (41, 1, 1),
    "netlink socket": (41, 16, 3),
    "socketpair": (53, 1, 1),
    "connect": (42, 3),
    "bind": (49, 3),
    "pipe": (22, ""),
    "pipe2": (293, ""),
    "eventfd2": (290,),
    "shmget": (29,),
    "shmat": (30,),
    "msgget": (68,),
    "semget": (64,),
    "mq_open": (240, "/x", 0o102),
    "inotify_init1": (294,),
    "fanotify_init": (300,),
    "ioctl": (16, 0, 0x5412, "x"),
    "splice": (275, 3, 0, 4),
    "fcntl owner": (72, 0, 8, "PARENT"),
    "fcntl signal": (72, 0, 10, 9),
    "fcntl notify": (72, 3, 1026, 1),
    "fcntl lease": (72, 3, 1024, 0),
    "fcntl lock": (72, 3, 6, ""),
    # files of others
    "open": (2, "HOME/secret.tex"),
    "openat": (257, -100, "HOME/secret.tex"),
    "openat2": (437, -100, "HOME", "", 24),
    "open to write": (2, "HOME/written.txt", 0o101),
    "creat": (85, "HOME/written.txt", 0o600),
    "open a folder": (2, "HOME"),
    "open the folder of all": (2, ".."),
    "open of the parent": (2, "SERVER/doc.log", 1),
    "write over the lock": (2, "SERVER/fork_server.lua", 0o1001),
    "remove the lock": (87, "SERVER/fork_server.lua"),
    "write over the class": (2, "SERVER/keeping.cls", 0o1001),
    "write over the driver": (2, "SERVER/driver.tex", 1),
    "memory of the parent": (2, "/proc/PARENT/mem", 2),
    "own memory": (2, "/proc/self/mem", 2),
    "truncate": (76, "HOME/secret.tex"),
    "unlink": (87, "HOME/secret.tex"),
    "unlinkat": (263, -100, "HOME/secret.tex"),
    "rmdir": (84, "HOME/empty"),
    "mkdir": (83, "HOME/written"),
    "mknod": (133, "HOME/written", 0o10600),
    "rename": (82, "HOME/secret.tex", "HOME/written"),
    "rename in": (82, "HOME/secret.tex", "near"),
    "rename out": (82, "body.tex", "HOME/written"),
    "renameat2": (316, -100, "HOME/empty", -100, "HOME/written"),
    "exchange": (316, -100, "body.tex", -100, "HOME/secret.tex", 2),
    "rename itself": (82, "JOB", "JOB-moved"),
    "link": (86, "HOME/secret.tex", "near"),
    "link out": (86, "body.tex", "HOME/written"),
    "linkat": (265, -100, "HOME/secret.tex", -100, "near"),
    "symlink": (88, "HOME", "near"),
    "symlinkat": (266, "HOME", -100, "near"),
    "mknod here": (133, "near", 0o10600),
    "chmod": (90, "HOME/secret.tex", 0o777),
    "fchmod": (91, 3, 0o777),
    "fchmodat": (268, -100, "HOME", 0o777),
    "fchmodat2": (452, -100, "HOME", 0o777),
    "chown": (92, "HOME", 1, 1),
    "lchown": (94, "HOME", 1, 1),
    "fchown": (93, 3, 1, 1),
    "fchownat": (260, -100, "HOME", 1, 1),
    "utime": (132, "HOME/secret.tex"),
    "utimes": (235, "HOME/secret.tex"),
    "utimensat": (280, -100, "HOME/secret.tex"),
    "futimesat": (261, 3),
    "setxattr": (188, "HOME", "user.x", "x", 1),
    "name_to_handle_at": (303, -100, "HOME"),
    "sendfile": (40, 3, 4),
    "open_by_handle_at": (304, 3, ""),
    "copy_file_range": (326, 3, 0, 4),
    "mount": (165, "", "HOME"),
    "umount2": (166, "/proc"),
    "swapon": (167, "HOME"),
    "quotactl": (179,),
    "open_tree": (428, -100, "/", 1),
    # limits, rights, and the kernel's workshops
    "setrlimit": (160, 0, "\xff" * 16),
    "prlimit64": (302, 0, 0, "\xff" * 16),
    "prctl": (157, 1),
    "seccomp": (317, 0),
    "restrict": (446, 3),
    "add rule": (445, 3),
    "create ruleset": (444, 0, 0, 1),
    "setuid": (105,),
    "setgid": (106,),
    "setgroups": (116,),
    "capset": (126, "", ""),
    "setpriority": (141,),
    "personality": (135, 0x0400000),
    "arch_prctl": (158,),
    "modify_ldt": (154,),
    "iopl": (172, 3),
    "ioperm": (173,),
    "io_uring_setup": (425, 1, ""),
    "io_setup": (206, 1, ""),
    "bpf": (321,),
    "perf_event_open": (298, ""),
    "userfaultfd": (323,),
    "keyctl": (250,),
    "add_key": (248, "user", "x"),
    "request_key": (249, "user", "x"),
    "init_module": (175, ""),
    "finit_module": (313, 3, ""),
    "kexec_load": (246,),
    "reboot": (169,),
    "sethostname": (170, "x", -1),
    "settimeofday": (164,),
    "clock_settime": (227,),
    "setitimer": (38,),
    "timer_create": (222,),
    "signalfd": (289, 3),
    "syslog": (103, 2),
    "acct": (163, "HOME"),
    "mlockall": (151, 1),
    # memory that can be executed
    "map code": (9, 0, 4096, 7, 0x22, -1),
    "map a library": (9, 0, 4096, 5, 2, 3),
    "make code": (10, 0, 4096, 5),
    "pkey_mprotect": (329, 0, 4096, 5, -1),
    "remap_file_pages": (216,),
    # the same for short pointers
    "x32 fork": (57 + X32,),
    "x32 execve": (520 + X32, "/bin/true"),
    "x32 open": (2 + X32, "HOME/secret.tex"),
    "x32 socket": (41 + X32, 2, 1),
    "x32 ptrace": (521 + X32, 16),
    "x32 kill": (62 + X32, "PARENT"),
}
"""What must not be possible. Signals are 0, which harms nobody and is refused like any other."""


@pytest.fixture(scope="module")
def engines(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WarmEngines]:
    """Give engines whose class keeps what it must not; none of their processes is left."""
    classes = tmp_path_factory.mktemp("classes")
    (classes / "keeping.cls").write_text(KEEPING_CLASS, encoding="utf-8")
    place = tmp_path_factory.mktemp("work")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(place))
        with WarmEngines(
            class_folders=(classes, CLASSES),
            font_folders=(FONTS,),
            cache_folder=cache,
            search_path=os.defpath,
            may_fork=True,
        ) as engines:
            yield engines
    assert list(place.iterdir()) == []
    assert lasting_processes(place) == []


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a folder of an author."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "secret.tex").write_text("the spring under the old mill", encoding="utf-8")
    return tmp_path


def run(engines: WarmEngines, lua: str) -> tuple[ForkedEngine, int]:
    """Let a job run some Lua and set a page."""
    engine = engines.take("\\documentclass{keeping}\n")
    assert isinstance(engine, ForkedEngine)
    engine.place(BODY, tex_document(f"\\directlua{{{lua}}}\nThe well").body.encode())
    engine.hand_over()
    return engine, engine.wait(LIMIT_SECONDS)


def server_of(engine: ForkedEngine) -> Path:
    """Give the folder of the server that has forked for a job."""
    (lock,) = engine.folder.parent.rglob(LOCKING)
    return lock.parent


def contents_of(*folders: Path) -> dict[Path, tuple[os.stat_result | None, bytes]]:
    """Give what must not change: every file, with its rights, its owner and its date."""
    return {
        each: (os.stat_result((*each.stat()[:7], 0, *each.stat()[8:10])), each.read_bytes() if each.is_file() else b"")
        for folder in folders
        for each in sorted(folder.rglob("*"))
        if "cache" not in each.parts
    }


def in_lua(argument: int | str) -> str:
    """Spell a number or a text for Lua inside TeX."""
    if argument == "PARENT":
        return "raw(110)"
    return str(argument) if isinstance(argument, int) else '"' + argument.replace("\xff", "\\string\\255") + '"'


def test_every_call_that_leads_out_is_refused(engines: WarmEngines, home: Path) -> None:
    """Whatever is asked of the kernel is not permitted, nothing has changed, and the page is printed."""
    first, _ = run(engines, "")
    server = server_of(first)
    before = contents_of(home, server)
    lines = [f'try("{name}", {", ".join(map(in_lua, call))})' for name, call in CALLS.items()]
    attempts = "\n".join(lines).replace("HOME", str(home)).replace("SERVER", str(server))
    attempts = attempts.replace("/proc/PARENT", '/proc/" .. raw(110) .. "')
    engine, return_code = run(engines, attempts.replace("JOB", '" .. lfs.currentdir() .. "'))
    log = (engine.folder / LOG).read_text(encoding="utf-8", errors="replace")
    tried = {name: (int(result), int(why)) for name, result, why in re.findall(r"TRIED (.*) (-?\d+) (\d+)", log)}
    assert tried.keys() == CALLS.keys()
    refused = {(-1, NOT_PERMITTED), (-1, ACCESS_DENIED), (-1, OTHER_DEVICE)}
    assert {name: outcome for name, outcome in tried.items() if outcome not in refused} == {}
    assert return_code == 0
    assert b"%%EOF" in (engine.folder / PDF).read_bytes()[-9:]
    assert contents_of(home, server) == before


def test_no_descriptor_is_a_way_out(engines: WarmEngines, home: Path) -> None:
    """Folders that the server holds lead to nothing but what may be read, and nothing can be written through them."""
    engine, _ = run(
        engines,
        f"""for number = 0, 255 do
          for _, way in ipairs {{"", "{"../" * 9}"}} do
            local read = raw(257, number, way .. "{str(home)[1:]}/secret.tex")
            local written = raw(257, number, way .. "{str(home)[1:]}/written.txt", 66, 384)
            if read >= 0 or written >= 0 then texio.write_nl("log", "REACHED " .. number) end
          end
        end""",
    )
    assert "REACHED" not in (engine.folder / LOG).read_text(encoding="utf-8", errors="replace")
    assert sorted(each.name for each in home.iterdir()) == ["empty", "secret.tex"]


@pytest.mark.parametrize(
    "mischief",
    [
        'raw(1, number, "end 0\\string\\nchild 1\\string\\n", 14)',
        "raw(77, number, 0)",
        "raw(8, number, 100000, 0)",
        "raw(8, number, 0, 2)",
        "raw(3, number)",
        'raw(0, number, string.rep("x", 9999), 9999)',
    ],
)
def test_nothing_that_a_job_does_to_what_is_open_reaches_the_next(mischief: str, engines: WarmEngines) -> None:
    """Words on every descriptor, files cut short, read on, closed: the server forks for the next as if nothing were."""
    first, _ = run(engines, "")
    before = contents_of(server_of(first))
    run(engines, f"for number = 0, 255 do {mischief} end")
    engine, return_code = run(engines, "")
    assert return_code == 0
    assert (engine.folder / PDF).read_bytes() == (first.folder / PDF).read_bytes()
    assert contents_of(server_of(first)) == before


def test_a_job_that_ends_by_any_code_harms_only_itself(engines: WarmEngines) -> None:
    """The code is told as it is, and the server forks for the next."""
    for number in (0, 1, 2, 112, 255):
        _, return_code = run(engines, f"raw(231, {number})")
        assert return_code == number
    _, return_code = run(engines, "")
    assert return_code == 0
