"""GET load: wrk where the machine has it, else our own client."""

import re
import shutil
import subprocess
from collections.abc import Callable
from statistics import median

from benchmarks import client

CONNECTIONS = 16
SECONDS = 4
RUNS = 3
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}


def tool() -> str:
    return "wrk" if shutil.which("wrk") else "our own Python client (install wrk for steadier figures)"


def hits(port: int, path: str, headers: dict[str, str], seconds: float = SECONDS) -> float:
    """GET requests per second that were answered."""
    if not shutil.which("wrk"):
        return client.run(port, CONNECTIONS, seconds, lambda: visit(path, headers)).per_second
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s"]  # slow is not broken
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if found is None:
        raise RuntimeError(said)
    return float(found[1])


def rounds(measures: dict[str, Callable[[], float]], runs: int = RUNS) -> dict[str, list[float]]:
    """Takes the measures in turns, so that whatever else the machine does touches all of them alike."""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for measure in measures.values():
        measure()  # warm
    for _ in range(runs):
        for name, measure in measures.items():
            taken[name].append(measure())
    return taken


def ratios(above: list[float], below: list[float]) -> list[float]:
    """Round by round."""
    return [one / other for one, other in zip(above, below, strict=True)]


def spread(values: list[float], digits: int = 0) -> str:
    """`median (least-most)`."""
    return f"{median(values):,.{digits}f} ({min(values):,.{digits}f}–{max(values):,.{digits}f})"


def visit(path: str, headers: dict[str, str]) -> client.Story:
    reply = yield client.get(path, **headers)
    if reply.status != 200:
        raise RuntimeError(f"{path} answered {reply.status}")
