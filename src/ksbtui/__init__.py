"""ksbtui: an offline, keyboard-first training journal for apprentices in England."""

__version__ = "0.1.0"
