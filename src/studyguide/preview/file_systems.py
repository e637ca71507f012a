"""On which kind of file system a folder lies: of some kinds the system cannot say what others write there.

Comes in: a folder and the kernel's table of mounts. Goes out: the name of a shared kind, or nothing.
Left to others: what follows from it (`watcher`).
"""

from __future__ import annotations

import re
from pathlib import Path

SHARED_KINDS = frozenset(
    (
        *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "drvfs", "gfs2", "gpfs", "lustre", "ncpfs", "nfs", "nfs4"),
        *("ocfs2", "orangefs", "prl_fs", "pvfs2", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs"),
    )
)
"""Network file systems, and folders of a host system that a virtual machine sees."""

PROGRAM_KINDS = "fuse."
"""How the names of file systems begin that a program provides: sshfs, rclone, a cloud's client."""

MOUNT_TABLE = Path("/proc/self/mountinfo")

_ESCAPED = re.compile(r"\\([0-7]{3})")


def read_mount_table() -> str:
    """Give the kernel's table of mounts, empty where the system has none."""
    try:
        return MOUNT_TABLE.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def find_shared_kind(folder: Path, mount_table: str) -> str:
    """Name the kind of a folder's file system if others may write to it unseen, else give an empty string.

    The table is that of proc(5), /proc/pid/mountinfo.
    """
    kind = ""
    place = folder.resolve()
    nearest = 0
    for line in mount_table.splitlines():
        mount, _, described = line.partition(" - ")
        fields = mount.split(" ")
        point = Path(_ESCAPED.sub(lambda match: chr(int(match[1], 8)), fields[4]))
        if place.is_relative_to(point) and len(point.parts) >= nearest:
            nearest = len(point.parts)
            kind = described.split(" ")[0]
    return kind if kind in SHARED_KINDS or kind.startswith(PROGRAM_KINDS) else ""
