"""Text of a report for a page or a terminal: control and direction characters are seen, and never act on what stands around them."""

from typing import Any

# One for one, so that every offset stays.
SEEN = {i: 0x2400 + i for i in range(32) if chr(i) not in "\n\t"} | {0x7F: 0x2421} | dict.fromkeys(
    [*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, *range(0xD800, 0xE000)], 0xFFFD
)  # fmt: skip


def seen(value: Any) -> Any:
    """What a template prints: text with such characters made visible; anything else as it is."""
    return value.translate(SEEN) if isinstance(value, str) else value
