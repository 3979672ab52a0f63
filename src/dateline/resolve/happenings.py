"""What the words of a report tell of when something happened: the time that they give it, or the side of the report it lies on.

A word is read by the time that governs it; else by the clause or the happening that it belongs to; else by tense and syntax as news,
past, ahead or holding. `resolve/when.py` turns what is found here into intervals.
"""

from datetime import date
from typing import Literal

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.records import Analysis, Base, Fields, Time, When, WhenBasis
from dateline.resolve import calendar
from dateline.resolve.anchors import Anchor, anchors_of, lengths_of
from dateline.resolve.calendar import day_of, iso, step
from dateline.resolve.newsday import layout_of, quoted
from dateline.resolve.tense import VERBAL, governing_verb, tense_of
from dateline.syntax import SUBJECTS, ancestors, subject_of

UNKNOWN = When()
STORY_REACH = 10  # days before the report that its news may lie back
LEAD_SENTENCES = 3
PARTS_OF_DAY = (": part of the day", ": part of the day after at", ": that part of the day")  # rules of times without a day of their own
LONG_DONE = 30  # days after which what something was done for is over too
HEADING_REACH = 4  # sentences back to the date that heads a chronicle
SPEECH_REACH = 5  # sentences back to the one that gives a speech its day
PLANS = frozenset({"future", "progressive", "present", "infinitive"})
EXPECTED = SUBJECTS | {"ccomp", "xcomp"}
NOUNS = frozenset({"NOUN", "PROPN"})
Kind = Literal["timed", "news", "past", "ahead", "holding", "lasting"]


class Finding(Base, frozen=True):
    """What the words tell of a happening: its time where they give one, else on which side of the report it lies."""

    kind: Kind
    when: When = UNKNOWN
    of: int | None = None  # the word that named the happening first, where it is open


NEWS, PAST, AHEAD, HOLDING, LASTING = Finding("news"), Finding("past"), Finding("ahead"), Finding("holding"), Finding("lasting")


class Happenings:
    """Reads the words of one report: built once, asked for each word."""

    def __init__(self, a: Analysis, fields: Fields, codebook: Codebook, times: tuple[Time, ...]) -> None:
        self.a, self.fields, self.codebook, self.times = a, fields, codebook, times
        self.words = codebook.times.languages["en"].when
        self.kin = codebook.times.languages["en"].kin
        self.model = codebook.times.newsday
        self.day = day_of(fields.reference.value) if fields.reference else None
        self.layout = layout_of(a)
        self.by_host: dict[int, list[Anchor]] = {}
        self.by_verb: dict[int, list[Anchor]] = {}
        self.by_token: dict[int, Anchor] = {}
        for one in anchors_of(a, times, self.words):
            self.by_host.setdefault(one.host, []).append(one)
            if one.verb is not None and one.verb != one.host:
                self.by_verb.setdefault(one.verb, []).append(one)
            self.by_token.update(dict.fromkeys(range(one.first, one.last), one))
        self.lengths = lengths_of(a, times)
        self.anniversaries = tuple(t for t in times if t.base and len(t.base) == len("2020-07-27"))
        self.known: dict[int, Finding] = {}
        self.story = UNKNOWN
        self.dated_nouns = {a.lemma[i]: i for i in sorted(self.by_host, reverse=True) if a.pos[i] in NOUNS}
        self.dated_verbs = {a.lemma[i]: i for i in sorted(self.by_host, reverse=True) if self.tells_a_happening(i)}
        self.dated_days = {self.named(i): i for i in sorted(self.by_host, reverse=True) if self.is_dated_happening(i)}
        self.leading = self.happenings_of_the_lead()
        self.story = self.report_day()
        self.story = self.day_of_story()
        self.known.clear()

    def at(self, i: int) -> Finding:
        if i not in self.known:
            self.known[i] = NEWS  # what asks for itself on the way is told nothing
            self.known[i] = self.own_time(i) or (self.verb(i) if self.a.pos[i] in VERBAL else self.other(i))
        return self.known[i]

    def like(self, i: int) -> Finding:
        """What is found of word i, for a word that shares its day."""
        return inherited(self.at(i))

    # The day of the story

    def day_of_story(self) -> When:
        """The day that the first sentences tell as news: it governs one of their main clauses and lies shortly before the report."""
        a = self.a
        body = [k for k in range(len(a.sentences)) if a.blocks[a.sentence_block[k]].kind == "body"]
        for k in [s for s in body if self.layout.places[s] != "headline"][:LEAD_SENTENCES]:
            for clause in self.main_clauses(k):
                finding = self.at(clause)
                if finding.kind == "timed" and self.is_recent_day(finding.when):
                    return replace(finding.when, basis="inherited")
        return self.report_day()

    def main_clauses(self, sentence: int) -> list[int]:
        """The root of a sentence and, where that only reports, what is reported."""
        root = self.root(sentence)
        reported = [c for c in self.a.children[root] if self.a.dep[c] in ("ccomp", "conj") and self.a.pos[c] in VERBAL]
        return [root, *reported] if self.a.lemma[root] in self.words["reporting"] else [root]

    def is_recent_day(self, when: When) -> bool:
        if self.day is None or when.start is None or when.start != when.end:
            return False
        return 0 <= (self.day - date.fromisoformat(when.start[:10])).days <= STORY_REACH

    def report_day(self) -> When:
        if self.day is None:
            return UNKNOWN
        day = self.day.isoformat()
        return When(start=day, end=day, precision="day", basis="dateline")

    # Times that govern a word

    def own_time(self, i: int) -> Finding | None:
        """The time that hangs from the word itself, the most exact of several."""
        own = self.by_host.get(i)
        if not own:
            return None
        best = max(own, key=precise)
        best = self.long_ago(i) or best if best.time.by.endswith(PARTS_OF_DAY) else best
        return Finding("timed", self.read(best, side="on" if self.is_done_on(best, i) else None))

    def long_ago(self, i: int) -> Anchor | None:
        """ "was shot at dawn in Flanders in October 1917": a part of some day, whose month or year is told beside it."""
        beside = (*self.by_host.get(i, ()), *(x for x in self.by_verb.get(i, ()) if self.a.pos[x.host] == "PROPN"))
        dated = (x for x in beside if x.time.type == "DATE" and x.side == "on")
        return next((x for x in dated if self.lies_back(Finding("timed", self.read(x)), days=LONG_DONE)), None)

    def is_done_on(self, anchor: Anchor, i: int) -> bool:
        """A day on which something was done, not one before or after which it goes on."""
        return is_day(anchor.time) and (anchor.side == "on" or (anchor.side == "since" and self.is_done_to(i)))

    def is_done_to(self, i: int) -> bool:
        """ "has been banned since Monday": what was done to somebody was done on that day, though it lasts."""
        a = self.a
        lasts = a.lemma[i] in self.words["lasting_states"] or a.lemma[i] in self.words["states"]
        passive = any(a.dep[c] == "auxpass" for c in a.children[i])
        return passive and not lasts and tense_of(a, i, self.words) in ("perfect", "pluperfect")

    def read(self, anchor: Anchor, *, side: str | None = None) -> When:
        """What a time with its preposition says of the word that it governs."""
        time, side = anchor.time, side or anchor.side
        if ": edge of the unit" in time.by and is_day(time) and self.story.basis == "inherited":
            return replace(self.story, spans=(*self.story.spans, time.span))  # "earlier in the day": the day that is told of
        first, last, precision = interval_of(time)
        tense = "none" if anchor.verb is None else tense_of(self.a, anchor.verb, self.words)
        if side == "on" and tense in ("past", "perfect"):
            last = self.so_far(first, last, today=tense == "perfect")
        if side == "on" and tense in ("future", "modal"):
            first = self.from_now(first, last)
        basis: WhenBasis = "stated" if time.value[:4] in self.a.text[time.span.start : time.span.end] else "relative"
        when = When(start=first, end=last, precision=precision, basis=basis, spans=(time.span,))
        if side in ("since", "after"):
            return replace(when, end=None, precision="open")
        if side == "by":
            return replace(when, start=None, precision="bounded")
        return replace(when, start=None, precision="open") if side in ("until", "before") else when

    def so_far(self, first: str | None, last: str | None, *, today: bool) -> str | None:
        """ "met this week": of the week, so much as lies before the report ("has met": or on its day); of the day itself it says "today"."""
        within = self.day and first and last and first < self.day.isoformat() <= last
        return iso(self.day if today else step(self.day, "D", -1)) if self.day and within else last

    def from_now(self, first: str | None, last: str | None) -> str | None:
        """ "must vote this year": of the year, so much as lies behind the report's day."""
        within = self.day and first and last and first < self.day.isoformat() < last
        return iso(step(self.day, "D", 1)) if self.day and within else first

    # Happenings named again

    def named(self, i: int) -> str:
        """The kind of happening that a word names; a word that stands for itself alone is its lemma."""
        return self.kin.get(self.a.lemma[i], self.a.lemma[i])

    def is_dated_happening(self, i: int) -> bool:
        """A noun, or a verb in the past with a meaning of its own, that a day is said of."""
        return any(self.is_done_on(x, i) for x in self.by_host[i]) and (self.a.pos[i] in NOUNS or self.tells_a_happening(i))

    def happenings_of_the_lead(self) -> dict[str, int]:
        """The first word of headline or lead that names each kind of happening."""
        a, out = self.a, dict[str, int]()
        for k, place in enumerate(self.layout.places):
            if place in ("headline", "lead"):
                for i in range(*a.sentences[k]):
                    if a.lemma[i] in self.kin:
                        out.setdefault(self.named(i), i)
        return out

    def of_its_first_naming(self, i: int) -> Finding | None:
        """ "the deal": the day of what was agreed where one is told, else the news of the lead that it names again."""
        kind = self.named(i)
        if kind not in self.kin.values() or not self.points_back(i):
            return None
        first = self.dated_days.get(kind)
        if first is not None and first != i:
            return self.like(first)
        first = self.leading.get(kind)
        if first is None or first >= i or self.is_lead(i):
            return None
        finding = self.at(first)
        return inherited(finding) if finding.kind == "timed" else Finding("news", of=first) if finding.kind in ("news", "ahead") else None

    def points_back(self, i: int) -> bool:
        """ "the deal", "this attack", "its launch" """
        return any(self.a.lower[c] in self.words["definite"] for c in self.a.children[i])

    # Verbs without a time of their own

    def verb(self, i: int) -> Finding:
        """By what the verb shares with its subject or object, then by its tense and its place in the sentence."""
        shared = self.shared_with_happening(i)
        if shared:
            return shared
        a, tense = self.a, tense_of(self.a, i, self.words)
        if tense == "modal" and (self.has(i, "able") or (self.has(i, "maybe") and a.lemma[i] in self.words["states"])):
            return HOLDING
        if tense in ("future", "modal"):
            return self.could_have(i) or self.could_not(i) or self.goes_on(i) or self.will_go_on(i) or AHEAD
        if tense == "pluperfect":
            return PAST
        if tense == "infinitive":
            return self.infinitive(i)
        if tense in ("gerund", "participle"):
            return self.nonfinite(i, tense)
        if tense in ("present", "progressive"):
            return self.of_its_heading(i) or self.present(i)
        if a.dep[i] == "conj" and a.pos[a.head[i]] in VERBAL:
            return self.like(a.head[i])
        return self.past(i, tense)

    def shared_with_happening(self, i: int) -> Finding | None:
        """The time that stands in the verb's clause on another word, or that the happening has of which the verb tells."""
        return (
            self.of_its_relative_time(i)
            or self.of_its_clause(i)
            or self.of_its_subject(i)
            or self.of_its_occasion(i)
            or self.of_its_moment(i)
            or self.of_its_infinitive(i)
            or self.of_its_other_mention(i)
        )

    def of_its_relative_time(self, i: int) -> Finding | None:
        """ "until Friday, when the vote is held", "1975, when the war ended": the clause is the time's own."""
        a = self.a
        when = next((c for c in a.children[i] if a.lower[c] in self.words["when"]), None)
        if when is None or a.dep[i] not in ("relcl", "advcl", "acl"):
            return None
        named = self.by_token.get(a.head[i]) or self.by_token.get(when - 1 - (when > 1 and a.lower[when - 1] == ","))
        if named is None:
            return None
        return Finding("timed", self.read(named, side="on"))

    def of_its_heading(self, i: int) -> Finding | None:
        """ "January 1997. Harare. A bomb shakes the port." A fragment with an earlier date heads the sentences behind it."""
        a, k = self.a, self.a.sentence[i]
        for earlier in range(k - 1, max(k - HEADING_REACH, 0) - 1, -1):
            tokens = range(*a.sentences[earlier])
            if a.sentence_block[earlier] != a.sentence_block[k]:
                return None
            if any(a.pos[t] in VERBAL for t in tokens):
                if any(t in self.by_token for t in tokens):
                    return None
                continue
            heading = next((self.by_token[t] for t in tokens if t in self.by_token), None)
            if heading is not None:
                finding = Finding("timed", self.read(heading, side="on"))
                return inherited(finding) if self.lies_back(finding) else None
        return None

    def of_its_infinitive(self, i: int) -> Finding | None:
        """ "tried to interrupt a rally last Thursday": trying and interrupting are one happening."""
        a = self.a
        if a.lemma[i] not in self.words["with_infinitive"]:
            return None
        done = next((c for c in a.children[i] if a.dep[c] == "xcomp" and self.own_or_clause(c)), None)
        return None if done is None else inherited(self.own_or_clause(done) or NEWS)

    def own_or_clause(self, i: int) -> Finding | None:
        return self.own_time(i) or self.of_its_clause(i)

    def of_its_clause(self, i: int) -> Finding | None:
        """ "made its first flight on Tuesday": a day that the parse hangs on the object is the verb's."""
        a = self.a
        days = [
            x
            for x in self.by_verb.get(i, ())
            if x.side == "on" and x.first > x.host and is_day(x.time) and not in_subject(a, x.host, i) and not self.looks_away(i)
        ]
        return inherited(Finding("timed", self.read(days[0]))) if days else self.of_its_month(i)

    def of_its_month(self, i: int) -> Finding | None:
        """ "was found guilty by a jury in May", "was shot in Flanders in 1917": a month or year behind a name or a doer is the verb's."""
        a = self.a
        for x in self.by_verb.get(i, ()):
            doer = a.dep[x.host] == "pobj" and a.dep[a.head[x.host]] == "agent"
            apart = x.first > x.host and a.lower[x.first - 1] in self.words["during"] and (doer or a.pos[x.host] == "PROPN")
            if apart and x.side == "on" and tense_of(a, i, self.words) in ("past", "pluperfect"):
                finding = Finding("timed", self.read(x))
                return inherited(finding) if self.lies_back(finding) else None
        return None

    def looks_away(self, i: int) -> bool:
        """A verb of asking or planning, whose object may lie on a day of its own."""
        return self.a.lemma[i] in self.words["ahead_verbs"] or self.a.lemma[i] in self.words["ahead_heads"]

    def of_its_subject(self, i: int) -> Finding | None:
        """ "the summit of 2019 ended": the dated noun is the subject, or stands right before the verb."""
        a = self.a
        if tense_of(a, i, self.words) != "past":
            return None
        before = self.by_token.get(i - 1)
        if before and a.pos[before.host] in NOUNS and before.host < before.first:
            return self.like(before.host)
        dated = next((c for c in a.children[i] if a.dep[c] in SUBJECTS and a.pos[c] in NOUNS and self.dated_mention(c)), None)
        return None if dated is None else self.like(dated)

    def of_its_occasion(self, i: int) -> Finding | None:
        """ "in a July 16 news conference she said", "when they met on Friday they agreed" """
        a = self.a
        for c in a.children[i]:
            if a.dep[c] == "prep" and a.lower[c] in self.words["since"]:
                for noun in a.children[c]:
                    if self.at(noun).kind == "timed":
                        return ever_since(self.at(noun))
            if a.dep[c] == "prep" and a.lower[c] in self.words["during"]:
                for noun in a.children[c]:
                    told = self.told_of(noun)
                    if told or any(is_day(x.time) for x in self.by_host.get(noun, ())) or self.was_then(i, noun):
                        return told or self.like(noun)
            if a.dep[c] == "advcl" and c in self.by_host and any(a.lower[m] in self.words["while"] for m in a.children[c]):
                return self.like(c)
        return None

    def was_then(self, i: int, noun: int) -> bool:
        """ "jailed in the seizures of 1996", "had waved it aside at a meeting in 1982": what a past verb says of a year's happening."""
        own = self.own_time(noun)
        return (
            tense_of(self.a, i, self.words) in ("past", "pluperfect", "participle")
            and own is not None
            and self.lies_back(own, days=LONG_DONE)
        )

    def of_its_moment(self, i: int) -> Finding | None:
        """ "renamed at the time the deal was announced": the day of what that moment is told by."""
        a = self.a
        for c in a.children[i]:
            if a.dep[c] == "prep" and a.lower[c] in self.words["during"]:
                for noun in a.children[c]:
                    told = next((r for r in a.children[noun] if a.dep[r] in ("relcl", "acl")), None)
                    if told is not None and a.lemma[noun] in self.words["moment"] and self.definite(noun):
                        return self.judged_by(told)
        return None

    def judged_by(self, i: int) -> Finding:
        """The finding of word i; where that is open, the model is asked about it."""
        finding = self.like(i)
        return replace(finding, of=i) if finding.kind == "news" and finding.of is None else finding

    def of_its_other_mention(self, i: int) -> Finding | None:
        """The same verb with a day of its own elsewhere, where this one looks back: "had signed … signed it on June 15"."""
        other = self.dated_verbs.get(self.a.lemma[i])
        if other is None or other == i or tense_of(self.a, i, self.words) not in ("pluperfect", "perfect"):
            return None
        return self.like(other)

    def tells_a_happening(self, i: int) -> bool:
        """A verb in the past with a meaning of its own."""
        a = self.a
        return (
            a.pos[i] == "VERB"
            and tense_of(a, i, self.words) in ("past", "pluperfect")
            and not any(a.lemma[i] in self.words[k] for k in ("reporting", "states", "light"))
        )

    def dated_mention(self, i: int) -> bool:
        """A noun that has a time of its own, or names again what had one."""
        return i in self.by_host or (self.a.lemma[i] in self.dated_nouns and self.definite(i))

    def definite(self, i: int) -> bool:
        return self.a.pos[i] == "PROPN" or any(
            self.a.lower[c] in self.words["definite"] or self.a.dep[c] == "poss" for c in self.a.children[i]
        )

    def could_not(self, i: int) -> Finding | None:
        """ "could not be reached": what failed did so when it is told of, or with the clause above ("it was clear that they could not land")."""
        if not (self.has(i, "could") and self.is_negated(i)):
            return None
        above = governing_verb(self.a, self.a.head[i]) if self.a.head[i] != i else None
        return NEWS if above is None else self.has_happened(self.like(above))

    def could_have(self, i: int) -> Finding | None:
        """ "may have met": the modal speaks of the past."""
        return PAST if any(self.a.lemma[c] in self.words["have"] and self.a.dep[c] == "aux" for c in self.a.children[i]) else None

    def infinitive(self, i: int) -> Finding:
        """By what it completes: what is tried happens with the trying, what is wanted lies ahead of the wanting."""
        a, words = self.a, self.words
        above = governing_verb(a, a.head[i]) if a.head[i] != i else None
        if above is None:
            return self.of_the_lead(i) or AHEAD
        finding = self.like(above)
        host = a.lemma[a.head[i]]
        if self.named(i) == self.named(a.head[i]):
            return self.like(a.head[i])  # "agreed to buy", "a contract to buy": the buying is settled by it
        if a.pos[a.head[i]] == "ADJ":
            return finding if host in words["able_adjectives"] else AHEAD
        if a.dep[i] in ("acl", "relcl") and host in words["occasions"]:
            return finding  # "a day to celebrate"
        if a.dep[i] == "acl":
            return finding if host in words["attempts"] else AHEAD
        if a.dep[i] == "advcl" and host not in words["with_infinitive"]:
            return self.aim(finding)
        if a.dep[i] in ("xcomp", "conj", "ccomp", "advcl") and host not in words["ahead_heads"]:
            return finding
        return finding if finding.kind == "past" or self.is_negated(above) else AHEAD

    def of_the_lead(self, i: int) -> Finding | None:
        """A headline's "X to buy Y" has the day of the buying that the lead tells."""
        if not self.in_headline(i):
            return None
        lead = (t for k, place in enumerate(self.layout.places) if place == "lead" for t in range(*self.a.sentences[k]))
        told = next((t for t in lead if self.named(t) == self.named(i) and self.at(t).kind == "timed"), None)
        return None if told is None else self.like(told)

    def is_negated(self, i: int) -> bool:
        return any(self.a.dep[c] == "neg" for c in self.a.children[i])

    def aim(self, finding: Finding) -> Finding:
        """What something is done for: under way while that goes on, over when it lies well back, else still ahead."""
        if finding.kind in ("holding", "lasting"):
            return finding
        return PAST if self.lies_back(finding, days=LONG_DONE) else AHEAD

    def lies_back(self, finding: Finding, *, days: int = 0) -> bool:
        """A time so many days and more before the report."""
        last = day_of(finding.when.end) if finding.kind == "timed" else None
        return bool(last and self.day and (self.day - last).days > days)

    def nonfinite(self, i: int, tense: str) -> Finding:
        """A participle or gerund goes with its clause; one that describes a noun, or follows "for" or "after", came before it.

        What describes a happening with a time of its own shares it: "the 2012–15 revolt fought along the river".
        """
        a = self.a
        if a.dep[i] == "acl" and a.head[i] in self.by_host and a.pos[a.head[i]] in NOUNS and a.lemma[a.head[i]] in self.dated_nouns:
            return self.like(a.head[i])
        above = governing_verb(a, a.head[i]) if a.head[i] != i else None
        if above is None:
            return PAST if tense == "participle" else NEWS
        finding = self.taken_up(i, above) or self.like(above)
        if tense == "participle" and a.dep[i] in ("acl", "amod") and not self.is_occasion(a.head[i]):
            if a.lemma[i] in self.words["lasting_states"]:
                return finding if finding.kind == "timed" else LASTING
            in_a_long_time = finding.kind == "timed" and finding.when.basis == "inherited" and finding.when.precision in ("year", "open")
            return finding if in_a_long_time else PAST
        if a.dep[i] == "pcomp" and a.lower[a.head[i]] in self.words["blamed_for"]:
            if a.lower[a.head[i]] in self.words["after"] and a.head[i] not in self.lengths and finding.kind == "news":
                return self.judged_by(above)  # "landed after circling the bay"
            return AHEAD if finding.kind == "ahead" else PAST
        return finding

    def taken_up(self, i: int, above: int) -> Finding | None:
        """ "regretted calling" looks back on the calling, "considers urging" ahead to the urging."""
        if self.a.dep[i] != "xcomp" or self.a.tag[i] != "VBG":
            return None
        lemma = self.a.lemma[above]
        return PAST if lemma in self.words["looking_back"] else AHEAD if lemma in self.words["hoped_verbs"] else None

    def present(self, i: int) -> Finding:
        a = self.a
        marks = {a.lower[c] for c in a.children[i] if a.dep[c] in ("mark", "advmod")}
        if a.dep[i] in ("advcl", "relcl") and marks & self.words["condition"]:
            above = self.like(a.head[i])
            return above if self.lies_back(above) and marks & self.words["when"] else AHEAD
        if a.lemma[i] in self.words["reporting"] or self.in_headline(i):
            return NEWS
        return HOLDING

    def past(self, i: int, tense: str) -> Finding:
        a = self.a
        if tense == "past" and any(a.dep[c] == "advmod" and a.lower[c] in self.words["gone"] for c in a.children[i]):
            return PAST
        marks = {a.lower[c] for c in a.children[i] if a.dep[c] in ("mark", "advmod")}
        if a.dep[i] in ("acl", "pcomp") and tense == "past" and a.lemma[i] not in self.words["reporting"]:
            return PAST  # "charges that she failed", "why the dam broke"
        if a.dep[i] == "relcl":
            return self.relative(i, tense)
        if a.dep[i] == "advcl":
            if marks & self.words["after"]:
                return self.earlier_than(a.head[i])
            return self.like(a.head[i]) if marks & self.words["condition"] else self.has_happened(self.like(a.head[i]))
        if a.dep[i] == "ccomp" and a.lemma[a.head[i]] in self.words["reporting"] and tense == "past" and not self.is_lead(i):
            return HOLDING if a.lemma[i] in self.words["states"] else PAST
        return (self.told_on(i) if tense == "past" else None) or NEWS

    def relative(self, i: int, tense: str) -> Finding:
        """A relative clause tells what came before, unless it tells where, what was going on, or what was said."""
        a = self.a
        if self.has(i, "where"):
            return self.like(a.head[i])
        if tense == "perfect":
            return self.brought_about(i)
        meanwhile = a.tag[i] == "VBG" or a.lemma[i] in self.words["reporting"]
        return self.has_happened(self.like(a.head[i])) if meanwhile else PAST

    def has_happened(self, finding: Finding) -> Finding:
        """What a finite past tells of does not lie ahead, though its clause hangs from what does."""
        first = day_of(finding.when.start)
        return NEWS if finding.kind == "ahead" or (first and self.day and first > self.day) else finding

    def told_on(self, i: int) -> Finding | None:
        """A sentence that goes on from one about an earlier day tells on from there: the same day, or at least no news."""
        a, k = self.a, self.a.sentence[i]
        if a.lemma[i] in self.words["reporting"]:
            return self.said_on(i)
        if k == 0:
            return None
        told = self.told_in(k - 1) if self.goes_on_telling(i) else self.root(k - 1)
        before = self.at(told)
        if tense_of(a, told, self.words) not in ("past", "pluperfect"):
            return None
        if not self.goes_on_telling(i) and (a.sentence_block[k] != a.sentence_block[k - 1] or before.kind not in ("timed", "past")):
            return None
        if self.lies_back(before):
            return inherited(before) if before.when.start == before.when.end else PAST
        return PAST if before.kind == "past" else None

    def goes_on_telling(self, i: int) -> bool:
        """ "She then fled": a pronoun for its subject, or a word of order, ties a verb to the sentence before."""
        subject = subject_of(self.a, i)
        return self.has(i, "then") or (subject is not None and self.a.lower[subject] in self.words["persons"])

    def has(self, i: int, name: str) -> bool:
        """Whether one of these words hangs from word i."""
        return any(self.a.lower[c] in self.words[name] for c in self.a.children[i])

    def told_in(self, sentence: int) -> int:
        """The main verb of a sentence; where its speaker tells of himself ("he said he fled"), what he tells."""
        *_, told = clauses = self.main_clauses(sentence)
        subject = subject_of(self.a, told)
        himself = subject is not None and self.a.lower[subject] in self.words["persons"]
        return told if himself and self.a.dep[told] == "ccomp" else clauses[0]

    def said_on(self, verb: int) -> Finding | None:
        """ "Today the premier announced … She said …": who goes on speaking does so on the day that the sentences before gave her."""
        last, speaker = self.a.sentence[verb], subject_of(self.a, verb)
        if self.root(last) != verb:
            return None
        for k in range(last - 1, max(last - SPEECH_REACH, 0) - 1, -1):
            told = self.root(k)
            other = subject_of(self.a, told)
            if speaker is None or other is None or not self.may_be_one(speaker, other):
                return None
            finding = self.own_or_clause(told)
            if finding:
                return inherited(finding) if self.is_recent_day(finding.when) else None
            speaker = other if self.a.pos[speaker] == "PRON" else speaker
        return None

    def may_be_one(self, one: int, other: int) -> bool:
        """The same word, or a pronoun for it."""
        return "PRON" in (self.a.pos[one], self.a.pos[other]) or self.a.lower[one] == self.a.lower[other]

    def root(self, sentence: int) -> int:
        first, last = self.a.sentences[sentence]
        return next((i for i in range(first, last) if self.a.head[i] == i), first)

    def earlier_than(self, above: int) -> Finding:
        """Before what another word tells, where that has a day."""
        finding = self.at(above)
        return Finding("past", When(end=finding.when.start)) if finding.kind == "timed" and finding.when.start else PAST

    def is_lead(self, i: int) -> bool:
        return self.layout.places[self.a.sentence[i]] in ("headline", "lead")

    def brought_about(self, i: int) -> Finding:
        """ "the treaty of 1953, which has left …": what a dated happening brought about holds from then on."""
        head = self.a.head[i]
        named = self.by_token.get(head)
        finding = Finding("timed", self.read(named)) if named else self.own_time(head)
        return ever_since(finding) if finding else PAST

    def goes_on(self, i: int) -> Finding | None:
        """ "the siege will continue": what will go on goes on now. Declared in so many words, it is declared when it is said."""
        return self.declared(i) or (LASTING if self.a.lemma[i] in self.words["continue"] else None)

    def will_go_on(self, i: int) -> Finding | None:
        """ "It lands on Friday. It will then fly on": a plan that goes on from one with a day shares that day."""
        a, k = self.a, self.a.sentence[i]
        first = a.head[i] if a.dep[i] == "conj" else i
        if k == 0 or first != self.root(k) or not self.takes_up(first):
            return None
        plan = self.plan_of(k - 1)
        before = self.at(plan)
        ahead = tense_of(a, plan, self.words) in PLANS and not self.lies_back(before)
        return inherited(before) if ahead and before.when.start and before.when.start == before.when.end else None

    def takes_up(self, i: int) -> bool:
        """A word of order, or a pronoun for its subject, ties a verb to the sentence before."""
        subject = subject_of(self.a, i)
        return self.has(i, "then") or (subject is not None and self.a.lower[subject] in self.words["taking_up"])

    def plan_of(self, sentence: int) -> int:
        """The main verb of a sentence, or what it says is expected."""
        root = self.root(sentence)
        expected = (c for c in self.a.children[root] if self.a.dep[c] in EXPECTED and self.a.pos[c] in VERBAL)
        return next(expected, root) if self.a.lemma[root] in self.words["ahead_verbs"] else root

    def declared(self, i: int) -> Finding | None:
        """ "we will never stop", "we will continue": the day of the saying."""
        a = self.a
        above = governing_verb(a, a.head[i]) if a.head[i] != i else None
        endless = a.lemma[i] in self.words["continue"] or (
            a.lemma[i] in self.words["stop"] and any(a.dep[c] == "neg" for c in a.children[i])
        )
        if above is None or not endless or a.lemma[above] not in self.words["reporting"]:
            return None
        return self.like(above) if quoted(a, i) else None

    def in_headline(self, i: int) -> bool:
        return self.layout.places[self.a.sentence[i]] == "headline"

    # Nouns without a time of their own

    def other(self, i: int) -> Finding:
        """A noun; or an adjective, whose state holds when it is spoken of, though its verb looks ahead ("wants to be clear")."""
        finding = self.noun(i)
        return HOLDING if finding.kind == "ahead" and self.a.pos[i] == "ADJ" else finding

    def noun(self, i: int) -> Finding:
        """By the mention of it that has a time, by its adjectives and preposition, else by its clause."""
        a = self.a
        again = self.told_of(i) or self.of_its_first_naming(i)
        if again:
            return again
        if a.lemma[i] in self.dated_nouns and self.dated_nouns[a.lemma[i]] != i and self.definite(i) and self.same_kind(i):
            return self.like(self.dated_nouns[a.lemma[i]])
        near = {a.lower[c] for c in a.children[i] if a.dep[c] in ("amod", "compound", "advmod", "det")}
        if near & self.words["ahead_adjectives"]:
            return AHEAD
        if near & self.words["behind_adjectives"]:
            return PAST
        if a.lemma[i] in self.words["lasting"]:
            return self.lasting(i)
        earlier = self.of_its_earlier_naming(i)
        if earlier:
            return earlier
        if self.has_been(i) and not self.is_occasion(i) and not self.in_headline(i):
            return PAST
        finding = self.under(i)
        return PAST if finding.kind == "holding" and self.is_judged(i) else finding

    def of_its_earlier_naming(self, i: int) -> Finding | None:
        """ "challenged it in a protest on Friday … the protest": a noun that points back has the day that it had before."""
        a = self.a
        last = next((j for j in range(i - 1, -1, -1) if a.lemma[j] == a.lemma[i] and a.pos[j] in NOUNS), None)
        if last is None or not self.definite(i):
            return None
        before = self.at(last)
        return inherited(before) if before.kind == "timed" and before.when.start == before.when.end else None

    def lasting(self, i: int) -> Finding:
        """A war, talks: on since they were begun, past where the text looks back on them, else going on."""
        a, finding = self.a, self.under(i)
        if finding.kind == "timed":
            begun = a.dep[i] == "dobj" and a.lemma[a.head[i]] in self.words["begun"]
            return ever_since(finding) if begun else finding
        within = self.is_occasion(i) and (a.lower[a.head[i]] in self.words["within"] or not self.definite(i))
        if self.counts_from(i) or (finding.kind == "past" and within):
            return PAST
        return finding if finding.kind == "ahead" and not self.definite(i) else LASTING

    def same_kind(self, i: int) -> bool:
        """ "the referendum campaign" is not "his campaign for mayor": a noun that another noun narrows is the dated one only if both are."""
        mine, theirs = (
            {self.a.lemma[c] for c in self.a.children[t] if self.a.dep[c] == "compound"} for t in (i, self.dated_nouns[self.a.lemma[i]])
        )
        return not mine or bool(mine & theirs)

    def told_of(self, i: int) -> Finding | None:
        """ "a march that began on Friday", "an interview taped on Saturday": what a clause tells of the noun itself is its time."""
        a = self.a
        for c in a.children[i]:
            if (a.dep[c] == "relcl" and a.lemma[c] in self.words["begins"]) or (a.dep[c] == "acl" and a.tag[c] == "VBN"):
                finding = self.own_or_clause(c)
                if finding:
                    lasts = a.lemma[i] in self.words["lasting"] and a.lemma[c] in self.words["beginnings"]
                    return ever_since(finding) if lasts else inherited(finding)
        return None

    def has_been(self, i: int) -> bool:
        """ "the accusations made by …" """
        return any(self.a.dep[c] == "acl" and self.a.tag[c] == "VBN" for c in self.a.children[i])

    def counts_from(self, i: int) -> bool:
        """ "the worst since the war": what the text counts from is over."""
        return self.a.dep[i] == "pobj" and self.a.lower[self.a.head[i]] in self.words["since"]

    def is_judged(self, i: int) -> bool:
        """ "the rise was too small", "the murder was a stain": what a past sentence says only the nature of has happened."""
        a, verb = self.a, self.a.head[i]
        return a.dep[i] == "nsubj" and a.lemma[verb] == "be" and tense_of(a, verb, self.words) == "past" and self.definite(i)

    def is_occasion(self, i: int) -> bool:
        """ "in a speech delivered at the port, …", "as the vote passed": the noun's clause happens with it."""
        a = self.a
        return a.dep[i] == "pobj" and (a.lower[a.head[i]] in self.words["during"] or a.lower[a.head[i]] in self.words["while"])

    def under(self, i: int) -> Finding:
        """What the words above a noun say of it: its preposition, the noun or verb that it completes, else the time of its clause."""
        a = self.a
        for above in ancestors(a, i):
            named = self.by_token.get(above)
            if named and named.time.base:
                return self.looked_back_on(named.time)
            if a.pos[above] in ("ADP", "SCONJ"):
                beside = self.beside(above, i) or self.completes(above)
                if beside:
                    return beside
            elif a.dep[i] == "dobj" and above == a.head[i] and a.lemma[above] in self.words["hoped_verbs"]:
                return AHEAD
            elif a.dep[i] == "dobj" and above == a.head[i] and a.lemma[above] in self.words["blamed"]:
                return PAST
            elif a.pos[above] in VERBAL or above in self.by_host:
                return self.like(above)
        return NEWS

    def completes(self, preposition: int) -> Finding | None:
        """ "the threat of war" has not happened yet, "the harm from the strike" has."""
        a, word, head = self.a, self.a.lower[preposition], self.a.head[preposition]
        lemma = a.lemma[head]
        hoped = self.words["hoped_nouns"] if a.pos[head] in NOUNS else self.words["hoped_of"]
        if word in self.words["hoped_with"] and lemma in hoped:
            return AHEAD
        if word in self.words["comes_from"] or lemma in self.words["blamed"]:
            return PAST
        return None

    def looked_back_on(self, time: Time) -> Finding:
        """ "the 30th anniversary of the treaty": the treaty lies in the year, or on the day, that the anniversary looks back on."""
        first, last, precision = calendar.bounds(time.base or "")
        return Finding("timed", When(start=first, end=last, precision=precision, basis="relative", spans=(time.span,)))

    def beside(self, preposition: int, noun: int) -> Finding | None:
        """What "after", "before" and "amid" say of the noun that they govern."""
        word = self.a.lower[preposition]
        if word in self.words["after"]:
            fresh = any(self.a.lower[c] in self.words["indefinite"] for c in self.a.children[noun])
            # "after a meeting they said": a happening told for the first time belongs to the occasion.
            return self.so_long_before(preposition) or (None if fresh else PAST)
        if word in self.words["before"]:
            return AHEAD
        return HOLDING if word in self.words["amid"] else None

    def so_long_before(self, preposition: int) -> Finding | None:
        """ "two days after the attack": the attack lies that long before the clause; "more than" leaves its beginning open."""
        a = self.a
        length = next((self.lengths[c] for c in (preposition, *a.children[preposition]) if c in self.lengths), None)
        above = governing_verb(a, a.head[preposition])
        if length is None or above is None or above == preposition:
            return None
        finding = self.at(above)
        base = finding.when if finding.kind == "timed" else self.story
        last = calendar.shift(day_of(base.end), length.value, -1)
        if last is None:
            return None
        exact = not length.mod and length.value.endswith("D")
        first = last.isoformat() if exact else None
        spans = (length.span, *base.spans)
        return Finding(
            "timed", When(start=first, end=last.isoformat(), precision="day" if exact else "bounded", basis="relative", spans=spans)
        )


def inherited(finding: Finding) -> Finding:
    """The same finding, for a word that takes it over from another."""
    if finding.kind == "timed" and finding.when.basis in ("stated", "relative"):
        return Finding("timed", replace(finding.when, basis="inherited"))
    return finding


def ever_since(finding: Finding) -> Finding:
    """From a happening on, with no end told."""
    if finding.kind != "timed":
        return NEWS
    return Finding("timed", replace(finding.when, end=None, precision="open", basis="inherited"))


def interval_of(time: Time) -> calendar.Bounds:
    """First and last day of a time, a range taken whole."""
    if time.type == "INTERVAL":
        return time.start and time.start[:10], time.end and time.end[:10], calendar.bounds(time.value.partition("/")[0])[2]
    first, last, precision = calendar.bounds(time.value)
    if time.type == "DATE" and (first, last) != (time.start, time.end):  # "a few days ago", a feast kept a day earlier or later
        return time.start, time.end, "season" if precision == "season" else "bounded"
    return first, last, precision


def is_day(time: Time) -> bool:
    return time.start is not None and time.end is not None and time.start[:10] == time.end[:10]


def in_subject(a: Analysis, token: int, verb: int) -> bool:
    """Whether a token stands in the subject of a verb."""
    for i in (token, *ancestors(a, token)):
        if i == verb:
            return False
        if a.head[i] == verb:
            return a.dep[i] in SUBJECTS
    return False


def precise(anchor: Anchor) -> tuple[bool, bool, int]:
    """Days before months and years, a day before the part of one ("before dawn on Friday"); the earlier of equals."""
    return is_day(anchor.time), anchor.time.type != "TIME", -anchor.first
