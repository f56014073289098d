"""Lock the exact versions of everything: ``build_spec/locked/*.txt``, with the hash of each file.

Run as ``python -m build_spec.lock`` after a change of the dependencies in ``pyproject.toml``; it
needs the tool ``uv``, on the path or beside this Python. ``--upgrade`` takes the newest versions
that are allowed. One lock serves Linux and Windows and each Python that we support; no index is
named in it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "build_spec" / "locked"
OLDEST_PYTHON = "3.11"

# In this order: each lock keeps to the versions of the one before it.
EXTRAS = {
    "test": ("test", "postgresql"),
    "app": ("postgresql",),
    "bench": ("test", "postgresql", "bench"),
}


def find_uv() -> str:
    """Return the path of ``uv``."""
    beside = Path(sys.executable).with_name("uv")
    found = shutil.which("uv") or (str(beside) if beside.exists() else None)
    if found is None:
        sys.exit("uv is missing: python -m pip install uv")
    return found


def lock(name: str, *, build_tools: Path, upgrade: bool) -> None:
    """Write the lock ``name``: the app, its build tools and the extras that belong to it."""
    command = [find_uv(), "pip", "compile", "pyproject.toml", str(build_tools), "--quiet"]
    command += ["--universal", "--fork-strategy", "fewest", "--python-version", OLDEST_PYTHON]
    command += ["--only-binary", ":all:"]  # as bootstrap.py installs: nothing is ever compiled
    command += ["--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"]
    for extra in EXTRAS[name]:
        command += ["--extra", extra]
    if name != "test":
        command += ["--constraint", str(LOCKED / "test.txt")]
    if upgrade:
        command.append("--upgrade")
    command += ["--output-file", str(LOCKED / f"{name}.txt")]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Lock all three, so that they agree with one another."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    LOCKED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        build_tools = Path(folder) / "build.in"
        build_tools.write_text("\n".join(project["build-system"]["requires"]), encoding="utf-8")
        for name in EXTRAS:
            lock(name, build_tools=build_tools, upgrade="--upgrade" in sys.argv[1:])


if __name__ == "__main__":
    main()
