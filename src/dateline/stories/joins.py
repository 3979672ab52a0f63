"""Which reports tell one story, and why: each join names its reason in one sentence, and can be undone.

A story is a set of reports joined by shared happenings (the same type, parties and day) or shared quotations, all within a week; copies
follow their original.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from datetime import date

from dateline.records import Base, Event, Party, Record
from dateline.stories.prints import WORD, runs

WINDOW = 7  # days between two printings of one story
LEAST_QUOTED = 8  # words of a quotation that two reporters do not write down by chance
MOST_HOLDERS = 300  # reports under one key: beyond, the key is no sign of a story
NEEDED = 2  # points for a join

POINTS = {"event": 2, "act": 1, "quotation": 2, "place": 1}


class Join(Base, frozen=True, kw_only=True):
    """Two reports of one story, one reason, said in one sentence."""

    a: str
    b: str
    reason: str
    says: str


class Signs(Base, frozen=True, kw_only=True):
    """What a report is joined by: (reason, key) → how a person would say it."""

    id: str
    day: date | None  # of printing; None where no day is known
    keys: dict[tuple[str, str], str]


def signs_of(record: Record, text: str) -> Signs:
    """The new happenings, places and quotations of one report."""
    keys: dict[tuple[str, str], str] = {}
    for event in record.events:
        if event.reported_as == "new" and event.status == "actual" and event.type and event.when.start == event.when.end is not None:
            keys.update(_event_keys(event))
    for statement in record.statements:
        speaker = WORD.findall(statement.speaker.name.casefold())[-1:] if statement.speaker else []
        for quote in statement.quoted:
            words = text[quote.start : quote.end]
            if speaker and len(WORD.findall(words)) >= LEAST_QUOTED:
                said = f"both quote {statement.speaker.name if statement.speaker else ''}: “{' '.join(words.split())[:80]}”"
                keys.update({("quotation", f"{speaker[0]}|{n}"): said for n in runs(words, LEAST_QUOTED).tolist()})
    published = record.report.published
    return Signs(id=record.id, day=day_of(published.value if published else None), keys=keys)


def day_of(published: str | None) -> date | None:
    """The day of a stamp; None where it states none."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _event_keys(event: Event) -> Iterator[tuple[tuple[str, str], str]]:
    """Keys of parties that say who it was: a country, or a name of its own; "rebels" and "the army" are everywhere."""
    actors, recipients = (sorted({(p.country or p.name).casefold() for p in side if _known(p)}) for side in (event.actor, event.recipient))
    day = event.when.start
    if actors and recipients:
        key = f"{event.type}|{'+'.join(actors)}|{'+'.join(recipients)}|{day}"
        yield ("event", key), f"both report {event.type} by {', '.join(actors)} towards {', '.join(recipients)} on {day}"
    for name in actors or recipients:
        yield ("act", f"{event.type}|{name}|{day}"), f"both report {event.type} with {name} on {day}"
    if event.where and event.where.geonames_id:
        yield ("place", f"{event.type}|{event.where.geonames_id}|{day}"), f"both report {event.type} in {event.where.name} on {day}"


def _known(party: Party) -> bool:
    return bool(party.country) or party.name[:1].isupper()


def find_joins(reports: Iterable[Signs]) -> list[Join]:
    """Every pair that has points enough, with each of its reasons; in order of the pair. Reports come in order of their day, those without
    one first: only these and the reports of the last week are kept."""
    undated: list[Signs] = []
    week: deque[Signs] = deque()
    holders: dict[tuple[str, str], list[Signs]] = defaultdict(list)
    common: set[tuple[str, str]] = set()
    found: list[Join] = []
    for signs in reports:
        while signs.day and week and (signs.day - (week[0].day or signs.day)).days > WINDOW:
            found += joins_with(week.popleft(), holders, common)
        (week if signs.day else undated).append(signs)
        for sign in signs.keys:
            holders[sign].append(signs)
    for signs in (*week, *undated):
        found += joins_with(signs, holders, common)
    return sorted(found, key=lambda j: (j.a, j.b, j.reason))


def joins_with(one: Signs, holders: dict[tuple[str, str], list[Signs]], common: set[tuple[str, str]]) -> Iterator[Join]:
    """The joins of a report with those that share its signs; it is a holder of them no longer. `common` are the signs that say nothing."""
    points: dict[str, dict[str, int]] = defaultdict(dict)
    says: dict[str, str] = {}
    for sign, said in one.keys.items():
        group, reason = holders[sign], sign[0]
        if len(group) > MOST_HOLDERS:
            common.add(sign)
        if sign not in common:
            says.setdefault(reason, said)
            for other in group:
                points[other.id][reason] = min(NEEDED, points[other.id].get(reason, 0) + POINTS[reason])
        group.remove(one)
        if not group:
            del holders[sign]
            common.discard(sign)
    for other_id, reasons in points.items():
        if other_id != one.id and sum(reasons.values()) >= NEEDED:
            a, b = sorted((one.id, other_id))
            yield from (Join(a=a, b=b, reason=reason, says=says[reason]) for reason in reasons)


def stories_of(ids: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Report → story, a story named by the least id in it; only reports that share a story with another."""
    root = {i: i for i in ids}

    def find(i: str) -> str:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for a, b in pairs:
        x, y = sorted((find(a), find(b)))
        root[y] = x
    sizes: dict[str, int] = defaultdict(int)
    for i in root:
        sizes[find(i)] += 1
    return {i: find(i) for i in root if sizes[find(i)] > 1}
