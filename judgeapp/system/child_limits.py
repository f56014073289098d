"""Limits that the system itself holds a child process to: memory, size of files, its children.

POSIX: ``setrlimit`` in the child before any foreign code loads. Windows: a job object with a memory
limit that kills all processes in it when it is closed. macOS takes the memory limit but does not
hold to it; there only the time limits count.
"""

from __future__ import annotations

import sys


def creation_flags() -> int:
    """Return the flags to start a child with: on Windows without a console window of its own."""
    return 0x08000000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW


def limit_memory(memory: int) -> None:
    """Hold this process to ``memory`` bytes of address space, and to no core dump."""
    if sys.platform != "win32":
        import resource

        _lower(resource.RLIMIT_AS, memory)
        _lower(resource.RLIMIT_CORE, 0)


def limit_files(largest: int) -> None:
    """Let this process write no file larger than that, none at all with 0; a try fails."""
    if sys.platform != "win32":
        import resource

        _lower(resource.RLIMIT_FSIZE, largest)


def _lower(what: int, limit: int) -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(what)
        bound = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (bound, bound))


def confine(pid: int, memory: int) -> int | None:
    """Put a new process into a job of ``memory`` bytes; return its handle (Windows only)."""
    job: int | None = None
    if sys.platform == "win32":
        job = _confine_on_windows(pid, memory)
    return job


def release(job: int | None) -> None:
    """Close a job: every process in it ends."""
    if sys.platform == "win32" and job is not None:
        _close_on_windows(job)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("per_process_time", wintypes.LARGE_INTEGER),
            ("per_job_time", wintypes.LARGE_INTEGER),
            ("flags", wintypes.DWORD),
            ("minimum_working_set", ctypes.c_size_t),
            ("maximum_working_set", ctypes.c_size_t),
            ("active_processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("basic", _BasicLimits),
            ("io", ctypes.c_ulonglong * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    _EXTENDED = 9
    _JOB_MEMORY, _DIE_ON_ERROR, _KILL_ON_CLOSE = 0x200, 0x400, 0x2000
    _SET_QUOTA_AND_TERMINATE = 0x0101

    def _confine_on_windows(pid: int, memory: int) -> int | None:
        """Return the handle of a job that holds the process, or None if Windows refuses one."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.OpenProcess.restype = wintypes.HANDLE
        job = kernel.CreateJobObjectW(None, None)
        if not job:
            return None
        limits = _ExtendedLimits()
        limits.basic.flags = _JOB_MEMORY | _DIE_ON_ERROR | _KILL_ON_CLOSE
        limits.job_memory = memory
        kernel.SetInformationJobObject(
            wintypes.HANDLE(job), _EXTENDED, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        process = kernel.OpenProcess(_SET_QUOTA_AND_TERMINATE, False, pid)
        if process:
            kernel.AssignProcessToJobObject(wintypes.HANDLE(job), wintypes.HANDLE(process))
            kernel.CloseHandle(wintypes.HANDLE(process))
        return int(job)

    def _close_on_windows(job: int) -> None:
        ctypes.WinDLL("kernel32").CloseHandle(wintypes.HANDLE(job))
