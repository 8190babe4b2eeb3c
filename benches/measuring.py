"""What the scripts that write docs/performance.md share: timing of processes, the machine, and the page."""

import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/performance.md"


def measure(command, limit):
    """Runs a command; its seconds, its peak memory in MB, and what it prints, or `None` if it was stopped."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.perf_counter()
        child = subprocess.Popen([str(part) for part in command], stdout=out, stderr=err, start_new_session=True)
        stop = threading.Timer(limit, lambda: os.killpg(child.pid, signal.SIGKILL))
        stop.start()
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        stop.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        found = {"seconds": seconds, "memory_mb": usage.ru_maxrss / 1024, "cpu_seconds": usage.ru_utime + usage.ru_stime}
        if child.returncode == -signal.SIGKILL and seconds >= limit:
            return found | {"answer": None}
        out.seek(0)
        err.seek(0)
        if child.returncode != 0:
            sys.exit(f"{command} failed:\n{err.read()}{out.read()}")
        text = out.read()
        return found | {"answer": json.loads(text[text.index("{"):])}


def machine():
    """Processor, cores and load of the machine."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    return f"{os.cpu_count()} cores of {model}, {platform.system()}, load {os.getloadavg()[0]:.1f} before the first run"


def put_between_markers(name, text):
    """Replaces a section of docs/performance.md."""
    page = PAGE.read_text()
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    head, rest = page.split(begin)
    _, tail = rest.split(end)
    PAGE.write_text(f"{head}{begin}\n\n{text}\n{end}{tail}")
