"""On which kind of file system a folder lies, by the kernel's table of mounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from studyguide.preview.file_systems import find_shared_kind, read_mount_table

TABLE = """\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
31 27 0:40 / /srv/guides rw,relatime shared:5 - nfs4 server:/guides rw,vers=4.2
32 31 254:1 / /srv/guides/local rw,relatime - xfs /dev/vdb rw
33 27 0:41 / /srv/reading\\040group rw,relatime - fuse.sshfs ana@server:/ rw
34 27 0:42 / /srv/laptop rw - 9p C:\\134 rw,trans=virtio
35 27 0:43 / /srv/laptop rw - btrfs /dev/vdc rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/ana/guides", ""),
        ("/srv/guides", "nfs4"),
        ("/srv/guides/commons/sessions", "nfs4"),
        ("/srv/guides2", ""),
        ("/srv/guides/local/commons", ""),
        ("/srv/reading group/commons", "fuse.sshfs"),
        ("/srv/laptop/commons", ""),
    ],
)
def test_the_nearest_and_newest_mount_decides(folder: str, kind: str) -> None:
    """Kinds where others may write unseen are named, local ones are not."""
    assert find_shared_kind(Path(folder), TABLE) == kind


def test_without_a_table_nothing_is_shared(tmp_path: Path) -> None:
    """As on systems that have none; this machine's own table can be read."""
    assert find_shared_kind(tmp_path, "") == ""
    assert find_shared_kind(tmp_path, "a line that is cut off\n") == ""
    assert find_shared_kind(Path("/proc"), read_mount_table()) == ""
