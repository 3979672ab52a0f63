"""One story: its reports with copies folded, independent origins, who had it first, and where its reports differ."""

from collections import defaultdict
from difflib import SequenceMatcher
from itertools import combinations

from dateline.errors import ArgumentError
from dateline.records import Base, Quantity, Record, Statement
from dateline.store import Store
from dateline.stories.instants import earlier, instant_key
from dateline.stories.prints import WORD

ALIKE = 0.5  # of the words of two quotations, from which on they are versions of one


class Member(Base, frozen=True, kw_only=True):
    """One report of a story; `copy_of` and `kind` when it repeats another."""

    id: str
    headline: str | None
    outlet: str | None
    agency: str | None
    published: str | None
    copy_of: str | None
    kind: str | None
    origin: str


class Difference(Base, frozen=True, kw_only=True):
    """Where reports of one story do not say the same: of what, and each version with the reports that give it."""

    of: str  # quotation, figure or day
    about: str
    versions: dict[str, tuple[str, ...]]


class Story(Base, frozen=True, kw_only=True):
    """A story as the store knows it. `first` is None where instants leave it open."""

    id: str
    members: tuple[Member, ...]
    origins: tuple[str, ...]
    first: str | None
    why: tuple[str, ...]
    differences: tuple[Difference, ...]


def list_stories(store: Store, *, limit: int = 50) -> list[tuple[str, int, str | None]]:
    """(story, how many reports, headline of its first report), the largest first."""
    rows = store.query(
        "SELECT t.story, t.n, min(r.published || ' ' || r.headline) FROM"
        " (SELECT story, count(*) AS n FROM stories GROUP BY story ORDER BY n DESC, story LIMIT ?) t"
        " JOIN stories s ON s.story = t.story JOIN reports r ON r.id = s.report GROUP BY t.story, t.n ORDER BY t.n DESC, t.story",
        (limit,),
    )
    return [(story, n, (first or "").partition(" ")[2] or None) for story, n, first in rows]


def read_story(store: Store, story: str) -> Story:
    """One story by its id, or by the id of a report in it. Raises ArgumentError."""
    found = store.query("SELECT story FROM stories WHERE story = ? OR report = ? LIMIT 1", (story, story))
    if not found:
        raise ArgumentError(f"no story {story!r}: give a story's id or a report's; `dateline story --db FILE` lists them")
    name = found[0][0]
    ids = [i for (i,) in store.query("SELECT report FROM stories WHERE story = ? ORDER BY report", (name,))]
    records = {i: kept for i in ids if (kept := store.record(i))}
    copies = {i: store.query("SELECT original, kind FROM copies WHERE report = ? ORDER BY contained DESC", (i,)) for i in ids}
    members = sorted(
        (_member(records[i][0], copies[i][0] if copies[i] else None) for i in records), key=lambda m: (instant_key(m.published), m.id)
    )
    marks = ",".join("?" * len(ids))
    why = [
        s for (s,) in store.query(f"SELECT DISTINCT says FROM joins WHERE a IN ({marks}) AND b IN ({marks}) ORDER BY says", (*ids, *ids))
    ]
    originals = {m.id: records[m.id] for m in members if m.copy_of is None}
    return Story(
        id=name,
        members=tuple(members),
        origins=tuple(sorted({m.origin for m in members if m.copy_of is None})),
        first=first_of(members),
        why=tuple(why),
        differences=(*quotations_differ(originals), *figures_differ(originals), *days_differ(originals)),
    )


def _member(record: Record, copy: tuple[str, str] | None) -> Member:
    values = {f: v.value if (v := getattr(record.report, f)) else None for f in ("headline", "outlet", "agency", "published")}
    return Member(id=record.id, copy_of=copy and copy[0], kind=copy and copy[1], origin=origin_of(record), **values)


def origin_of(record: Record) -> str:
    """Where a report's matter first came from, as far as it says: its agency, else its outlet, else the report itself."""
    fields = record.report
    return (fields.agency or fields.outlet).value if (fields.agency or fields.outlet) else f"report {record.id}"  # type: ignore[union-attr]


def first_of(members: list[Member]) -> str | None:
    """The report that surely came before all others; None when instants leave it open."""
    best = members[0]
    return best.id if all(m is best or earlier(best.published, m.published) for m in members) else None


def independent(records: list[Record]) -> tuple[str, ...]:
    """The independent origins behind several reports of one thing: copies must have been folded before."""
    return tuple(sorted({origin_of(r) for r in records}))


def quotations_differ(records: dict[str, tuple[Record, str]]) -> list[Difference]:
    """Quotations of one speaker that share half of their words and are not the same."""
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for report, (record, text) in records.items():
        for statement in record.statements:
            if statement.speaker and statement.quoted:
                said[_fold(statement.speaker.name)][_quoted(statement, text)].add(report)
    found = []
    for speaker, versions in sorted(said.items()):
        for one, two in combinations(sorted(versions), 2):
            if versions[one] != versions[two] and _alike(one, two):
                both = {one: tuple(sorted(versions[one])), two: tuple(sorted(versions[two]))}
                found.append(Difference(of="quotation", about=speaker, versions=both))
    return found


def figures_differ(records: dict[str, tuple[Record, str]]) -> list[Difference]:
    """Figures of one unit for one type of happening on one day."""
    given: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for report, (record, text) in records.items():
        events = {e.id: e for e in record.events}
        for q in record.quantities:
            event = events.get(q.of or "")
            if event and event.type and q.unit and event.when.start and event.reported_as == "new":
                given[f"{q.unit} ({event.type}, {event.when.start})"][_figure(q, text)].add(report)
    return [_difference("figure", about, versions) for about, versions in sorted(given.items()) if _between_reports(versions)]


def days_differ(records: dict[str, tuple[Record, str]]) -> list[Difference]:
    """Days given to one act of the same parties."""
    given: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for report, (record, _) in records.items():
        for e in record.events:
            if (
                e.type
                and e.actor
                and e.recipient
                and e.reported_as == "new"
                and e.when.basis in ("stated", "relative")
                and e.when.start == e.when.end
            ):
                about = f"{e.type}: {'; '.join(p.name for p in e.actor)} → {'; '.join(p.name for p in e.recipient)}"
                given[about][str(e.when.start)].add(report)
    return [_difference("day", about, versions) for about, versions in sorted(given.items()) if _between_reports(versions)]


def _difference(of: str, about: str, versions: dict[str, set[str]]) -> Difference:
    return Difference(of=of, about=about, versions={said: tuple(sorted(ids)) for said, ids in sorted(versions.items())})


def _between_reports(versions: dict[str, set[str]]) -> bool:
    """Whether two reports differ: one that gives two figures does not differ from itself."""
    return any(not (a & b) for a, b in combinations(versions.values(), 2))


def _quoted(statement: Statement, text: str) -> str:
    return " … ".join(" ".join(text[q.start : q.end].split()).rstrip(",.") for q in statement.quoted)


def _alike(one: str, two: str) -> bool:
    a, b = (WORD.findall(x.casefold()) for x in (one, two))
    if min(len(a), len(b)) < 4 or a == b:
        return False
    same = sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return same >= ALIKE * min(len(a), len(b)) and same < min(len(a), len(b))


def _figure(q: Quantity, text: str) -> str:
    return f"{q.op} {q.value:g} (“{' '.join(text[q.span.start : q.span.end].split())}”)"


def _fold(name: str) -> str:
    return " ".join(WORD.findall(name.casefold()))
