"""ksbtui: an offline, keyboard-first training journal for apprentices in England."""

__version__ = "1.0.0"
