"""What the reading process takes away from itself before it touches a stranger's bytes.

Memory, time and size of the answer by the system's own limits; then no file can be opened, no program started and no
line to the network opened any more (seccomp on Linux for x86-64 and ARM 64, else a name space without a network).
What a system does not offer is left out quietly: the limits of the parent (time, process group) always hold.
"""

import contextlib
import ctypes
import os
import platform
import resource
import struct
import sys
from pathlib import Path

MEGABYTE = 1024 * 1024
GROWTH = 200 * MEGABYTE
"""Memory beyond what Python and the libraries hold already (about 45 MB): 256 MB in all."""
SECONDS = 10
ANSWER = 96 * MEGABYTE
"""The most that may be written as an answer."""

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
_CLONE_NEWUSER_AND_NET = 0x10000000 | 0x40000000
_FORBIDDEN = {
    # open, creat, openat, openat2; socket, connect, sendto, bind, socketpair; clone, fork, vfork, execve, execveat,
    # clone3; ptrace, kill, process_vm_readv and _writev; unlink, unlinkat, rename; io_uring_setup, bpf
    "x86_64": (
        0xC000003E,
        (2, 85, 257, 437, 41, 42, 44, 49, 53, 56, 57, 58, 59, 322, 435, 101, 62, 310, 311, 87, 263, 82, 425, 321),
    ),
    "aarch64": (
        0xC00000B7,
        (56, 437, 198, 199, 200, 203, 206, 220, 221, 281, 435, 117, 129, 270, 271, 35, 38, 425, 280),
    ),
}  # fmt: skip


def limit() -> None:
    """The limits of the system on time, memory and size of the answer; ends with its parent."""
    with contextlib.suppress(OSError):
        os.nice(5)
    _prctl(_PR_SET_PDEATHSIG, 9)
    for kind, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, ANSWER),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, _held() + GROWTH),
    ):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


def seal() -> bool:
    """No file, no program, no network from here on; whether the system could promise it."""
    _prctl(_PR_SET_DUMPABLE, 0)
    if _prctl(_PR_SET_NO_NEW_PRIVS, 1) and _filter_calls():
        return True
    if sys.platform == "linux":
        ctypes.CDLL(None).unshare(_CLONE_NEWUSER_AND_NET)
    return False


def _held() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 56 * MEGABYTE


def _prctl(option: int, value: int, pointer: int = 0) -> bool:
    if sys.platform != "linux":
        return False
    return bool(ctypes.CDLL(None).prctl(option, value, ctypes.c_void_p(pointer), 0, 0) == 0)


def _filter_calls() -> bool:
    """A list of forbidden calls for the kernel, each answered by "not permitted"; another architecture is killed."""
    known = _FORBIDDEN.get(platform.machine())
    if known is None:
        return False
    architecture, calls = known
    refuse, allow, kill = 0x00050001, 0x7FFF0000, 0x80000000
    lines = [(0x20, 0, 0, 4), (0x15, 1, 0, architecture), (0x06, 0, 0, kill), (0x20, 0, 0, 0)]
    lines += [(0x35, 0, 1, 0x40000000), (0x06, 0, 0, refuse)]
    for call in calls:
        lines += [(0x15, 0, 1, call), (0x06, 0, 0, refuse)]
    lines.append((0x06, 0, 0, allow))
    code = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *line) for line in lines))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(lines), ctypes.addressof(code)))
    return _prctl(_PR_SET_SECCOMP, 2, ctypes.addressof(program))
