"""A one-line dialog that does something with its answer and stays where that is refused."""

from __future__ import annotations

from collections.abc import Callable

from textual.await_complete import AwaitComplete

from ksbtui.errors import KsbtuiError
from ksbtui.widgets.forms.ask import Ask, Value
from ksbtui.widgets.text.detail import RichText
from ksbtui.widgets.text.styles import MUTED, REFUSED


class AskAndDo(Ask[Value]):
    """Runs ``do`` on the answer before it closes; a refusal stands at the field."""

    def __init__(
        self,
        title: str,
        read: Callable[[str], Value],
        do: Callable[[Value], object],
        *,
        value: str = "",
        text: str = "",
        echo: Callable[[Value], str] | None = None,
    ) -> None:
        super().__init__(title, read, value=value, text=text, echo=echo)
        self._do = do

    def dismiss(self, result: Value | None = None) -> AwaitComplete:
        """Close with an answer that could be done, or without one."""
        if result is not None:
            try:
                self._do(result)
            except KsbtuiError as error:
                hint = [(error.hint, MUTED)] if error.hint else None
                self.query_one("#below", RichText).show([(error.message, REFUSED)], hint)
                return AwaitComplete()
        return super().dismiss(result)
