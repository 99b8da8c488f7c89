"""``handover``: a journal goes to a tutor, and the tutor's side comes back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from ksbtui.cli.context import Context, json_option, options, read_day_if, reporting
from ksbtui.cli.exchange.export import Progress, ask_about, redact_option
from ksbtui.cli.opening import is_terminal, open_journal
from ksbtui.cli.output import print_json, print_lines, say
from ksbtui.cli.root import root
from ksbtui.core.exchange.feedback import fingerprint
from ksbtui.errors import Conflict, NotFound, Unreadable
from ksbtui.exports.making import save_file
from ksbtui.journal.exchange.handover import is_ours, read_data, read_handover
from ksbtui.journal.exchange.opened import (
    Opened,
    Side,
    feedback_data,
    marked_sent,
    plan_feedback,
    read_side,
    sides,
    write_side,
)
from ksbtui.journal.journal import Journal
from ksbtui.presentation.exchange import feedback_lines, left_out_text, opened_lines, sharing_lines
from ksbtui.store.files.keys import find_key, keep_key, known_keys, public_key
from ksbtui.store.files.sealed import own_key

_locks = options(
    click.option(
        "--to", multiple=True, metavar="KEY", help="Encrypt it for this key, or a name you saved."
    ),
    click.option(
        "--passphrase", is_flag=True, help="Encrypt it with a passphrase. ksbtui asks for it."
    ),
    click.option(
        "--plain", is_flag=True, help="Do not encrypt it. Anybody can then read the file."
    ),
)

ON_OPENED = frozenset(
    (
        *("list", "show", "week", "status", "hours", "coverage", "timeline", "next", "rules"),
        *("discuss", "project", "scan", "gateway", "coach", "review", "action", "export"),
        *("history", "undo", "redo", "digest", "examples"),
    )
)
"""Commands that make sense on a journal that was handed over."""


@click.group()
def handover() -> None:
    r"""Share your journal with a tutor, and import their feedback.

    \b
    ksbtui handover key                                    show your public key
    ksbtui handover share amira.ksb --to age1…             the learner writes a file
    ksbtui handover open amira.ksb                         the tutor opens it
    ksbtui handover open amira.ksb coach verify 3yhv --by "Ruth Adeyemi"
    ksbtui handover feedback back.ksb --by "Ruth Adeyemi"  the tutor writes their side
    ksbtui import back.ksb                                 the learner imports it

    Nothing is sent: you move the files yourself.
    """


@handover.command()
@click.argument("file")
@_locks
@click.option("--since", metavar="DAY", help="Only entries from this day.")
@redact_option
@click.option(
    "--dry-run", is_flag=True, help="Show what the file would contain, without writing it."
)
@reporting
def share(
    journal: Journal,
    file: str,
    since: str | None,
    redact: bool | None,
    dry_run: bool,
    as_json: bool,
    **locks: Any,
) -> None:
    """Write one file with your journal for a tutor, encrypted.

    The file never contains private entries, private evidence, private notes, drafts, settings
    or the paths of your files.
    """
    path = Path(file).expanduser()
    lock = None if dry_run else _lock(**locks)
    _check_target(path, journal)
    with Progress("Looking through your journal"):
        sharing = journal.handover.share(read_day_if(since, journal))
    findings = sharing.findings
    redacted = bool(findings and ask_about(findings, redact, "file"))
    with Progress(f"Writing {path.name}"):
        sharing = sharing.redacted() if redacted else sharing
        if lock is not None:
            save_file(path, sharing.data(**lock))
    if as_json:
        print_json(
            {
                "path": None if dry_run else str(path),
                "encrypted": bool(lock and not lock["plain"]),
                "holds": sharing.counts(),
                "private_left_out": sharing.file.left_out,
                "found": len(findings),
                "redacted": redacted,
            }
        )
        return
    say("The file contains:")
    say(*(f"  {line}" for line in sharing_lines(sharing.counts(), sharing.file.since)))
    say(left_out_text(sharing.file.left_out, sharing.file.left_out_minutes))
    if dry_run:
        say("Nothing was written.")
    else:
        click.echo(str(path))


def _check_target(path: Path, journal: Journal) -> None:
    if path.is_dir():
        raise Conflict(f"{path} is a folder.", "Enter the path of a file in it.")
    if path.absolute() == journal.path.absolute():
        raise Conflict("That is the journal itself.", "Choose another file name.")
    if path.exists() and not is_ours(path):
        raise Conflict(
            f"{path} already exists and is not a shared journal. Nothing was written.",
            "Choose another file name.",
        )


def _lock(to: tuple[str, ...], passphrase: bool, plain: bool) -> dict[str, Any]:
    """How to lock a file, as the options say: for keys, with a passphrase, or not at all."""
    if bool(to) + passphrase + plain != 1:
        raise Unreadable(
            "You have not said who can open the file.",
            "Add --to KEY (repeat for more), --passphrase, or --plain for anybody.",
        )
    return {
        "to": tuple(find_key(key) for key in to),
        "passphrase": ask_passphrase(confirm=True) if passphrase else "",
        "plain": plain,
    }


def ask_passphrase(confirm: bool = False) -> str:
    """Ask for a passphrase unseen; without a terminal it is the first line of stdin."""
    if sys.stdin.isatty():
        typed: str = click.prompt(
            "Passphrase", hide_input=True, confirmation_prompt=confirm, err=True
        )
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
    if not typed:
        raise Unreadable("The passphrase is empty.", "Type one, or pipe it in as one line.")
    return typed


@handover.command(
    "open", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False}
)
@click.argument("file")
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def open_(ctx: click.Context, file: str, command: tuple[str, ...]) -> int:
    """Open a journal that a learner shared with you, on the screen or for one COMMAND.

    You can read it, and in a call you can verify entries, ask questions, write notes and
    agree actions. It is opened in memory only; nothing of it is saved on this computer. What
    you add is saved for you only, until you write it to a file with: ksbtui handover
    feedback FILE. With --json instead of a command it describes the file.
    """
    as_json = command == ("--json",)
    if command and not as_json and command[0] not in ON_OPENED:
        raise Conflict(
            f"{command[0]} does not work on a shared journal.",
            f"Use one of: {', '.join(sorted(ON_OPENED))}.",
        )
    context: Context = ctx.obj
    opened = open_file(Path(file).expanduser(), context)
    if not command or as_json:
        return _show_opened(opened, as_json)
    journal = journal_of(opened)
    inner = Context()
    inner.__dict__.update(journal=journal, clock=context.clock)
    result = root.main(list(command), prog_name="ksbtui", standalone_mode=False, obj=inner)
    return result if isinstance(result, int) else 0


def open_file(path: Path, context: Context) -> Opened:
    """Read a hand-over and open it in memory."""
    data = read_data(path, ask_passphrase)
    with Progress(f"Opening {path.name}"):
        document = read_handover(data, path.name)
        opened = Opened(document, path, context.clock)
    side = read_side(document.learner)
    if side and side.about > document.made_at:
        say(f"You have already opened a newer file from {side.name or 'this learner'}.")
    return opened


def journal_of(opened: Opened) -> Journal:
    """The journal object that commands and screens take."""
    return Journal(context=opened.context)


def _show_opened(opened: Opened, as_json: bool) -> int:
    file, waiting = opened.file, len(opened.side().waiting)
    if as_json:
        fields = {key: getattr(file, key) for key in ("learner", "name", "made_at", "since")}
        counts = {"entries": len(file.entries), "private_left_out": file.left_out}
        print_json({**fields, **counts, "waiting": waiting})
        return 0
    if is_terminal():
        return open_journal(journal_of(opened))
    print_lines(opened_lines(file, waiting))
    say("Run it on a terminal to see it on the screen, or add a command, such as status.")
    return 0


@handover.command()
@click.argument("file")
@click.option(
    "--for",
    "learner",
    metavar="NAME",
    help="The learner it is for, if you have notes about several.",
)
@click.option("--by", metavar="NAME", help="Your name, as the learner will see it.")
@_locks
@json_option
@click.pass_context
def feedback(
    ctx: click.Context,
    /,
    file: str,
    learner: str | None,
    by: str | None,
    as_json: bool,
    **locks: Any,
) -> None:
    """Write your feedback on a learner's journal as one file for them to import.

    It is encrypted for the learner's key unless you choose otherwise. Each file contains
    all your feedback, so the learner can import the files in any order.
    """
    path, side = Path(file).expanduser(), _side(learner)
    if path.is_dir() or (path.exists() and not is_ours(path)):
        raise Conflict(f"{path} already exists. Nothing was written.", "Choose another file name.")
    chosen = any(locks.values())
    if not chosen and not side.reply_to:
        raise Unreadable(
            "The learner's file contains no key.", "Use --to, --passphrase or --plain."
        )
    lock = {"to": (side.reply_to,), "passphrase": "", "plain": False}
    document = plan_feedback(side, by or "", ctx.obj.clock)
    save_file(path, feedback_data(document, **_lock(**locks) if chosen else lock))
    write_side(marked_sent(side, side.lines))
    if as_json:
        print_json({"path": str(path), "lines": len(document.lines), "learner": side.learner})
        return
    say(*(f"  {line}" for line in feedback_lines(document.lines)))
    click.echo(str(path))


def _side(name: str | None) -> Side:
    """The side to write: the one named, else the only one that waits."""
    written = [side for side in sides() if side.lines]
    if name:
        wanted = " ".join(name.split()).casefold()
        written = [side for side in written if wanted in (side.name.casefold(), side.learner)]
    if not written:
        about = f"about {name} yet" if name else "to write yet"
        raise NotFound(
            f"You have no feedback {about}.",
            "Open a learner's file first: ksbtui handover open FILE",
        )
    waiting = [side for side in written if side.waiting] or written
    if len(waiting) > 1:
        names = ", ".join(f"{side.name or 'unnamed'} ({side.learner})" for side in waiting[:6])
        raise Conflict(f"You have notes about several learners: {names}.", "Add --for NAME.")
    return waiting[0]


@handover.command()
@click.option(
    "--keep", nargs=2, metavar="NAME KEY", help="Save somebody's public key under a name."
)
@click.option("--forget", metavar="NAME", help="Delete the key of that name.")
@click.option("--qr/--no-qr", default=None, help="Also show it as a QR code, or not.")
@json_option
def key(keep: tuple[str, str] | None, forget: str | None, qr: bool | None, as_json: bool) -> None:
    """Show your public key (made the first time), and save other people's keys.

    Send your public key to people who write files for you. Your secret key stays in its file.
    Never share that file, and keep a copy of it somewhere safe.
    """
    if keep:
        keep_key(*keep)
    if forget:
        keep_key(forget, "")
    own = own_key()
    assert own is not None, "it was made"
    signing = public_key(own)
    if as_json:
        print_json(
            {
                "key": own.public,
                "signing_key": signing,
                "fingerprint": fingerprint(signing),
                "path": str(own.path),
                "known": known_keys(),
            }
        )
        return
    click.echo(own.public)
    say(f"Your signatures show as: {fingerprint(signing)}")
    say(f"Your secret key: {own.path} (only you can read it; keep a copy)")
    say(*(f"{name}: {other}" for name, other in sorted(known_keys().items())))
    if qr or (qr is None and sys.stdout.isatty()):
        _show_qr(own.public)


def _show_qr(text: str) -> None:
    """Draw a QR code with characters that every terminal has."""
    import segno  # deferred: for those who show a QR code

    rows = [list(row) for row in segno.make(text.upper(), error="m").matrix_iter(border=2)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    blocks = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}
    for top, bottom in zip(rows[::2], rows[1::2], strict=True):
        click.echo("".join(blocks[bool(a), bool(b)] for a, b in zip(top, bottom, strict=True)))
