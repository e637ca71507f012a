"""Power cuts, kills and full disks: the old file or the new one stands there, never anything between."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

OLD = b"old " * 1_000_000
NEW = b"new " * 1_000_000

SUICIDE = """
import os, signal, sys
from pathlib import Path
from studyguide import publish
steps_left = int(sys.argv[2])
def count_steps(frame, event, argument):
    global steps_left
    if frame.f_code.co_filename != publish.__file__:
        return None
    if event == "line":
        steps_left -= 1
        if steps_left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return count_steps
sys.settrace(count_steps)
publish.publish(b"new " * 1_000_000, Path(sys.argv[1]))
"""

BUSY = """
import sys
from pathlib import Path
from studyguide.publish import publish
old, new = b"old " * 1_000_000, b"new " * 1_000_000
print("ready", flush=True)
while True:
    publish(new, Path(sys.argv[1]))
    publish(old, Path(sys.argv[1]))
"""

ONCE = """
import resource, sys
from pathlib import Path
from studyguide.errors import PublishError
from studyguide.publish import publish
if len(sys.argv) > 2:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    publish(b"new " * 1_000_000, Path(sys.argv[1]))
except PublishError as failure:
    sys.exit(f"{failure.message} ({failure.hint})")
"""

HOLDER = """
import sys
from pathlib import Path
from studyguide.publish import build_lock
with build_lock(Path(sys.argv[1])):
    print("locked", flush=True)
    sys.stdin.read()
"""

SECOND = """
import sys
from pathlib import Path
from studyguide.errors import PublishError
from studyguide.publish import build_lock
try:
    with build_lock(Path(sys.argv[1]), wait_seconds=float(sys.argv[2])):
        pass
except PublishError as failure:
    sys.exit(failure.message)
"""


def python(program: str, *arguments: object, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run a program of ours to its end."""
    command = [*before, sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Give a file that an earlier build has made."""
    path = tmp_path / "build" / "guide.pdf"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def leftovers(target: Path) -> list[str]:
    """Name what stands beside the file."""
    return [path.name for path in target.parent.iterdir() if path != target]


def test_killed_before_any_step_it_leaves_the_old_file_or_the_new_one(target: Path) -> None:
    """The writer is killed before each line that it runs, one after the other."""
    step, code = 0, -signal.SIGKILL
    seen = set()
    while code == -signal.SIGKILL:
        step += 1
        target.write_bytes(OLD)
        code = python(SUICIDE, target, step).returncode
        content = target.read_bytes()
        assert content in (OLD, NEW)
        seen.add(content)
        for name in leftovers(target):
            assert name.startswith(".studyguide-")
            assert name.endswith(".tmp")
            (target.parent / name).unlink()
    assert code == 0
    assert step > 15
    assert seen == {OLD, NEW}


def test_killed_at_any_moment_it_leaves_the_old_file_or_the_new_one(target: Path) -> None:
    """The writer is killed in the middle of whatever it is doing, a dozen times."""
    moments = random.Random(2026)  # noqa: S311  moments of a test
    for _ in range(12):
        with subprocess.Popen([sys.executable, "-c", BUSY, target], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                writer.wait(timeout=moments.uniform(0, 0.1))
            writer.kill()
        assert target.read_bytes() in (OLD, NEW)


def test_the_next_build_succeeds_and_clears_up(target: Path) -> None:
    """What a killed build left is gone when it is old enough to be nobody's."""
    step = 0
    while not leftovers(target):
        step += 1
        assert python(SUICIDE, target, step).returncode == -signal.SIGKILL
    for name in leftovers(target):
        os.utime(target.parent / name, (0, 0))
    assert python(ONCE, target).returncode == 0
    assert target.read_bytes() == NEW
    assert leftovers(target) == []


def test_a_limit_on_file_size_leaves_the_old_file(target: Path) -> None:
    """The file does not fit: the message names it, nothing is left beside the old one."""
    made = python(ONCE, target, 1_000_000)
    assert made.returncode == 1
    assert made.stderr.startswith(f'cannot write "{target}": the file is larger than is allowed here')
    assert target.read_bytes() == OLD
    assert leftovers(target) == []


def in_sandbox(*arguments: object) -> tuple[str, ...]:
    """Give the words that run a command with other disks; skip where that is not allowed."""
    command = ("bwrap", "--dev-bind", "/", "/", *map(str, arguments), "--")
    try:
        allowed = subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        allowed = False
    if not allowed:
        pytest.skip("no sandbox can be made here")
    return command


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """On a disk of one megabyte four do not fit: the old file stays, the temporary one goes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    before = in_sandbox("--size", 1_048_576, "--tmpfs", disk)
    look = f"print(sorted(path.name for path in Path({str(disk)!r}).iterdir()), Path(sys.argv[1]).read_bytes())"
    program = f"import sys; from pathlib import Path; Path(sys.argv[1]).write_bytes(b'old')\n{ONCE}"
    program = program.replace("sys.exit(", f"{look};sys.exit(")
    made = python(program, disk / "guide.pdf", before=before)
    assert made.stderr.startswith(f'cannot write "{disk}/guide.pdf": the disk is full (make room')
    assert made.stdout == "['guide.pdf'] b'old'\n"


def test_a_read_only_disk_is_named(target: Path) -> None:
    """The message says what is the matter and what to do."""
    made = python(ONCE, target, before=in_sandbox("--ro-bind", target.parent, target.parent))
    assert made.stderr == f'cannot write "{target}": the disk is read-only (choose another output folder)\n'
    assert target.read_bytes() == OLD


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_of_somebody_else_is_named(tmp_path: Path) -> None:
    """Who may not write gets a sentence, not a traceback."""
    folder = tmp_path / "build"
    folder.mkdir(mode=0o755)
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(0o755)
    become_nobody = f"import os; os.setgid(65534); os.setuid(65534)\n{ONCE}"
    made = python(f"from studyguide import publish, errors\nimport resource\n{become_nobody}", folder / "guide.pdf")
    assert made.stderr.startswith(f'cannot write "{folder}/guide.pdf": permission denied')


def test_another_process_is_kept_out_and_told_by_whom(tmp_path: Path) -> None:
    """The second build names the first; when the first is killed, the kernel frees the lock."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"locked\n"
        refused = python(SECOND, tmp_path, 0)
        assert refused.stderr == f'another build is running in "{tmp_path}" (process {first.pid})\n'
        first.kill()
        first.wait()
        assert python(SECOND, tmp_path, 0).returncode == 0


def test_a_build_that_ends_in_time_is_waited_for(tmp_path: Path) -> None:
    """The second build starts as soon as the first is done."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout is not None
        assert first.stdin is not None
        first.stdout.readline()
        with subprocess.Popen([sys.executable, "-c", SECOND, tmp_path, "60"]) as second:
            first.stdin.close()
            assert second.wait() == 0
