"""`make bench`: our work beside its peers on the same files in one run; medians of five, in fresh processes."""

import json
import os
import statistics
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

ROUNDS = int(os.environ.get("ROUNDS", "5"))
FOLDER = Path("build/bench")


def topics(wanted: list[str]) -> list[str]:
    """Modules of this folder with CASES (what it is: the tasks, ours first) and `prepare(folder)`, or with a `report(folder)`; all, or those wanted."""
    known = [entry.name for entry in iter_modules([str(Path(__file__).parent)]) if entry.name not in ("run", "task")]
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        raise SystemExit(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(known)}.")
    return wanted or known


def measure(topic: str, task: str) -> dict[str, float]:
    """One task in a process of its own: wall and CPU seconds with its children's, and its peak memory."""
    start = time.perf_counter()
    compiled = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}  # as installed: our modules are compiled once, as those of the peers are
    command = [sys.executable, "-m", "bench.task", topic, task, str(FOLDER)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=compiled)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{task} failed; run `python -m bench.task {topic} {task} {FOLDER}` to see why")
    return {"wall": time.perf_counter() - start, "cpu": usage.ru_utime + usage.ru_stime, "peak_mib": usage.ru_maxrss / 1024}


def main() -> None:
    results = {}
    FOLDER.mkdir(parents=True, exist_ok=True)
    for topic in topics(sys.argv[1:]):
        module = import_module(f"bench.{topic}")
        if not hasattr(module, "prepare"):  # a part of another
            continue
        module.prepare(FOLDER)
        if hasattr(module, "report"):  # what it measures is not the CPU of a task
            results |= module.report(FOLDER)
            continue
        print(f"{'case':50} {'task':26} {'wall s':>8} {'cpu s':>8} {'peak MiB':>9} {'cpu, ours = 1':>14}")
        for case, tasks in module.CASES.items():
            rounds: dict[str, list[dict[str, float]]] = {task: [] for task in tasks}
            for _ in range(ROUNDS):
                for task in tasks:
                    rounds[task].append(measure(topic, task))
            medians = {task: {key: statistics.median(run[key] for run in runs) for key in runs[0]} for task, runs in rounds.items()}
            results[case] = medians
            for task, median in medians.items():
                ratio = median["cpu"] / medians[tasks[0]]["cpu"]
                print(f"{case:50} {task:26} {median['wall']:8.2f} {median['cpu']:8.2f} {median['peak_mib']:9.0f} {ratio:14.2f}", flush=True)
    (FOLDER / "bench.json").write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
