"""What is known of an event that tells its age beside its own day: tense, place in the report, the times told around it.

Each piece is a short name; the model of codebook/data/learned/age.json weighs them (training/age.py). No word of the text is among them.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from dateline.records import Analysis, Event, Time
from dateline.resolve.newsday import determiner, quoted
from dateline.resolve.tense import VERBAL, governing_verb, tense_of
from dateline.resolve.when import Dating
from dateline.syntax import ancestors, root_of, subject_of

STEPS = ((-1, "ahead"), (1, "now"), (3, "days"), (7, "week"), (30, "month"), (365, "year"))  # days before the report, up to
FEW, SOME, MANY = 10, 20, 35  # sentences of a short, a middling and a long report
BACK = 6  # sentences back in which a time told earlier is looked for
LONG_AGO = frozenset({"month", "year", "years"})  # steps of a report that looks back
ADVERBS = ("again", "lately", "loose", "once", "present", "then")
Pieces = Iterator[str]


class AgeLooks:
    """What tells the age of the events of one report: built once, asked for each."""

    def __init__(self, dating: Dating) -> None:
        self.dating, self.a, self.words = dating, dating.a, dating.words
        told = sum(place != "headline" for place in dating.layout.places)
        self.size = next((name for most, name in ((FEW, "few"), (SOME, "some"), (MANY, "many")) if told <= most), "more")
        self.report = tuple(self._report(told))

    def at(self, e: Event, by: str) -> tuple[str, ...]:
        """What is known of an event; `by` is what the rules say and why."""
        act = root_of(self.a, e.trigger)
        if act is None:
            return ()
        verb = governing_verb(self.a, act)
        own = tense_of(self.a, act, self.words) if self.a.pos[act] in VERBAL else "noun"
        clause = own if verb == act else tense_of(self.a, verb, self.words) if verb is not None else "none"
        return (
            *self._day(e, act),
            *self._event(e, by, own, clause, act),
            *self._words(act, own, clause, verb),
            *self._above(act, own),
            *self._around(act, clause),
            *self.dating.around(act, self.dating.at(act).kind),
            *self.report,
            *(f"{piece} {clause}" for piece in self.report),
        )

    def _report(self, told: int) -> Pieces:
        """The whole report: its length, how much of it is told in the past, how often it looks back."""
        a = self.a
        past, present = a.tag.count("VBD"), a.tag.count("VBZ") + a.tag.count("VBP")
        back = len({a.sentence[t] for t, at in self.dating.by_token.items() if at.first == t and self._old(at.time) in LONG_AGO})
        yield f"size {self.size}"
        yield f"past {int(4 * past / max(1, past + present))}"
        yield f"looks back {min(3, int(6 * back / max(1, told)))}"

    def _times(self, sentence: int) -> list[tuple[int, Time]]:
        """The times of a sentence, each with its first token."""
        by_token = self.dating.by_token
        return [
            (by_token[t].first, by_token[t].time) for t in range(*self.a.sentences[sentence]) if t in by_token and by_token[t].first == t
        ]

    def _old(self, time: Time) -> str:
        return "anniversary" if time.base else self._days(time.end or time.start)

    def _days(self, day: str | None) -> str:
        """How long before the report a day lies, in steps."""
        if not day or self.dating.day is None:
            return "open"
        days = (self.dating.day - date.fromisoformat(day[:10])) / timedelta(days=1)
        return next((name for most, name in STEPS if days <= most), "years")

    def _day(self, e: Event, act: int) -> Pieces:
        """The event's day, and how sure it is that it shares that of the news."""
        dating, when = self.dating, e.when
        kind = dating.at(act).kind
        yield from ("bias", f"kind {kind}", f"basis {when.basis}", f"precision {when.precision}")
        yield f"when {when.basis} {kind if when.basis == 'bounded' else f'{self._days(when.start)} {self._days(when.end)}'}"
        if dating.is_open(act):
            yield f"chance {min(4, int(5 * dating.chance(act)))}"

    def _event(self, e: Event, by: str, own: str, clause: str, act: int) -> Pieces:
        """Status, type, what the rules say, and the place in the report."""
        place, basis = self.dating.layout.places[self.a.sentence[act]], e.when.basis
        part = place if place in ("headline", "lead") else "body"
        yield from (f"status {e.status}", f"status {e.status} {part}", f"status {e.status} {basis}", f"type {e.type}")
        yield from (f"by {by}", f"by {by} {clause}", f"place {place}", f"place {place} {self.size}")
        yield from (f"own {own} {part}", f"clause {clause} {part}", f"basis {basis} {part}", f"basis {basis} {own}")

    def _words(self, act: int, own: str, clause: str, verb: int | None) -> Pieces:
        """The act's word and its clause."""
        a = self.a
        yield from (f"own {own}", f"clause {clause}", f"dep {a.dep[act]}", f"path {a.dep[act]} {a.dep[a.head[act]]}")
        yield from (name for name in ("reporting", "states", "lasting_states", "lasting") if a.lemma[act] in self.words[name])
        if own == "noun":
            yield from (f"determiner {determiner(a, act, self.words)}", f"number {a.tag[act]}")
        if quoted(a, act):
            yield from ("quoted", f"quoted {own}")
        if self.dating.layout.told_before(a, act):
            yield from ("told before", f"told before {own}")
        if verb is None:
            return
        yield f"clause {a.dep[verb]} {clause}"
        subject = subject_of(a, verb)
        if subject is not None:
            yield f"subject {a.tag[subject]} {clause}"
        spoken = {a.lower[c] for c in a.children[verb]}
        yield from (f"adverb {name} {clause}" for name in ADVERBS if spoken & self.words[name])

    def _above(self, act: int, own: str) -> Pieces:
        """The clauses that hold the act, up to the sentence's own."""
        a, dating = self.a, self.dating
        above = governing_verb(a, a.head[act])
        if above is not None and above != act:
            yield from (f"above {tense_of(a, above, self.words)}", f"above {dating.at(above).kind}")
            yield f"above reporting {a.lemma[above] in self.words['reporting']} {own}"
        yield from (f"under {dep} {own}" for dep in sorted({a.dep[i] for i in (act, *ancestors(a, act))} & {"relcl", "acl", "advcl"}))
        root = dating.root(a.sentence[act])
        if root != act:
            yield from (
                f"root {tense_of(a, root, self.words)}",
                f"root {dating.at(root).kind}",
                f"root {dating.at(root).kind} {a.dep[act]}",
            )

    def _around(self, act: int, clause: str) -> Pieces:
        """The times told in the sentence and last before it, and how the sentence goes on from the one before."""
        a, k = self.a, self.a.sentence[act]
        yield from sorted({f"time {'before' if at < act else 'behind'} {self._old(time)}" for at, time in self._times(k)})
        earlier = next((j for j in range(k - 1, max(k - BACK, 0) - 1, -1) if self._times(j)), None)
        if earlier is None:
            yield "told last none"
        else:
            told = self._old(self._times(earlier)[-1][1])
            near = f"{same_paragraph(a, k, earlier)} {min(k - earlier, 3)}"
            yield from (f"told last {told} {near}", f"told last {told} {clause}")
        yield f"goes on {k > 0 and same_paragraph(a, k, k - 1)}"
        if k:
            yield f"before {tense_of(a, self.dating.root(k - 1), self.words)}"


def same_paragraph(a: Analysis, one: int, other: int) -> bool:
    """Whether two sentences stand in one paragraph."""
    return a.sentence_block[one] == a.sentence_block[other]
