"""Every refusal a person can meet.

A refusal is two plain lines: what happened, and what to do next. Front ends print
both and change nothing.

KsbtuiError
├── Unreadable      something typed or a file's content cannot be understood
├── NotFound        no entry, standard, file … of that name
├── Conflict        it would contradict what the journal already holds
├── StoreProblem    the journal file cannot be opened, read or written
│   ├── Busy        another program is writing it
│   └── Damaged     what is in it is broken: nothing is written into it any more
└── SeedProblem     a data file (standard, programme, rules …) is broken
"""


class KsbtuiError(Exception):
    """A refusal with the way out: ``message`` says what happened, ``hint`` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Unreadable(KsbtuiError):
    """Something typed, or the content of a file, cannot be understood."""


class NotFound(KsbtuiError):
    """Nothing of that name is here."""


class Conflict(KsbtuiError):
    """The request contradicts what the journal already holds."""


class StoreProblem(KsbtuiError):
    """The journal file cannot be opened, read or written."""


class Busy(StoreProblem):
    """Another program is writing the journal; later it will work."""


class Damaged(StoreProblem):
    """The journal file is broken; it is read as far as it goes and no longer written."""


class SeedProblem(KsbtuiError):
    """A data file is broken; the message names file, place and reason."""
