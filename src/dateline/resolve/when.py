"""When each event happened: an interval, its precision, its basis and the words that prove it.

What has a time by its words keeps it. Of what is open, told as news or as a state, a small model says whether it shares the day of the
story's news; only then does it take that day, with basis dateline where the report states none. The rest is bounded by the report's day.
"""

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.records import Analysis, Event, Fields, Interval, Span, Statement, Time, When
from dateline.resolve.anchors import tokens_touching
from dateline.resolve.calendar import iso, step
from dateline.resolve.happenings import NOUNS, UNKNOWN, Happenings, Kind
from dateline.resolve.newsday import features_of, probability
from dateline.resolve.tense import VERBAL, tense_of

MAY_BE_NEWS = frozenset({"news", "holding"})


def date_events(
    events: tuple[Event, ...],
    a: Analysis,
    fields: Fields,
    codebook: Codebook,
    *,
    times: tuple[Time, ...],
    statements: tuple[Statement, ...],
) -> tuple[Event, ...]:
    """The events with `when`. Nothing defaults to the day of printing without saying so (basis dateline)."""
    dating = dating_of(a, fields, codebook, times)
    spoken = [(s.cue, s.said_when.start) for s in statements if s.cue and s.said_when and s.said_when.start == s.said_when.end]
    return tuple(replace(event, when=spoken_on(event.trigger, dating.of(event.trigger), spoken)) for event in events)


def spoken_on(trigger: Span, when: When, spoken: list[tuple[Span, str | None]]) -> When:
    """What is done by speaking ("warned that …") is done when the speech is made, not on the day of printing."""
    if when.basis != "dateline":
        return when
    day = next((day for cue, day in spoken if cue.start < trigger.end and trigger.start < cue.end), None)
    return when if day in (None, when.start) else When(start=day, end=day, precision="day", basis="inherited")


def date_statements(
    statements: tuple[Statement, ...], a: Analysis, fields: Fields, codebook: Codebook, *, times: tuple[Time, ...]
) -> tuple[Statement, ...]:
    """The statements with the interval in which they were made, where the text tells it; one that has its occasion's keeps it."""
    dating = dating_of(a, fields, codebook, times)
    printed = fields.reference.value[:10] if fields.reference else None
    return tuple(replace(s, said_when=said_when(dating.of(s.cue), printed)) if s.cue and s.said_when is None else s for s in statements)


def dating_of(a: Analysis, fields: Fields, codebook: Codebook, times: tuple[Time, ...]) -> "Dating":
    """The report's dating, with nothing asked yet: built once, for its statements and its events."""
    dating: Dating | None = a.kept.get("dating")
    if dating is None or dating.fields is not fields or dating.times is not times or dating.codebook is not codebook:
        dating = a.kept["dating"] = Dating(a, fields, codebook, times)
    dating.known.clear()
    return dating


def said_when(when: When, printed: str | None) -> Interval | None:
    """The interval of a saying that has both its ends; nothing that a report quotes is said after its printing."""
    if not when.start or not when.end or (printed and when.start > printed):
        return None
    return Interval(start=when.start, end=when.end)


class Dating(Happenings):
    """Dates words of one report: built once, asked for each event or statement."""

    def of(self, span: Span) -> When:
        """When the happening that these words name took place; unknown where nothing tells."""
        tokens = tokens_touching(self.a, span)
        return self.when(head_of(self.a, tokens)) if tokens else UNKNOWN

    def when(self, i: int) -> When:
        """When the happening that token i names took place."""
        finding = self.at(i)
        if finding.kind == "timed":
            return self.supported(finding.when)
        if self.day is None:
            return UNKNOWN
        if self.is_open(i) and self.chance(i) >= self.model.threshold:
            return self.report_day() if finding.kind == "holding" else self.supported(self.story)
        if finding.kind == "past" and finding.when.end:
            return replace(finding.when, precision="bounded", basis="bounded")
        return self.bounded("past" if finding.kind == "news" and not self.up_to_now(i) else finding.kind)

    def supported(self, when: When) -> When:
        """The same day with the anniversary that proves it too: "Monday" and "the 67th anniversary of 27 July 1953"."""
        if when.start is None or when.start != when.end or not when.spans:
            return when
        proofs = (t.span for t in self.anniversaries if t.start == when.start and t.span not in when.spans)
        return replace(when, spans=(*when.spans, *proofs))

    def up_to_now(self, i: int) -> bool:
        """ "has so far been sold", "have already left": a perfect that draws a sum up to the report's day."""
        spoken = self.a.lower[slice(*self.a.sentences[self.a.sentence[i]])]
        return tense_of(self.a, i, self.words) == "perfect" and not self.words["loose"].isdisjoint(spoken)

    def is_open(self, i: int) -> bool:
        """Whether the words leave open if a happening shares the day of the news."""
        return self.at(i).kind in MAY_BE_NEWS

    def chance(self, i: int) -> float:
        """The probability that an open word shares the day of the news."""
        return probability(self.features(i), self.model)

    def features(self, i: int) -> tuple[str, ...]:
        """What the model looks at: the word, or the one that named the same happening first, and what stands around it."""
        finding = self.at(i)
        i = i if finding.of is None else finding.of
        return (*features_of(self.a, i, finding.kind, self.words, self.layout), *self.around(i, finding.kind))

    def around(self, i: int, kind: Kind) -> list[str]:
        """The times of the sentence, its words that loosen time, what the sentence before tells, and how the day of the story is known."""
        k = self.a.sentence[i]
        out = [f"story {self.story.basis}"]
        sides = {self.side_of_report(self.by_token[t].time) for t in range(*self.a.sentences[k]) if t in self.by_token}
        out += [f"sentence has time {side}" for side in sorted(sides)]
        spoken = set(self.a.lower[slice(*self.a.sentences[k])])
        for name in ("loose", "present"):
            if spoken & self.words[name]:
                out += [f"sentence {name}", f"sentence {name} {kind}"]
        if k:
            out.append(f"sentence before {self.at(self.root(k - 1)).kind}")
        return out

    def side_of_report(self, time: Time) -> str:
        day = self.day.isoformat() if self.day else ""
        return "before" if time.end and time.end[:10] < day else "after" if time.start and time.start[:10] > day else "now"

    def bounded(self, kind: Kind) -> When:
        """The side of the report's day that an open word lies on."""
        assert self.day
        if kind == "ahead":
            return When(start=iso(step(self.day, "D", 1)), precision="bounded", basis="bounded")
        if kind == "past":
            return When(end=iso(step(self.day, "D", -1)), precision="bounded", basis="bounded")
        return When(end=self.day.isoformat(), precision="open" if kind in ("holding", "lasting") else "bounded", basis="bounded")


def head_of(a: Analysis, tokens: range) -> int:
    """The word that the others in a span hang from, a verb or noun first."""
    tops = [t for t in tokens if a.head[t] not in tokens or a.head[t] == t]
    return next((t for t in tops if a.pos[t] in VERBAL or a.pos[t] in NOUNS), tops[0])
