"""``export``, ``capture`` and ``digest``: what is written for others.

Personal data in it is shown first, and removed where wanted.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.context import (
    complete_codes,
    completing,
    read_codes,
    read_day_if,
    read_module,
    reporting,
    with_journal,
)
from ksbtui.cli.output import print_json, print_rows, raw_stderr, say
from ksbtui.core.durations import say_minutes
from ksbtui.core.exchange.personal_data import TAKEN_OUT, check_text, finding_lines
from ksbtui.core.exchange.personal_data import redact as remove_personal_data
from ksbtui.core.text.text import number_of
from ksbtui.errors import Conflict, Unreadable
from ksbtui.exports import REPORTS
from ksbtui.exports.making import export as make
from ksbtui.exports.making import save_file, save_new
from ksbtui.exports.reports.otj import layouts
from ksbtui.exports.reports.source import Scope
from ksbtui.store.files.paths import typed_path

if TYPE_CHECKING:
    from ksbtui.core.exchange.personal_data import Finding
    from ksbtui.exports.making import Made
    from ksbtui.journal.journal import Journal


redact_option = click.option(
    "--redact/--keep-personal-data",
    default=None,
    help="Remove personal data from the file, or keep it, without asking.",
)


def ask_about(findings: Sequence[Finding], redact: bool | None, what: str) -> bool:
    """Show what was found and where; ask on a terminal, else follow ``redact`` or stop.

    ``what`` it is in is an export or a file. Tells whether to remove it. Refuses where
    nothing was said and nobody can be asked: personal data never leaves unseen.
    """
    pieces = number_of(len(findings), "piece")
    say(f"This {what} contains {pieces} of personal data:")
    say(*(f"  {line}" for line in finding_lines(findings)))
    if redact is None:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise Conflict(
                f"The {what} was not written, because it contains personal data.",
                "Add --redact to remove it, or --keep-personal-data to keep it.",
            )
        redact = click.confirm(f"Remove it from this {what}?", default=True, err=True)
    if redact:
        say(TAKEN_OUT.format(what=what))
    else:
        say(f"The {what} still contains it.")
    return redact


def save_checked(journal: Journal, text: str, save: str, redact: bool | None) -> Path:
    """Write a text where no file is yet, once its personal data was asked about."""
    names = journal.exchange.names
    findings = check_text(text, names)
    if findings and ask_about(findings, redact, "file"):
        text = remove_personal_data(text, names)
    return save_new(Path(save), text)


WAIT_SECONDS = 1.0
"""What takes longer than this shows how far it is."""


@completing
def _complete_reports(_: Journal | None) -> Iterable[tuple[str, str]]:
    return ((name, report.text) for name, report in REPORTS.items())


@click.command()
@click.argument("report", required=False, shell_complete=_complete_reports)
@click.argument("path", required=False)
@click.option("--since", metavar="DAY", help="From this day.")
@click.option("--until", metavar="DAY", help="Up to this day.")
@click.option("--module", metavar="N", help="Only activities of this module.")
@click.option(
    "--ksb",
    metavar="CODES",
    help="Only activities tagged with these KSBs.",
    shell_complete=complete_codes,
)
@click.option(
    "--layout", metavar="NAME", default="", help="The layout of the training log. See --layouts."
)
@click.option("--review", metavar="held|next|ID", default="", help="The review to write.")
@click.option("--with-private", is_flag=True, help="Include private entries in full.")
@redact_option
@click.option(
    "--excel", is_flag=True, help="Write a CSV so that Excel shows accents and symbols correctly."
)
@click.option("--layouts", is_flag=True, help="List the layouts of the training log.")
@click.option("--names", is_flag=True, help="List the names ksbtui checks for.")
@click.option("--name", metavar="NAME", multiple=True, help="Check every export for this name.")
@click.option(
    "--forget-name", metavar="NAME", multiple=True, help="Stop checking exports for this name."
)
@reporting
def export(
    journal: Journal, report: str | None, path: str | None, as_json: bool, **options: Any
) -> None:
    """Write a report to PATH; its suffix is the file type.

    \b
    REPORTS

    \b
    ksbtui export otj october.xlsx --since 1/10 --until 31/10
    ksbtui export otj log.csv --layout apac
    ksbtui export portfolio portfolio.html --ksb K1-K4
    ksbtui export review review.docx --review held     the last one, else the one in hand
    ksbtui export --name "Ruth Adeyemi"      look for this name before every export

    It first checks for personal data: names with a title, addresses, postcodes, e-mail
    addresses, telephone, National Insurance, NHS, bank, card and learner numbers, dates of
    birth, and your list of names. --redact removes them from the export only.
    Private entries show only their day, type and time.
    """
    if options["name"] or options["forget_name"] or options["names"]:
        names = journal.exchange.keep_names(options["name"], options["forget_name"])
        if report is None:
            _say_names(names, as_json)
            return
    if options["layouts"]:
        _say_layouts(as_json)
        return
    for given, hint in ((report, "REPORT"), (path, "PATH")):
        if given is None:
            raise click.MissingParameter(param_hint=hint, param_type="argument")
    _export(journal, str(report), typed_path(str(path)), options, as_json)


def _report_lines() -> str:
    """Every report of the registry, for the help: name, what it is, file types."""
    return "\n    ".join(
        f"{name:<16}{report.text:<41}{' '.join(filter(None, report.suffixes))}".rstrip()
        for name, report in REPORTS.items()
    )


export.help = (export.help or "").replace("REPORTS", _report_lines())


def _export(
    journal: Journal, report: str, path: Path, options: dict[str, Any], as_json: bool
) -> None:
    _ = journal.enrolled
    module = read_module(options["module"]) if options["module"] else None
    scope = Scope(
        since=read_day_if(options["since"], journal),
        until=read_day_if(options["until"], journal),
        module=module,
        no_module=bool(options["module"]) and module is None,
        ksbs=read_codes(options["ksb"], journal),
        with_private=options["with_private"],
        layout=options["layout"],
        review=options["review"],
    )
    with Progress(f"Writing {path.name}") as progress:

        def ask(findings: tuple[Finding, ...]) -> bool:
            progress.close()
            return ask_about(findings, options["redact"], "export")

        made = make(journal, report, path, scope, ask, progress, mark_for_excel=options["excel"])
    if as_json:
        kinds = Counter(finding.kind for finding in made.findings)
        counts = {"entries": made.entries, "minutes": made.minutes, "private": made.private}
        path_json = {"path": str(made.path)}
        print_json(path_json | counts | {"found": dict(kinds), "redacted": made.redacted})
        return
    click.echo(str(made.path))
    _say_made(report, made)


def _say_made(report: str, made: Made) -> None:
    if report.lower() in ("calendar", "review"):
        return
    entries = number_of(made.entries, "entry", "entries")
    say(f"{entries}, {say_minutes(made.minutes)}.")
    if made.private and report.lower() == "json":
        say(f"It contains everything, including {made.private} private entries.")
    elif made.private:
        say(f"{made.private} private: day, type and time only (--with-private shows them).")


def _say_names(names: tuple[str, ...], as_json: bool) -> None:
    if as_json:
        print_json({"names": names})
    elif names:
        print_rows((name,) for name in names)
    else:
        say('No names to check for yet. Add one with: ksbtui export --name "First Last"')


def _say_layouts(as_json: bool) -> None:
    offered = layouts().items.values()
    if as_json:
        print_json({"layouts": [{"id": layout.id, "title": layout.title} for layout in offered]})
    else:
        print_rows((layout.id, layout.title, f"{layout.entries} entries") for layout in offered)


class Progress:
    """What a person sees of a wait of over a second, on a terminal's stderr.

    The seconds count up until it is known how much there is to do; then a bar stands there.
    """

    def __init__(self, label: str) -> None:
        self._label = label
        self._started = time.monotonic()
        self._bar: Any = None
        self._done = 0
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._shown = ""
        if sys.stderr.isatty():
            threading.Thread(target=self._count, daemon=True).start()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _count(self) -> None:
        while not self._ended.wait(WAIT_SECONDS):
            with self._lock:
                if self._ended.is_set():
                    return
                self._shown = f"{self._label}: {int(time.monotonic() - self._started)} s"
                self._write(f"\r{self._shown}")

    def _stop_counting(self) -> None:
        with self._lock:
            self._ended.set()
            if self._shown:
                self._write("\r" + " " * len(self._shown) + "\r")
                self._shown = ""

    def _write(self, text: str) -> None:
        with suppress(OSError, ValueError):  # a terminal that has gone
            raw_stderr().write(text)
            raw_stderr().flush()

    def __call__(self, done: int, total: int) -> None:
        """Tell how far it is."""
        if self._bar is None:
            late = time.monotonic() - self._started > WAIT_SECONDS
            if not late or done * 4 > total * 3 or not sys.stderr.isatty():
                return
            self._stop_counting()
            self._bar = click.progressbar(length=total, label=self._label, file=raw_stderr())
            self._bar.__enter__()
            self._done = 0
        if done - self._done >= max(1, total // 100):
            self._bar.update(done - self._done)
            self._done = done

    def close(self) -> None:
        """Finish the bar, if there was one."""
        self._stop_counting()
        if self._bar is not None:
            self._bar.update(self._bar.length - self._done)
            self._bar.__exit__(None, None, None)
            self._bar = None


@click.command()
@click.argument("path")
@with_journal
def capture(journal: Journal, path: str) -> None:
    """Make a page for noting activities on your phone, offline.

    \b
    ksbtui capture capture.html
    ksbtui import ksbtui-capture.csv

    Copy the page to your phone and open it in the browser. Your entries stay on the phone
    until you save them as ksbtui-capture.csv. Copy that file to this computer and import it.
    The page sends nothing and contains nothing from your journal.
    """
    # deferred: Jinja; rich further down: commands in plain lines do without
    from ksbtui.exports.formats.as_html import capture_page

    target = typed_path(path)
    if target.suffix.lower() not in (".html", ".htm"):
        raise Unreadable("The capture page is an HTML file.", "End the path with .html.")
    if target.exists():
        raise Conflict(f"{target} already exists.", "Choose another file name.")
    save_file(target, capture_page(journal.enrolled))
    click.echo(str(target))
    say("Copy it to your phone and open it in the browser. It works offline.")


@click.command()
@click.option(
    "--for", "reader", default="me", metavar="WHO", help="Who it is for: employer, tutor or me."
)
@click.option("--since", metavar="DAY", help="From this day. The default is the last 7 days.")
@redact_option
@reporting
def digest(
    journal: Journal, reader: str, since: str | None, redact: bool | None, as_json: bool
) -> None:
    r"""Print a short text for an e-mail: what you did, your hours, what is next.

    \b
    ksbtui digest --for employer
    ksbtui digest --for tutor --since 1/11 > mail.txt

    It contains nothing private, is checked for personal data, and is not sent anywhere. Type
    in what your employer answers: ksbtui gateway verify B1 --by NAME --comment TEXT. An
    employer who has ksbtui can open your hand-over and write it there.
    """
    from ksbtui.presentation.exchange import digest_json, digest_text  # loads rich

    summary = journal.digests.digest(reader.strip().lower(), read_day_if(since, journal))
    text, names = digest_text(summary), journal.exchange.names
    findings = check_text(text, names) if summary.reader != "me" else ()
    redacted = bool(findings and ask_about(findings, redact, "text"))
    if redacted:
        text = remove_personal_data(text, names)
    if not as_json:
        click.echo(text, nl=False)
    elif redacted:
        say("Leave the entries out of the document.")
        print_json({"reader": summary.reader, "text": text, "redacted": True})
    else:
        print_json({**digest_json(summary), "redacted": False})
