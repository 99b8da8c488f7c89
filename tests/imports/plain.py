"""The plain form: a standard as lines a person can write by hand.

Facts as ``Label: value``, then one KSB a line: its code, a tab, its statement. The
statements of an option follow a line ``Option: NAME``; a line ``Core`` leads back.
"""

from __future__ import annotations

from ksbtui.core.programme.standards import Standard


def plain_form(standard: Standard) -> str:
    """The standard's facts and KSBs in the plain form; duties and outcomes are left out."""
    hours = standard.min_minutes
    facts = (
        ("Title", standard.title),
        ("Reference", standard.ref),
        ("Version", standard.version),
        ("Level", "" if standard.level is None else str(standard.level)),
        ("Minimum hours", "" if hours is None else str(hours // 60)),
    )
    lines = [f"{label}: {value}" for label, value in facts if value]
    option = ""
    for name in ("", *standard.options):
        for ksb in standard.ksbs:
            if ksb.option == name:
                if name != option:
                    lines.append(f"Option: {name}")
                    option = name
                lines.append(f"{ksb.code}\t{ksb.text}")
    return "\n".join(lines) + "\n"
