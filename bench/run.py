"""`make bench`: our reading beside its peers on the same files in one run; medians of five, in fresh processes."""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.make import make_grants, make_payments

ROUNDS = int(os.environ.get("ROUNDS", "5"))
FOLDER = Path("build/bench")
CASES = {
    "payments, 200,000 rows of CSV": ("payments", ["ours_payments", "duckdb_bare", "frictionless_validate"]),
    "grants, 20,000 rows of XLSX": ("grants", ["ours_grants", "openpyxl_read"]),
    "the sample country, built from nothing": ("country", ["ours_build"]),
    "the same, one file changed": ("country", ["ours_rebuild"]),
}


def measure(task: str) -> dict[str, float]:
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "bench.tasks", task, str(FOLDER)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{task} failed; run `python -m bench.tasks {task} {FOLDER}` to see why")
    return {"wall": time.perf_counter() - start, "cpu": usage.ru_utime + usage.ru_stime, "peak_mib": usage.ru_maxrss / 1024}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    make_payments(FOLDER / "payments.csv", rows=200_000)
    make_grants(FOLDER / "grants.xlsx", rows=20_000)
    sample = [sys.executable, "-m", "opencompact.cli", "sample", "--scale", "5", "--seed", "7", "--out", str(FOLDER / "country")]
    subprocess.run(sample, check=True, stderr=subprocess.DEVNULL)
    results = {}
    print(f"{'case':42} {'task':24} {'wall s':>8} {'cpu s':>8} {'peak MiB':>9} {'cpu, ours = 1':>14}")
    for case, (_, tasks) in CASES.items():
        rounds: dict[str, list[dict[str, float]]] = {task: [] for task in tasks}
        for _ in range(ROUNDS):
            for task in tasks:
                rounds[task].append(measure(task))
        medians = {task: {key: statistics.median(run[key] for run in runs) for key in runs[0]} for task, runs in rounds.items()}
        results[case] = medians
        for task, median in medians.items():
            ratio = median["cpu"] / medians[tasks[0]]["cpu"]
            print(f"{case:42} {task:24} {median['wall']:8.2f} {median['cpu']:8.2f} {median['peak_mib']:9.0f} {ratio:14.2f}")
    (FOLDER / "bench.json").write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
