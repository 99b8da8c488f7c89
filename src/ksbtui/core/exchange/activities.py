"""Activities as files name them: what every reader returns, and what was odd."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

TITLE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity as a file has it, before the journal's rules and standard look at it."""

    row: int
    day: date
    minutes: int
    title: str
    type: str = ""
    """An activity type's id; empty where the file names none that is known."""
    module: int | None = None
    notes: str = ""
    learned: str = ""
    codes: tuple[str, ...] = ()
    """KSB codes as found, normalised (``K1``); the standard may lack some."""
    paid: str = "yes"
    links: tuple[tuple[str, str], ...] = ()
    """Evidence on the web: title and target."""
    where: str = ""
    """The sheet or file it stands in, where there is more than one."""
    first_day: date | None = None
    """The first day of a block, of which ``day`` is the last."""
    new_learning: bool = True
    relevant: bool = True
    private: bool = False
    verified: tuple[str, date] | None = None
    """Who had verified it and when, in a file of ksbtui's own."""
    submitted: date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A row and what was odd about it."""

    row: int
    reason: str
    where: str = ""

    @property
    def text(self) -> str:
        """The note in one line: ``row 14: no hours``."""
        place = f"{self.where}, row {self.row}" if self.where else f"row {self.row}"
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """One column: its letter, heading, what it was taken for, and its first value.

    ``aside`` says why nothing is read of it; empty where something is.
    """

    letter: str
    heading: str
    means: str
    example: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class TableSeen:
    """One table of a file: where it stands, what was read of it, or the reason why nothing."""

    number: int
    """From 1 through the whole file; ``--table`` names it."""
    sheet: str
    title: str
    first: int
    last: int
    """Rows from 1, the headings included."""
    columns: tuple[ColumnSeen, ...] = ()
    rows: int = 0
    minutes: int = 0
    aside: str = ""
    shape: tuple[str, ...] = ()
    mapped: bool = False
    """Whether a person named columns of it."""

    @property
    def name(self) -> str:
        """The table in a few words: its number, title and sheet."""
        title = f' "{self.title}"' if self.title else ""
        return f"table {self.number}{title}"


@dataclass(slots=True)
class Reading:
    """What a file holds. ``refused`` are rows with a day and time that cannot be read."""

    activities: list[Activity] = field(default_factory=list)
    skipped: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    refused: list[Note] = field(default_factory=list)
    tables: list[TableSeen] = field(default_factory=list)
    own: bool = False
    """Whether ksbtui wrote the file: its rows may be entries that are here already."""

    def add(self, other: Reading) -> None:
        """Take in what another part of the file holds."""
        self.activities += other.activities
        self.skipped += other.skipped
        self.warnings += other.warnings
        self.refused += other.refused
        self.tables += other.tables
        self.own |= other.own

    def within(self, name: str) -> Reading:
        """The same, each row told apart by the name of its file."""
        skipped, warnings, refused = (
            [replace(note, where=f"{name} {note.where}".strip()) for note in notes]
            for notes in (self.skipped, self.warnings, self.refused)
        )
        return Reading(
            [replace(item, where=f"{name} {item.where}".strip()) for item in self.activities],
            skipped,
            warnings,
            refused,
            own=self.own,
            tables=[replace(table, sheet=f"{name} {table.sheet}".strip()) for table in self.tables],
        )


def headline(text: str) -> tuple[str, str]:
    """A title of one line out of a text, and the whole text where the title is only a part."""
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    first = next((line for line in lines if line), "")
    if len(first) > TITLE_LENGTH:
        cut = first[:TITLE_LENGTH].rsplit(" ", 1)[0]
        return f"{cut}…", text.strip()
    return first, text.strip() if len([line for line in lines if line]) > 1 else ""
