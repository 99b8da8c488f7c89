"""A place without a screen yet."""

from ksbtui.screens.shell.page import Page


class Blank(Page):
    question = "Nothing here."
