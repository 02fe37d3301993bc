"""The opencompact command: one module a noun or verb, found by its name; errors in plain words and fixed exit codes."""

import sys
import tempfile
import traceback
from importlib import import_module
from pkgutil import iter_modules

import click
import duckdb

from opencompact import __version__
from opencompact.lake import NoLake, WrongShape
from opencompact.lake.memory import BadBudget
from opencompact.registry import BadCard

FOUND_WRONG, USAGE, BAD_INPUT, BAD_CATALOGUE, NO_ROOM, UNFORESEEN = 1, 2, 3, 4, 5, 70


class Refused(click.ClickException):
    """What was asked cannot be done; the message says why and what to do."""

    exit_code = BAD_INPUT


class Verbs(click.Group):
    """Every module of this package that has a `command`, imported only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs by name."""
        del ctx
        return sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of that name, or none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="opencompact")
def root() -> None:
    """Is the agreement between government and the voluntary sector being kept?

    Begin with `opencompact sample --out country`, then `opencompact build --workspace work --input country`, then `opencompact serve --workspace work`.
    """


def main() -> None:
    """Run the command; exit codes: 0 done, 1 something was found wrong, 2 wrong use, 3 bad input, 4 bad catalogue card, 5 no disk or rights, 70 unforeseen."""
    code, message = run(sys.argv[1:])
    if message:
        click.echo(message, err=True)
    sys.exit(code)


def run(arguments: list[str]) -> tuple[int, str]:
    """The exit code and what to say on the error channel."""
    try:
        return root.main(arguments, prog_name="opencompact", standalone_mode=False) or 0, ""
    except click.exceptions.Exit as leaving:
        return leaving.exit_code, ""
    except click.Abort:
        return 130, "Stopped. Nothing was half written: the state before stands."
    except click.UsageError as refusal:
        return USAGE, f"{refusal.format_message()}\nSee `opencompact --help`."
    except click.ClickException as refusal:
        return refusal.exit_code, refusal.format_message()
    except (NoLake, WrongShape, BadBudget) as refusal:
        return BAD_INPUT, str(refusal)
    except BadCard as refusal:
        return BAD_CATALOGUE, f"A catalogue card cannot be read. {refusal}"
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as refusal:
        return NO_ROOM, f"The disk or its rights stopped this: {refusal}\nThe state before stands. Free some room or mend the rights, and run it again."
    except Exception:  # the last line before a person: the trace goes to a file, not to them
        with tempfile.NamedTemporaryFile("w", prefix="opencompact-", suffix=".log", delete=False, encoding="utf-8") as log:
            traceback.print_exc(file=log)
        return UNFORESEEN, f"Something went wrong that we did not foresee. The state before stands. The details are in {log.name}; please send us that file."
