"""The ways in which programs put a new text into a file, as they were traced.

Comes in: a file and what it is to hold. Goes out: the file, and nothing beside it.
Left to others: what notices it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PIECE_BYTES = 64


def write_in_place(file: Path, text: str) -> None:
    """Empty and write it, as the simplest programs do."""
    file.write_text(text, encoding="utf-8")


def write_over(file: Path, text: str) -> None:
    """Write over what is there, and cut the rest off, as memory that is mapped to a file is written."""
    content = text.encode()
    with file.open("r+b") as stream:
        stream.write(content)
        stream.truncate()


def write_in_pieces(file: Path, text: str) -> None:
    """Let each piece reach the disk before the next."""
    content = text.encode()
    with file.open("wb", buffering=0) as stream:
        for start in range(0, len(content), PIECE_BYTES):
            stream.write(content[start : start + PIECE_BYTES])
            os.fsync(stream.fileno())


def replace(file: Path, text: str) -> None:
    """Put a whole new file in its place, as GNOME, KDE and JetBrains do."""
    _write_beside(file, text, f".{file.name}.Xy12").replace(file)


def replace_from_visible_name(file: Path, text: str) -> None:
    """Do so with a file that is no session, but is not hidden either."""
    _write_beside(file, text, f"{file.name}.tmp").replace(file)


def move_in(file: Path, text: str) -> None:
    """Bring the new file from another folder, as synchronising programs do."""
    _write_beside(file, text, f"../{file.name}.part").replace(file)


def vim(file: Path, text: str) -> None:
    """Rename the file to be the backup, and write another (backupcopy=no)."""
    swap, backup = file.with_name(f".{file.name}.swp"), file.with_name(f"{file.name}~")
    swap.write_bytes(b"b0VIM")
    file.rename(backup)
    _write_durably(file, text)
    backup.unlink()
    swap.unlink()


def vim_with_copy(file: Path, text: str) -> None:
    """Copy the file to be the backup, and write in place (backupcopy=yes)."""
    backup = file.with_name(f"{file.name}~")
    shutil.copy2(file, backup)
    _write_durably(file, text)
    backup.unlink()


def emacs(file: Path, text: str) -> None:
    """Lock it by a link that leads nowhere, keep the old one under another name, write a new one."""
    lock, backup = file.with_name(f".#{file.name}"), file.with_name(f"{file.name}~")
    lock.symlink_to("ana@riverside.4711:1")
    file.rename(backup)
    file.write_text(text, encoding="utf-8")
    file.chmod(0o644)
    lock.unlink()
    backup.unlink()


def visual_studio_code(file: Path, text: str) -> None:
    """Empty and write it in place, then date it anew."""
    _write_durably(file, text)
    os.utime(file)


def empty_then_write(file: Path, text: str) -> None:
    """Leave it empty for a moment."""
    _shell(': > "$FILE"; sleep 0.1; printf %s "$TEXT" > "$FILE"', file, text)


def remove_then_write(file: Path, text: str) -> None:
    """Leave nothing there for a moment."""
    _shell('rm "$FILE"; sleep 0.1; printf %s "$TEXT" > "$FILE"', file, text)


def write_with_pauses(file: Path, text: str) -> None:
    """Write slowly, as over a network."""
    _shell('(printf %s "$TEXT" | head -c 50; sleep 0.1; printf %s "$TEXT" | tail -c +51) > "$FILE"', file, text)


def keep_date(file: Path, text: str) -> None:
    """Copy a file over it that bears the old one's date."""
    _shell('printf %s "$TEXT" > ../part; touch -r "$FILE" ../part; cp -p ../part "$FILE"; rm ../part', file, text)


def link(file: Path, text: str) -> None:
    """Have another file stand under its name."""
    new = _write_beside(file, text, f".{file.name}.linked")
    file.unlink()
    file.hardlink_to(new)
    new.unlink()


SAVES: tuple[Callable[[Path, str], None], ...] = (
    write_in_place,
    write_over,
    write_in_pieces,
    replace,
    replace_from_visible_name,
    move_in,
    vim,
    vim_with_copy,
    emacs,
    visual_studio_code,
    empty_then_write,
    remove_then_write,
    write_with_pauses,
    keep_date,
    link,
)


def _write_beside(file: Path, text: str, name: str) -> Path:
    new = file.parent / name
    new.write_text(text, encoding="utf-8")
    return new


def _write_durably(file: Path, text: str) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.write(handle, text.encode())
    os.fsync(handle)
    os.close(handle)


def _shell(command: str, file: Path, text: str) -> None:
    environment = os.environ | {"FILE": file.name, "TEXT": text}
    subprocess.run(["sh", "-ec", command], cwd=file.parent, env=environment, check=True)
