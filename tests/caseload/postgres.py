"""A PostgreSQL server of the test's own, on a unix socket, gone afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def missing() -> str:
    """Why no server can be started here; empty where one can."""
    if os.name != "posix":
        return "PostgreSQL is tested on a unix socket"
    if not (BINARIES or shutil.which("initdb")):
        return "PostgreSQL is not installed (apt-get install postgresql)"
    if os.geteuid() == 0 and not _user():
        return "PostgreSQL does not run as root, and there is no user postgres"
    return ""


def _user() -> bool:
    import pwd

    return any(one.pw_name == "postgres" for one in pwd.getpwall())


class Server:
    """A server with its data in a folder of its own; the user ``postgres`` is the superuser."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ksbpg"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "--no-sync")
        with (self.folder / "data" / "postgresql.conf").open("a") as file:
            file.write(f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\n")
            file.write("max_connections = 60\n")
        self.start()

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def url(self, role: str = "postgres", database: str = "postgres") -> str:
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def start(self) -> None:
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", self.data, "-l", log, "-w", "-t", "60", "start")

    def kill(self) -> None:
        """End the server as a power cut would."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        for _ in range(200):
            if not Path(f"/proc/{pid}").exists():
                break
            time.sleep(0.05)
        time.sleep(0.5)  # its children notice, and let the shared memory go

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *words: str) -> None:
        where = shutil.which(program) or str(BINARIES[0] / program)
        before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        done = subprocess.run([*before, where, *words], capture_output=True, cwd="/", text=True)
        assert done.returncode == 0, done.stderr
