"""The steps after reading, with how long is left: reckoned from the rows read, and from how fast the steps so far have gone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from rich.progress import Progress


@dataclass(frozen=True)
class Step:
    """A step of the build. On two cores it takes about `seconds`, and `a_million` seconds for each million rows read.

    One that puts tables alone is run `once` for the same tables; one with other effects, or that turns on the instant, `always`.
    """

    title: str
    run: Callable[[], object]
    seconds: float = 0.1
    a_million: float = 0.0
    always: bool = False

    def expected(self, rows: int) -> float:
        """Seconds, for so many rows read."""
        return self.seconds + self.a_million * rows / 1_000_000


def run_steps(steps: Sequence[Step], *, rows: int, once: Callable[[Step], object], progress: Progress, clock: Callable[[], float] = monotonic) -> None:
    """Run the steps in order, showing each by its title with what is left."""
    expected = [step.expected(rows) for step in steps]
    task, began = progress.add_task("", total=len(steps)), clock()
    for place, step in enumerate(steps):
        left = seconds_left(expected, done=place, taken=clock() - began)
        progress.update(task, description=f"{step.title}, {in_words(left)} left")
        step.run() if step.always else once(step)
        progress.advance(task)


def seconds_left(expected: Sequence[float], *, done: int, taken: float) -> float:
    """What is left after the first `done` steps have `taken` so many seconds: as expected, at the pace so far."""
    before = sum(expected[:done])
    return sum(expected[done:]) * (taken / before if before else 1.0)


def in_words(seconds: float) -> str:
    """`less than a minute`, `about 12 minutes`, `about 2 hours`."""
    if seconds < 60:
        return "less than a minute"
    count, name = (round(seconds / 60), "minute") if seconds < 90 * 60 else (round(seconds / 3600), "hour")
    return f"about {count} {name}{'s' if count > 1 else ''}"
