"""``slicer.i18n``: translation, and a language that no marked string survives unchanged in."""

from typing import Any

_language = {"tr": lambda text: text}


def tr(text: str) -> str:
    """The text in the user's language."""
    return _language["tr"](text)


def translate(_context: str, text: str, _comment: Any = None) -> str:
    """The same for a string of another context."""
    return _language["tr"](text)


def speak(translator: Any) -> None:
    """Translate with this function from now on; None is English again."""
    _language["tr"] = translator or (lambda text: text)


def pseudo(text: str) -> str:
    """Every marked string in brackets, 40 % longer, placeholders kept."""
    return f"[{text}{'~' * max(1, round(len(text) * 0.4) - 2)}]"
