"""Filters: what an address asks for, as conditions in SQL. The same names serve search, review and every picture."""

import re
from collections.abc import Mapping
from typing import Any, get_args

from dateline.errors import ArgumentError
from dateline.records import Novelty, StatementKind, StatementType, Status
from dateline.stories.said import query_of

NAMES = (
    "of", "q", "type", "actor", "recipient", "novelty", "status", "day", "place", "country", "outlet", "agency", "printed", "language", "check",
    "kind", "said", "speaker", "quad", "least", "most", "judged", "report", "between",
)  # fmt: skip
ACCEPTED: dict[str, tuple[str, ...]] = {
    "of": ("reports", "statements", "events"),
    "novelty": get_args(Novelty),
    "status": get_args(Status),
    "kind": get_args(StatementKind),
    "said": get_args(StatementType),
    "quad": ("1", "2", "3", "4"),
    "judged": ("no", "yes", "accept", "correct", "reject", "skip"),
}
OF_REPORT = {"outlet": "r.outlet = ?", "agency": "r.agency = ?", "language": "r.language = ?", "report": "r.id = ?"}
OF_EVENT = {
    "type": "e.type = ?", "novelty": "e.reported_as = ?", "status": "e.status = ?", "quad": "e.quad = ?", "country": "e.country = ?",
    "least": "e.confidence >= ?", "most": "e.confidence <= ?",
}  # fmt: skip
OF_STATEMENT = {
    "kind": "s.kind = ?", "said": "s.type = ?", "speaker": "s.speaker = ?", "least": "s.confidence >= ?", "most": "s.confidence <= ?",
}  # fmt: skip
PARTY = "EXISTS (SELECT 1 FROM parties p WHERE p.report = e.report AND p.event = e.id AND p.side = '{}' AND (p.name = ? OR p.country = ?))"
PARTY_FIRST = (  # the same, begun at the actor: for counting all that one actor did
    "e.rowid IN (SELECT x.rowid FROM parties p JOIN events x ON x.report = p.report AND x.id = p.event WHERE p.name = ? AND p.side = '{0}'"
    " UNION SELECT x.rowid FROM parties p JOIN events x ON x.report = p.report AND x.id = p.event WHERE p.country = ? AND p.side = '{0}')"
)
NARROW = frozenset({"day", "place", "report", "printed", "q"})  # with one of these few events are left to look at
ALIAS = {"reports": "r", "statements": "s", "events": "e"}
BETWEEN = (  # an event with one actor on one side and the other on the other, whichever acted; each is a country or a name
    "EXISTS (SELECT 1 FROM parties y JOIN parties z ON z.report = y.report AND z.event = y.event AND z.side <> y.side"
    " WHERE y.report = e.report AND y.event = e.id AND (y.name = ? OR y.country = ?) AND (z.name = ? OR z.country = ?))"
)
BETWEEN_FIRST = (
    "e.rowid IN (SELECT x.rowid FROM parties y JOIN parties z ON z.report = y.report AND z.event = y.event AND z.side <> y.side"
    " JOIN events x ON x.report = y.report AND x.id = y.event WHERE (y.name = ? OR y.country = ?) AND (z.name = ? OR z.country = ?))"
)
FAILED = "r.id IN (SELECT report FROM checks WHERE name = ? AND result = 'fail')"
ONE_DAY = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
DAY, NUMBER = re.compile(ONE_DAY), "0(\\.[0-9]+)?|1(\\.0+)?"
DAYS = f"{ONE_DAY}|{ONE_DAY}\\.\\.({ONE_DAY})?|\\.\\.{ONE_DAY}"
LONGEST = 300  # characters of a value
# What a value looks like, for those who ask by program; nothing is nothing asked.
PATTERNS = {
    "day": DAYS,
    "printed": DAYS,
    "least": NUMBER,
    "most": NUMBER,
    "between": "[^|]*[^|\\s][^|]*\\|.*[^\\s].*",
}


class Asking:
    """Conditions over one kind of row. `needs` says whether the reports' own table has to be joined."""

    def __init__(self, query: Mapping[str, str], of: str, *, who: str = "") -> None:
        """Raises ArgumentError for a value that no row could have."""
        for name, accepted in ACCEPTED.items():
            if query.get(name) and query[name] not in accepted:
                raise ArgumentError(f"{name}: {query[name]!r} is not one of {', '.join(accepted)}")
        for name in NAMES:
            if len(query.get(name, "")) > LONGEST:
                raise ArgumentError(f"{name}: give at most {LONGEST} characters")
        self.of, self.who = of, who
        self.query = {name: query[name].strip() for name in NAMES if query.get(name, "").strip()}
        self.words = self.query.get("q", "") if has_words(self.query.get("q", "")) else ""
        self.where: list[str] = []
        self.values: list[Any] = []
        self.needs = of == "reports"
        self._events: list[str] = []
        self._event_values: list[Any] = []
        self._read()

    @property
    def table(self) -> str:
        """FROM, with the reports' table where a condition needs it."""
        alias = ALIAS[self.of]
        joined = "" if self.of == "reports" or not self.needs else f" JOIN reports r ON r.id = {alias}.report"
        return f"{self.of} {alias}{joined}"

    @property
    def condition(self) -> str:
        """WHERE, ready to follow FROM."""
        return " WHERE " + " AND ".join(self.where) if self.where else ""

    @property
    def and_(self) -> str:
        """What joins one more condition to `condition`."""
        return " AND " if self.where else " WHERE "

    @property
    def sweep(self) -> str:
        """The condition for a count over the whole set, where the list wants its first rows only."""
        found = self.condition
        if not NARROW & set(self.query):
            for side in ("actor", "recipient"):
                found = found.replace(PARTY.format(side), PARTY_FIRST.format(side))
            found = found.replace(BETWEEN, BETWEEN_FIRST)
        return found

    def add(self, condition: str, *values: Any) -> None:
        """One more condition."""
        self.where.append(condition)
        self.values.extend(values)

    def _read(self) -> None:
        q = self.query
        for name, condition in OF_REPORT.items():
            if name in q:
                self.needs = True
                self.add(condition, q[name])
        if "check" in q:
            self.needs = True
            self.add(FAILED, q["check"])
        if "printed" in q:
            self.needs = True
            first, last = days_of(q["printed"], "printed")
            self.add("r.published >= ? AND r.published < ?", first, last + "~")
        if "q" in q:
            self._words(q["q"])
        self._event_conditions()
        self._statement_conditions()
        if "judged" in q and self.of != "reports":
            self._judged(q["judged"])

    def _words(self, words: str) -> None:
        if not self.words:
            self.add("0 = 1")  # no report holds a mere "?"
            return
        if self.of == "statements":
            self.add("s.n IN (SELECT rowid FROM statements_words WHERE statements_words MATCH ?)", query_of(words))
        else:
            self.needs = True
            self.add("r.n IN (SELECT rowid FROM reports_words WHERE reports_words MATCH ?)", query_of(words))

    def _event_conditions(self) -> None:
        q, where, values = self.query, [], []
        for name, condition in OF_EVENT.items():
            if name in q and not (name in OF_STATEMENT and self.of == "statements"):
                where.append(condition)
                values.append(number(q[name], name) if name in ("least", "most") else q[name])
        if "day" in q:
            first, last = days_of(q["day"], "day")
            where.append("e.start_day >= ? AND e.start_day <= ?")
            values += [first, last]
        if "place" in q:
            where.append("e.geonames_id = ?" if q["place"].isdigit() else "e.place = ?")
            values.append(int(q["place"][:18]) if q["place"].isdigit() else q["place"])
        for name, side in (("actor", "actor"), ("recipient", "recipient")):
            if name in q and not (name == "actor" and self.of == "statements"):
                where.append(PARTY.format(side))
                values += [q[name], q[name]]
        if "actor" in q and self.of == "statements":
            self.add("EXISTS (SELECT 1 FROM actors a WHERE a.report = s.report AND a.id = s.speaker_actor AND (a.name = ? OR a.country = ?))",
                     q["actor"], q["actor"])  # fmt: skip
        if "between" in q:
            one, bar, other = (x.strip() for x in q["between"].partition("|"))
            if not (one and bar and other):
                raise ArgumentError("between: give two actors as KEN | UGA")
            where.append(BETWEEN)
            values += [one, one, other, other]
        if not where:
            return
        if self.of == "events":
            self.add(" AND ".join(where), *values)
        else:
            at = "r.id" if self.of == "reports" else "s.report"
            self.add(f"EXISTS (SELECT 1 FROM events e WHERE e.report = {at} AND {' AND '.join(where)})", *values)

    def _statement_conditions(self) -> None:
        given = [(c, number(self.query[n], n) if n in ("least", "most") else self.query[n]) for n, c in OF_STATEMENT.items()
                 if n in self.query and not (n in OF_EVENT and self.of != "statements")]  # fmt: skip
        if not given:
            return
        where, values = " AND ".join(c for c, _ in given), [v for _, v in given]
        if self.of == "statements":
            self.add(where, *values)
        else:
            at = "r.id" if self.of == "reports" else "e.report"
            self.add(f"EXISTS (SELECT 1 FROM statements s WHERE s.report = {at} AND {where})", *values)

    def _judged(self, verdict: str) -> None:
        mine = (
            f"SELECT x.rowid FROM judgements j JOIN {self.of} x ON x.report = j.report AND x.id = j.item"
            f" WHERE j.section = '{self.of}' AND j.undone IS NULL AND j.who = ?"
        )
        if verdict == "no":
            self.add(f"{ALIAS[self.of]}.rowid NOT IN ({mine})", self.who)
        elif verdict == "yes":
            self.add(f"{ALIAS[self.of]}.rowid IN ({mine})", self.who)
        else:
            self.add(f"{ALIAS[self.of]}.rowid IN ({mine} AND j.verdict = ?)", self.who, verdict)


def has_words(value: str) -> bool:
    """Whether there is anything to look for."""
    return re.search(r"\w", value) is not None


def days_of(value: str, name: str) -> tuple[str, str]:
    """First and last day of "2024", "2024-05", "2024-05-07", or of two of them joined by "..", either left out. Raises ArgumentError."""
    first, dots, last = value.partition("..")
    begin, end = first.strip(), last.strip() if dots else first.strip()
    if not (begin or end) or any(x and not DAY.fullmatch(x) for x in (begin, end)):
        raise ArgumentError(f"{name}: give a day, a month or a year as 2024-05-07, 2024-05 or 2024, or two of them as 2024-05..2024-07")
    return begin or "0000", end + "-12-31"[3 * (end.count("-")) :] if end else "9999"


def number(value: str, name: str) -> float:
    """A number from 0 to 1. Raises ArgumentError."""
    if not re.fullmatch(NUMBER, value):
        raise ArgumentError(f"{name}: give a number from 0 to 1, as 0.7")
    return float(value)


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of a filter's value."""
    if name in ACCEPTED:
        return {"type": "string", "enum": ["", *ACCEPTED[name]]}
    return {
        "type": "string",
        **({"maxLength": LONGEST} if name in NAMES else {}),
        **({"pattern": f"^({PATTERNS[name]})?$"} if name in PATTERNS else {}),
    }
