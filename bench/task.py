"""One task of the benchmark, in a process of its own: `python -m bench.task TOPIC TASK FOLDER`."""

import sys
from importlib import import_module
from pathlib import Path

if __name__ == "__main__":
    topic, task, folder = sys.argv[1:]
    getattr(import_module(f"bench.{topic}"), task)(Path(folder).absolute())
