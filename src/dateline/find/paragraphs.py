"""Finds in each paragraph by itself, and once: what a paragraph holds by its own words is kept with it, wherever it stands again."""

from collections.abc import Callable, Hashable, Sequence

from dateline.records import Analysis


def in_each_part[Found](
    a: Analysis, key: Hashable, find: Callable[[Analysis], Sequence[Found]], moved: Callable[[Found, int], Found]
) -> list[Found]:
    """What `find` finds in every part of an analysis, `moved` to where the part stands; `key` says all that it reads beside the part."""
    found: list[Found] = []
    for block, part in zip(a.blocks, a.parts, strict=True):
        if key not in part.kept:
            part.kept[key] = find(part)
        found += [moved(each, block.start) for each in part.kept[key]]
    return found
