"""Schemathesis, a tester of properties that nobody here wrote, on every GET of /api: no 5xx, and every answer has the
status, the type and the schema that /api describes. Bounded and seeded. The description itself goes to a validator.

schemathesis_test.py EXECUTABLE DATASETS WORK: its Python packages are kept in WORK."""

import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "integration"))

from server import Server  # noqa: E402

EXAMPLES = 20  # for each operation, beside those that cover each parameter's edges
SKIPPED = 77
# Not among them: whether whatever the schemas allow is accepted, and whether all else is refused. A filter, a moment or
# a list of properties is a language that no schema writes down, and a limit above the greatest is served as the
# greatest (OGC 17-069r4 /req/core/fc-limit-response-1).
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
          "response_schema_conformance", "unsupported_method", "allow_header_conformance")


def tools(work):
    """The folder of the programs, installed as requirements.txt pins them; only `./dev clients` installs."""
    folder = os.path.join(work, "schemathesis")
    mark, wanted = os.path.join(folder, "requirements.txt"), os.path.join(HERE, "requirements.txt")
    with open(wanted, encoding="utf-8") as file:
        pinned = file.read()
    installed = os.path.exists(mark) and open(mark, encoding="utf-8").read() == pinned
    if not installed and os.environ.get("GEOPRIO_CLIENTS") != "required":
        print("NOT RUN: Schemathesis is not on this machine. ./dev clients installs it (from PyPI).", file=sys.stderr)
        sys.exit(SKIPPED)
    if not installed:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([os.path.join(folder, "bin", "pip"), "install", "--quiet", "--disable-pip-version-check",
                        "-r", wanted], check=True, timeout=600)
        with open(mark, "w", encoding="utf-8") as file:
            file.write(pinned)
    return os.path.join(folder, "bin")


def validated(programs, api, work):
    """Whether the description is OpenAPI 3.0, by openapi-spec-validator."""
    path = os.path.join(work, "api.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(api, file)
    return subprocess.run([os.path.join(programs, "openapi-spec-validator"), "--schema", "3.0", path],
                          timeout=120).returncode == 0


def properties_hold(programs, server, api, work):
    gets = sum("get" in operations for operations in api["paths"].values())
    address = f"http://127.0.0.1:{server.port}"
    run = subprocess.run(
        [os.path.join(programs, "st"), "--no-color", "run", address + "/api", "--url", address,
         "--include-method", "GET", "--phases", "examples,coverage,fuzzing", "--max-examples", str(EXAMPLES),
         "--seed", "1", "--no-shrink",
         "--generation-database", "none", "--continue-on-failure", "--warnings", "off", "--workers", "1",
         "--checks", ",".join(CHECKS)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=800, cwd=work)
    print(run.stdout)
    tested = re.search(r"^\s*Tested: (\d+)$", run.stdout, re.MULTILINE)
    cases = re.search(r"(\d+) generated", run.stdout)
    assert tested and int(tested[1]) == gets, f"{gets} operations are described"
    assert cases and int(cases[1]) >= gets * EXAMPLES / 2, "hardly anything was asked"
    return run.returncode == 0


def main(executable, datasets, work):
    os.makedirs(work, exist_ok=True)
    programs = tools(work)
    server = Server(executable, os.path.join(datasets, "saint-etienne"))
    try:
        api = server.json("/api")
        fine = validated(programs, api, work)
        fine = properties_hold(programs, server, api, work) and fine
        assert server.json("/health/ready")["ready"], "the server is still there"
        return 0 if fine else 1
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
