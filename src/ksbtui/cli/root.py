"""The root command: global options, lazy commands in headed groups, exit codes.

0 done; 1 refused or failed, with one line of what happened and one of what to do; 2 only
for an unknown command or option or a missing argument.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from ksbtui import __version__
from ksbtui.cli.commands import COMMANDS, SECTIONS
from ksbtui.cli.context import Context
from ksbtui.cli.output import safe_streams, say
from ksbtui.errors import KsbtuiError


class LazyGroup(click.Group):
    """A group whose commands are imported when called and listed without importing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(f"ksbtui.cli.{module}"), attribute)
        return with_line_breaks(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands under their headings, from the table alone."""
        width = max(map(len, COMMANDS))
        for section, commands in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(n.ljust(width), text) for n, (_, text) in commands.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or refuse with the nearest name."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            # deferred: only a mistyped name, the bare command or a fault needs these
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"There is no command {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


def with_line_breaks(command: click.Command) -> click.Command:
    """Let the examples in a command's help keep their lines (docstrings are raw strings)."""
    if command.help:
        command.help = command.help.replace("\\b\n", "\b\n")
    for sub in getattr(command, "commands", {}).values():
        with_line_breaks(sub)
    return command


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="ksbtui without a command opens your journal on the screen. "
    "For help and examples: ksbtui COMMAND --help",
)
@click.option(
    "--journal",
    metavar="PATH",
    help="The journal file to use, instead of $KSBTUI_JOURNAL or your own.",
)
@click.option(
    "--as-at", metavar="DAY", help="Use this day (YYYY-MM-DD) as today; also $KSBTUI_AS_AT."
)
@click.version_option(__version__, message="ksbtui %(version)s", help="Print the version.")
@click.pass_context
def root(ctx: click.Context, journal: str | None, as_at: str | None) -> None:
    """Your training journal: hours, KSB coverage and timeline, offline and by keyboard.

    \b
    ksbtui demo                                   look around in an example journal
    ksbtui setup                                  set up your standard and programme
    ksbtui log "Prompt workshop" -t 2h -k S8,K10  log an activity in one line
    ksbtui status                                 see your progress
    """
    ctx.obj = ctx.ensure_object(Context)
    ctx.obj.journal_option = journal
    ctx.obj.as_at_option = as_at or os.environ.get("KSBTUI_AS_AT") or None
    if ctx.invoked_subcommand is None:
        from ksbtui.cli.opening import open_app

        ctx.exit(open_app(ctx.obj))


with_line_breaks(root)


def main(arguments: list[str] | None = None) -> None:
    """Run a command line and leave with its exit code."""
    sys.excepthook = _say_fault
    code = run([_typed(word) for word in sys.argv[1:]] if arguments is None else arguments)
    gc.freeze()  # the interpreter looks for garbage once more on its way out: 12 ms of CPU
    sys.exit(code)


def _typed(word: str) -> str:
    """A word as it was typed, where Python took the terminal for one that knows only ASCII."""
    try:
        return word.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:  # a file name in another encoding
        return word


def _say_fault(kind: type[BaseException], fault: BaseException, trace: object) -> None:
    """Say that a fault stopped the command, and note where, in place of a traceback."""
    from ksbtui.faults import note_fault

    say(note_fault(fault))


def run(arguments: list[str] | None = None) -> int:
    """Run a command line; refusals become two lines on stderr and an exit code.

    Output that cannot be written fails a command only if nothing was saved by it: whoever is
    told that a save failed saves twice.
    """
    context = Context()
    with safe_streams() as out:
        code = _run(arguments, context)
    if out.problem is None or isinstance(out.problem, BrokenPipeError) or code:
        return code
    saved = context.saved
    if sys.stderr is not None:
        what = "Your change is saved. Its" if saved else "The"
        why = out.problem.strerror or "the stream is closed"
        say(f"{what} output could not be written: {why}.")
        say("Write to a disk with free space, or leave > out.")
    return 0 if saved else 1


def _run(arguments: list[str] | None, context: Context) -> int:
    try:
        result: Any = root.main(arguments, prog_name="ksbtui", standalone_mode=False, obj=context)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        say("Stopped. Nothing was changed.")
        return 1
    except click.UsageError as problem:
        return _usage(problem)
    except KsbtuiError as refusal:
        return _refuse(refusal)
    except Exception as problem:
        from ksbtui.store.database.connection import explained  # only where something failed

        known = context.has_journal
        error = context.journal.refused(problem) if known else explained(problem, Path())
        if error is None:
            raise
        return _refuse(error)


def _refuse(error: KsbtuiError) -> int:
    say(*filter(None, (error.message, error.hint)))
    return 1


def _usage(problem: click.UsageError) -> int:
    """Say what was wrong; a value that cannot be read is a refusal and exits with 1."""
    say(problem.format_message())
    if not isinstance(problem, click.exceptions.NoArgsIsHelpError):  # its message is the whole help
        say(f"See: {problem.ctx.command_path if problem.ctx else 'ksbtui'} --help")
    missing = isinstance(problem, click.MissingParameter)
    return 1 if isinstance(problem, click.BadParameter) and not missing else 2
