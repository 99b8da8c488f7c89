"""Marks of Markdown, HTML, LaTeX, BBCode and Jira, taken off one run of text."""

from __future__ import annotations

import html
import re

_LATEX = re.compile(
    r"\\(?:textcolor|colorbox)\s*\{[^{}]*\}\s*\{([^{}]*)\}|\{?\\color\s*\{[^{}]*\}|"
    r"\\(?:text(?:bf|it|sf|rm|tt)?|emph|underline|math(?:bf|sf|rm|it)|bf|it)\b\s*\{([^{}]*)\}"
)
_COLOURED = re.compile(
    r"\[/?(?:color|colour|b|i|u|size|font)(?:=[^\[\]]{0,40})?\]|\{/?colou?r(?::[^{}]{0,40})?\}"
    r"|==(?=\S)|(?<=\S)==|~~",
    re.IGNORECASE,
)
_BRACES = re.compile(r"\{([^{}\\]*)\}")
_MATHS = re.compile(r"\$+([^$]{0,4000}?)\$+")
_TEXT_TAG = re.compile(
    r"</?(?:p|br|li|ul|ol|b|i|em|strong|span|div|td|th|tr|table|tbody|thead|h[1-6]|u|sup|sub)"
    r"(?:\s[^<>]{0,400})?/?>",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?:[-*+•·‣▪●○◦–]|\d{1,3}[.)])\s+")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])[*_](?=\w)|(?<=[\w.:;)])[*_](?![\w*])")
_LINK_AFTER = re.compile(
    r"(?<=[.;:!?)\]])\s*\[(?!\W*[KSB]\d)[^\[\]]{0,300}\]\([^()\s]{0,2000}\)[\s.]*$"
)
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}(?:\s+\"[^\"()]{0,300}\")?\)")
_URL_AFTER = re.compile(
    r"\s*[(<\[]?\s*(?:(?:see(?: also)?|more|link|source|read more)\b\s*:?\s*(?:at\s+)?)?"
    r"\b(?:https?://|www\.)\S+$",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\s*[\[(↑^]*\s*\b(?:back to|return to|go to|jump to)\s+(?:the\s+)?"
    r"(?:top|dut(?:y|ies)|contents?|index|list|page)\b[^.]{0,30}$",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """One run of text without list mark, emphasis, tags, trailing links or doubled spaces.

    A link inside a sentence keeps its words; one after the sentence's end is dropped.
    """
    if "<" in text:
        text, count = _TEXT_TAG.subn(" ", text)
        if count:
            text = html.unescape(text)
    if any(mark in text for mark in ("\\", "[", "{", "==", "~~", "$")):
        text = _unmarked(text)
    text = " ".join(text.replace("\u00a0", " ").replace("\u00ad", "").split())
    text = _MARK.sub("", text, count=1) if _MARK.match(text) else text
    if "](" in text:
        text = _LINK_AFTER.sub("", text)
        text = _LINK.sub(r"\1", text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub("", text)
    if "http" in text or "www." in text:
        text = _URL_AFTER.sub("", text)
    if len(text) < 5_000:
        text = _BACK.sub("", text)
    return text.strip(" ¶#\u200b\ufeff")


def _unmarked(text: str) -> str:
    """A text without the marks of LaTeX, BBCode and Jira for colour and weight."""
    bare = text
    for _ in range(4):
        text, count = _LATEX.subn(r"\1\2", text)
        if not count:
            break
        bare = _BRACES.sub(r"\1", text)
    return _MATHS.sub(r"\1", _COLOURED.sub("", bare))
