"""Characters that steer a terminal, turn the direction of writing or are half of one → shown for what they are, dropped, or replaced."""

import re

__all__ = ["dropped", "printable", "visible"]

# control characters but tab and line ends, and marks that turn what follows them round; half characters, which stand for a name's broken bytes
_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_UNPAIRED = re.compile("[\ud800-\udfff]")


def visible(text: str, *, line: bool = False) -> str:
    r"""A text that a terminal shows and does not obey; the escapes are also those of JSON.

    Args:
        text: any text.
        line: whether it has to stay on one line.

    >>> print(visible("\x1b[31mred"), visible("a\nb", line=True))
    \u001b[31mred a\u000ab
    """
    text = _ACTING.sub(_escape, text)
    return re.sub(r"[\t\n]", _escape, text) if line else text


def dropped(text: str) -> str:
    """A text without them: what a page shows.

    >>> dropped("a\\u202eb")
    'ab'
    """
    return _ACTING.sub("", text)


def printable(text: str) -> str:
    """Text that UTF-8 can hold, of the same length: half a surrogate pair becomes U+FFFD.

    >>> printable("甲\\ud800县") == "甲\ufffd县"
    True
    """
    return _UNPAIRED.sub("\ufffd", text) if _UNPAIRED.search(text) else text


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
