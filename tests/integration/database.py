"""A private PostgreSQL with PostGIS for a test: in a folder of its own, on a port of 127.0.0.1 that was free."""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile

PASSWORD = "tr3s-secret"


def binaries():
    """The folder of the newest server that has PostGIS."""
    found = [folder for folder in glob.glob("/usr/lib/postgresql/*/bin")
             if os.path.exists(f"/usr/share/postgresql/{folder.split('/')[4]}/extension/postgis.control")]
    if not found:
        raise AssertionError("no PostgreSQL server with PostGIS: install the packages of .ci/packages, group test")
    return max(found, key=lambda folder: int(folder.split("/")[4]))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Database:
    """Starts a cluster whose only role is `reader`, by password, with one database `quarters`."""

    def __init__(self):
        self.bin = binaries()
        self.folder = tempfile.mkdtemp(prefix="geoprio-postgresql-")
        self.port = free_port()
        # initdb refuses root, which tests are in continuous integration.
        self.user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        if self.user:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self.cluster = os.path.join(self.folder, "cluster")
        password_file = os.path.join(self.folder, "password")
        with open(password_file, "w", encoding="utf-8") as file:
            file.write(PASSWORD + "\n")
        self._run("initdb", "-D", self.cluster, "-U", "reader", "-A", "scram-sha-256", f"--pwfile={password_file}",
                  "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        self._run("pg_ctl", "-D", self.cluster, "-w", "-l", os.path.join(self.folder, "log"), "-o", options, "start")
        self.execute("CREATE DATABASE quarters", database="postgres")
        self.execute("CREATE EXTENSION postgis")

    def _run(self, program, *arguments):
        result = subprocess.run([*self.user, os.path.join(self.bin, program), *arguments], cwd=self.folder,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if result.returncode != 0:
            raise AssertionError(f"{program}: {result.stdout}")

    def connection(self, port=None, password=PASSWORD):
        return f"PG:host=127.0.0.1 port={port or self.port} dbname=quarters user=reader password={password}"

    def execute(self, statement, database="quarters"):
        result = subprocess.run(
            [os.path.join(self.bin, "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1",
             "-p", str(self.port), "-U", "reader", "-d", database, "-c", statement],
            env=dict(os.environ, PGPASSWORD=PASSWORD), capture_output=True, text=True)
        if result.returncode != 0:
            raise AssertionError(f"{statement}: {result.stderr}")

    def stop(self):
        self._run("pg_ctl", "-D", self.cluster, "-w", "-m", "fast", "stop")
        shutil.rmtree(self.folder)
