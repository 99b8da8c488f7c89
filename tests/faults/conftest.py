"""The shells of the command line, for faults met by commands."""

from tests.cli.conftest import bare, shell

__all__ = ["bare", "shell"]
