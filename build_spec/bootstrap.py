"""Set up judgeapp in its own folder and run the demo or all checks. Standard library only.

    python3 build_spec/bootstrap.py demo [DIR] [options of the demo]
    python3 build_spec/bootstrap.py test [arguments for pytest]

Both make ``.venv`` with the locked versions (``build_spec/locked``), see to the shared libraries
that Qt and OpenCV load (Linux), compile the texts, and then run. What is already in place is left
alone: a second run starts at once. `CHECKS` is the one list of what has to pass.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "judgeapp-setup.json"
LOCKED = ROOT / "build_spec" / "locked"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

# Quickest first; the first that fails ends the run. "{}" is where pytest's own arguments go.
CHECKS = (
    ("ruff", "format", "--check", "--quiet", "."),
    ("ruff", "check", "--quiet", "."),
    ("lint-imports",),
    ("mypy",),
    ("pytest", "-q", "{}"),
)

# Shared object -> Debian package. Without the three after libpulse nothing fails at import: clips
# just do not play.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libpulse.so.0": "libpulse0",
    "libXrandr.so.2": "libxrandr2",
    "libXext.so.6": "libxext6",
    "libdrm.so.2": "libdrm2",
}
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}

# This runs before the app's own texts exist, so it brings its own.
TEXTS = {
    "usage": (
        "Cách gọi: python3 build_spec/bootstrap.py demo [THƯ MỤC] | test [tham số của pytest]",
        "Usage: python3 build_spec/bootstrap.py demo [DIR] | test [pytest arguments]",
    ),
    "python": (
        "Cần Python 3.11 trở lên; máy đang dùng {found}. Cài Python mới hơn rồi chạy lại.",
        "Python 3.11 or newer is needed, this is {found}. Install a newer one; run again.",
    ),
    "environment": (
        "Tạo môi trường Python riêng trong {folder}",
        "Making a Python environment in {folder}",
    ),
    "no_venv": (
        "Python này thiếu pip hoặc venv. Chạy lệnh sau rồi thử lại: {command}",
        "This Python lacks pip or venv. Run this, then try again: {command}",
    ),
    "foreign": (
        "{folder} không phải môi trường Python nên được giữ nguyên. Đổi tên rồi chạy lại.",
        "{folder} is not a Python environment, so it was left alone. Rename it, then run again.",
    ),
    "packages": (
        "Cài các gói đúng phiên bản đã khóa (lần đầu tải khoảng 400 MB)",
        "Installing the locked packages (the first time about 400 MB to download)",
    ),
    "packages_failed": (
        "Chưa cài được các gói (lý do ở ngay trên). Kiểm tra mạng rồi chạy lại.",
        "The packages could not be installed (see above). Check the network, then run this again.",
    ),
    "libraries": (
        "Cài thư viện hệ thống còn thiếu: {names}",
        "Installing missing system libraries: {names}",
    ),
    "libraries_missing": (
        "Thiếu thư viện hệ thống: {files}. Chạy lệnh sau rồi thử lại: {command}",
        "System libraries are missing: {files}. Run this, then try again: {command}",
    ),
    "ready": ("Đã sẵn sàng sau {seconds:.0f} giây", "Ready after {seconds:.0f} s"),
    "demo": ("Chạy hội thi mẫu trong {folder}", "Running the demo contest in {folder}"),
    "check": ("Kiểm tra: {check}", "Check: {check}"),
    "check_failed": ("Chưa đạt: {check}", "Failed: {check}"),
}


class Stopped(Exception):
    """Set-up cannot go on; the text says what to do."""


def text(key: str, between: str = "\n", **params: object) -> str:
    """Return a text in Vietnamese and English, a line each."""
    return between.join(part.format(**params) for part in TEXTS[key])


def say(key: str, **params: object) -> None:
    """Print a text at once, before what follows prints its own."""
    print("== " + text(key, " / ", **params), flush=True)


def run(command: list[str], *, silent: bool = False, **more: str) -> int:
    """Run a program in the repository's folder; return its exit code. Silent: only its errors."""
    environment = {**os.environ, "PYTHONUTF8": "1", **more}
    out = subprocess.DEVNULL if silent else None
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=out, check=False).returncode


def has_screen() -> bool:
    """Tell whether a window can be shown."""
    return (
        WINDOWS
        or sys.platform == "darwin"
        or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    )


def may_install() -> bool:
    """Tell whether Debian's packages may be installed from here."""
    return not WINDOWS and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages; tell whether that worked."""
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "-qq", "-o=Dpkg::Use-Pty=0", "install", "--no-install-recommends", "-y"]
    run(["apt-get", "-qq", "update"], silent=True, **quiet)
    return run([*install, *packages], silent=True, **quiet) == 0


def apt_command(packages: list[str]) -> str:
    """Return what a person types to install Debian packages."""
    return "sudo apt-get update && sudo apt-get install -y " + " ".join(packages)


def wanted_stamp(lock: str) -> dict[str, str]:
    """Return what the environment must have been made from, to be used as it is."""
    content = (LOCKED / f"{lock}.txt").read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return {
        "place": str(ROOT),
        "python": ".".join(map(str, sys.version_info[:3])),
        lock: hashlib.sha256(content).hexdigest(),
    }


def read_stamp() -> dict[str, str]:
    """Return what the environment was made from; empty if there is none that works."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def usable(stamp: dict[str, str], wanted: dict[str, str]) -> bool:
    """Tell whether the environment is of this Python and still in the folder it was made in."""
    try:
        lines = (VENV / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    made_by = dict(line.partition(" = ")[::2] for line in lines).get("version")
    moved = stamp.get("place", wanted["place"]) != wanted["place"]
    return PYTHON.exists() and made_by == wanted["python"] and not moved


def make_environment(stamp: dict[str, str], wanted: dict[str, str]) -> None:
    """Make ``.venv``; an older one of another Python, or moved with its folder, is made anew."""
    if usable(stamp, wanted):
        return
    if VENV.exists() and not (VENV / "pyvenv.cfg").exists():
        raise Stopped(text("foreign", folder=VENV))
    say("environment", folder=VENV)
    for attempt in (1, 2):
        try:
            venv.create(VENV, clear=True, with_pip=True)
        except (subprocess.CalledProcessError, ImportError):
            packages = [f"python3.{sys.version_info[1]}-venv", "python3-pip"]
            if attempt == 2 or not may_install() or not apt_install(packages):
                raise Stopped(text("no_venv", command=apt_command(packages))) from None
        else:
            return


def install_packages(lock: str, wanted: dict[str, str]) -> None:
    """Install the locked versions, each file checked by its hash, then the app itself in place."""
    say("packages")
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    pip += ["--no-warn-script-location"] + ([] if sys.stdout.isatty() else ["--quiet"])
    hashed = ["--require-hashes", "--only-binary=:all:", "-r", str(LOCKED / f"{lock}.txt")]
    app = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    for arguments in (hashed, app):
        if run([*pip, *arguments], PIP_USER="0"):
            raise Stopped(text("packages_failed"))
    keep = {} if lock == "app" else {"app": wanted_stamp("app")["app"]}
    STAMP.write_text(json.dumps({**keep, **wanted}, indent=1), encoding="utf-8")


def missing_libraries() -> list[str]:
    """Return the shared objects that the loader does not find, asked in a process of its own."""
    if not sys.platform.startswith("linux"):
        return []
    names = [*LIBRARIES, *(SCREEN_LIBRARIES if has_screen() else ())]
    probe = (
        "import ctypes, sys\n"
        "for name in sys.argv[1:]:\n"
        "    try: ctypes.CDLL(name)\n"
        "    except OSError: print(name)\n"
    )
    answer = subprocess.run(
        [str(PYTHON), "-c", probe, *names], capture_output=True, text=True, check=True
    )
    return answer.stdout.split()


def install_libraries() -> None:
    """See to the shared libraries: installed where that is allowed, else named exactly."""
    missing = missing_libraries()
    if not missing:
        return
    package_of = {**LIBRARIES, **SCREEN_LIBRARIES}
    packages = [package_of[name] for name in missing]
    if may_install():
        say("libraries", names=" ".join(packages))
        apt_install(packages)
        missing = missing_libraries()
    if missing:
        command = apt_command([package_of[name] for name in missing])
        raise Stopped(text("libraries_missing", files=", ".join(missing), command=command))


def set_up(lock: str) -> None:
    """Make everything ready that the lock's users need; quick if it is."""
    begun = time.monotonic()
    wanted, stamp = wanted_stamp(lock), read_stamp()
    make_environment(stamp, wanted)
    install_libraries()  # before the download: somebody else may have to install them first
    if any(read_stamp().get(key) != value for key, value in wanted.items()):
        install_packages(lock, wanted)
    if run([str(PYTHON), "-m", "build_spec.texts"]):
        raise Stopped(text("packages_failed"))
    say("ready", seconds=time.monotonic() - begun)


def free_folder() -> Path:
    """Return the first folder ``demo``, ``demo-2``, … here that does not exist."""
    number = 1
    while (folder := ROOT / ("demo" if number == 1 else f"demo-{number}")).exists():
        number += 1
    return folder


def demo(arguments: list[str]) -> int:
    """Run the demo contest, without a window where there is no screen."""
    if not arguments or arguments[0].startswith("-"):
        arguments = [str(free_folder()), *arguments]
    folder = Path(arguments[0]).absolute()
    say("demo", folder=folder)
    options = arguments[1:] if has_screen() else ["--no-window", *arguments[1:]]
    return run([str(PYTHON), "-m", "judgeapp", "demo", str(folder), *options])


def check(arguments: list[str]) -> int:
    """Run all checks, quickest first, up to the first that fails; return its exit code."""
    for name, *rest in CHECKS:
        place = rest.index("{}") if "{}" in rest else len(rest)
        words = [*rest[:place], *(arguments if "{}" in rest else ()), *rest[place + 1 :]]
        say("check", check=" ".join([name, *words]))
        code = run([str(PYTHON.with_name(name + (".exe" if WINDOWS else ""))), *words])
        if code:
            say("check_failed", check=name)
            return code
    return 0


def main(arguments: list[str]) -> int:
    """Do what the words after the program's name say; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a console's streams
    if sys.version_info < (3, 11):  # noqa: UP036  an older Python must be told, not fail
        print(text("python", found=sys.version.split()[0]), file=sys.stderr)
        return 1
    work = {"demo": (demo, "app"), "test": (check, "test")}
    if not arguments or arguments[0] not in work:
        print(text("usage"), file=sys.stderr)
        return 2
    action, lock = work[arguments[0]]
    try:
        set_up(lock)
        return action(arguments[1:])
    except Stopped as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
