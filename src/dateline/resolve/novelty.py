"""New, background or ongoing: from the event's day, tense, place in the report, anniversaries and "since" language.

What the day of the event says comes first; a day that is only inherited or bounded gives way to words by which the act lasts or lies far
off. Then come the grammar of its clause and its place in the report. Where these speak weakly, a learned model weighs them with what is
told around (resolve/age.py). Where nothing speaks for news the event stays background: a wrong "new" is the costliest error.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.codebook.status import NoveltyWords, StatusWords
from dateline.records import Analysis, Event, Fields, Novelty, Span, Statement, Time
from dateline.resolve.age import AgeLooks
from dateline.resolve.when import dating_of
from dateline.syntax import SUBJECTS, ancestors, root_of, span_of, tokens_in

VERBS = frozenset({"VERB", "AUX"})
WINDOW = 8  # days before the day of printing that still are the report's news
LEAD = 3  # first paragraphs of the body, where a bare past tense tells the news
NEWS_SENTENCES = 10  # beyond them a bare past tense without a day tells what came before as often as not
UNDATED = frozenset({"bounded", "dateline"})  # bases of a day that no words of the report give

WEAK = frozenset(  # verdicts that other signs may outweigh
    {
        "day inherited new",
        "day inherited background",
        "had background",
        "had reported background",
        "status new",
        "status background",
        "position new",
        "position background",
    }
)
OVERRULED = frozenset({"day inherited", "day bounded"})  # grounds that words of standing outweigh


class Verdict(NamedTuple):
    """How old an event is, the words that decided it, and on what ground."""

    novelty: Novelty
    by: tuple[Span, ...]
    ground: str

    @property
    def name(self) -> str:
        return f"{self.ground} {self.novelty}"


def judge_novelty(
    events: tuple[Event, ...],
    a: Analysis,
    fields: Fields,
    codebook: Codebook,
    *,
    times: tuple[Time, ...],
    statements: tuple[Statement, ...],
) -> tuple[Event, ...]:
    """The events with `reported_as` and the words that decided it."""
    printed = published_day(fields)
    looks = AgeLooks(dating_of(a, fields, codebook, times))
    judged = []
    for e in events:
        verdict = judge(e, a, codebook.status, printed)
        if printed is not None and verdict.name in WEAK:
            verdict = weighed(verdict, codebook.ages.judge(looks.at(e, verdict.name)), e, a)
        e = replace(e, reported_as=verdict.novelty, reported_as_by=verdict.by)
        judged.append(replace(e, status="planned", status_by=e.when.spans) if lies_ahead(e, a, printed) else e)
    return tuple(judged)


def published_day(fields: Fields) -> date | None:
    """The day from which ages are counted."""
    return _day(fields.reference.value) if fields.reference else None


def weighed(verdict: Verdict, novelty: Novelty, e: Event, a: Analysis) -> Verdict:
    """The model's verdict; where it outweighs that of the rules, by the verb of the clause."""
    act = root_of(a, e.trigger)
    verb = None if act is None else _verb_of(a, act)
    by = () if verb is None else (span_of(a, verb, verb + 1),)
    return verdict if novelty == verdict.novelty else Verdict(novelty, by, "model")


def lies_ahead(e: Event, a: Analysis, printed: date | None) -> bool:
    """Whether an event told as a fact, and not in the past tense, is dated after the day of printing, so that it can only be planned."""
    start = _day(e.when.start)
    known = e.when.basis in ("stated", "relative", "inherited")
    past = any(a.tag[i] == "VBD" for i in tokens_in(a, e.trigger))
    return e.status == "actual" and not past and known and printed is not None and start is not None and start > printed


def judge(e: Event, a: Analysis, words: StatusWords, printed: date | None) -> Verdict:
    """How old one event is."""
    act = root_of(a, e.trigger)
    if act is None:
        return Verdict("background", (), "none")
    verdict = by_commemoration(a, act, words.novelty) or by_day(e, a, act, printed)
    standing = None if verdict is not None and verdict.ground not in OVERRULED else by_standing(a, act, words)
    if standing is not None:
        return standing
    if verdict is not None and not (verdict.novelty == "new" and e.status == "alleged" and e.when.basis == "inherited"):
        return verdict
    return by_grammar(e, a, act, words) or by_position(e, a, act, words.novelty, words.definite)


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def by_day(e: Event, a: Analysis, act: int, printed: date | None) -> Verdict | None:
    """What the event's own interval says, against the day of printing; None when it says nothing or has no basis in the text."""
    first, last = a.sentences[a.sentence[act]]
    beside = any(a.start[first] <= s.start < a.end[last - 1] for s in e.when.spans)
    ground = "day beside" if beside and e.when.basis == "inherited" else f"day {e.when.basis}"
    if printed is None and e.when.basis == "stated" and e.when.precision in ("year", "decade", "century"):
        return Verdict("background", e.when.spans, ground)  # nobody names the year of today's news
    if printed is None or e.when.basis in ("unknown", "dateline") or not (e.when.start or e.when.end):
        return None
    start, end = _day(e.when.start), _day(e.when.end)
    if start and end is None and e.when.basis != "bounded" and start < printed - timedelta(days=WINDOW):
        return Verdict("ongoing", e.when.spans, ground)
    latest = end or start
    if latest is not None and latest < printed - timedelta(days=WINDOW):
        return Verdict("background", e.when.spans, ground)
    if e.when.basis != "bounded" and start is not None and start >= printed - timedelta(days=WINDOW):
        return Verdict("new", e.when.spans, ground)
    return None


def by_commemoration(a: Analysis, act: int, words: NoveltyWords) -> Verdict | None:
    """Background when the act stands below an anniversary: "to mark the anniversary of the uprising"."""
    for above in ancestors(a, act):
        if a.lemma[above] in words.anniversaries:
            return Verdict("background", (span_of(a, above, above + 1),), "anniversary")
        if a.pos[above] in VERBS:
            return None
    return None


def by_standing(a: Analysis, act: int, words: StatusWords) -> Verdict | None:
    """Ongoing what the clause says is done again and again or holds: "has often met", "backs the bill"; background what lies far off."""
    verb = _verb_of(a, act)
    if verb is None or a.blocks[a.sentence_block[a.sentence[act]]].kind in ("headline", "deck"):
        return None
    if far := _far_off(a, verb, words.novelty):
        return Verdict("background", (far,), "far")
    holds = next(_standing(a, act, verb, words), None)
    return None if holds is None else Verdict("ongoing", (holds,), "standing")


def _standing(a: Analysis, act: int, verb: int, words: StatusWords) -> Iterator[Span]:
    """Words by which an act stands for longer than the day, in the present or the perfect."""
    novelty, auxiliaries = words.novelty, _auxiliaries(a, verb)
    perfect = a.tag[verb] in ("VBN", "VBD") and any(a.lower[x] in novelty.have for x in auxiliaries)
    simple = a.tag[verb] in ("VBZ", "VBP") and not any(a.tag[x] == "MD" for x in auxiliaries)
    being = a.tag[verb] == "VBG" and any(a.lower[x] in novelty.being for x in auxiliaries)
    if perfect or simple or being:
        yield from (span_of(a, c, c + 1) for c in a.children[verb] if a.dep[c] in ("advmod", "npadvmod") and a.lower[c] in novelty.often)
    if verb == act and a.lemma[act] in novelty.stances:
        if simple and not _reported(a, verb, words.reporting):
            yield span_of(a, act, act + 1)
        elif a.tag[act] == "VBG" and a.dep[act] == "acl":
            yield span_of(a, act, act + 1)  # "groups backing her"
    if a.pos[act] == "NOUN" and a.lemma[act] in novelty.lasting and (simple or being) and a.lemma[verb] not in words.reporting:
        yield span_of(a, act, act + 1)


def _far_off(a: Analysis, verb: int, words: NoveltyWords) -> Span | None:
    """Words that set an act long before or after another: "seven months before he resigned"."""
    for c in (t for child in a.children[verb] for t in (child, *a.children[child])):
        if a.lower[c] in words.apart:
            unit = next((t for t in a.children[c] if a.dep[t] == "npadvmod" and a.lemma[t] in words.long_units), None)
            if unit is not None:
                return span_of(a, unit, c + 1)
    return None


def by_grammar(e: Event, a: Analysis, act: int, words: StatusWords) -> Verdict | None:
    """What tense, adverbs and adjectives of the act's clause say; None when they say nothing."""
    if stopped := _presupposed(a, act, words.presupposing):
        return Verdict("ongoing", (stopped,), "grammar")
    verb = _verb_of(a, act)
    if past := next(_looking_back(a, act, verb, words.novelty), None):
        return Verdict("background", (past,), "grammar")
    if had := _had(a, verb, words.novelty):
        return Verdict("background", (had,), "had" if verb is None or not _reported(a, verb, words.reporting) else "had reported")
    if holds := next(_still(a, act, verb, words.novelty), None):
        return Verdict("ongoing", (holds,), "grammar")
    if e.status in ("planned", "threatened"):
        return Verdict("new", e.status_by, "status")
    if e.status == "alleged":
        return Verdict("background", e.status_by, "status")
    return None


def _presupposed(a: Analysis, act: int, presupposing: frozenset[str]) -> Span | None:
    """The word that asks for an end of what goes on: "cease the air raids", "an end to the siege"."""
    if a.pos[act] in VERBS and not (a.tag[act] == "VBG" and a.dep[act] in ("dobj", "pobj")):
        return None
    at = a.head[act]
    while a.dep[at] == "prep" and a.head[at] != at:
        at = a.head[at]
    wished = a.pos[at] == "NOUN" or a.tag[at] in ("VB", "VBG")
    return span_of(a, at, at + 1) if a.lemma[at] in presupposing and wished and at != act else None


def _verb_of(a: Analysis, act: int) -> int | None:
    if a.pos[act] in VERBS:
        return act
    return next((i for i in ancestors(a, act) if a.pos[i] in VERBS), None)


def _auxiliaries(a: Analysis, verb: int) -> list[int]:
    own = [c for c in a.children[verb] if a.dep[c] in ("aux", "auxpass")]
    if not own and a.dep[verb] in ("conj", "xcomp") and a.head[verb] != verb and a.pos[a.head[verb]] in VERBS:
        return _auxiliaries(a, a.head[verb])
    return own


def _looking_back(a: Analysis, act: int, verb: int | None, words: NoveltyWords) -> Iterator[Span]:
    """Words of an earlier time around the act: "the earlier raid", "once fled"."""
    for c in a.children[act]:
        if a.dep[c] in ("amod", "advmod", "npadvmod", "poss") and a.lower[c] in words.past:
            yield span_of(a, c, c + 1)
    if verb is None:
        return
    for c in a.children[verb]:
        if a.dep[c] in ("advmod", "npadvmod") and a.lower[c] in words.past and a.lower[c] not in words.past_adjectives:
            yield span_of(a, c, c + 1)


def _had(a: Analysis, verb: int | None, words: NoveltyWords) -> Span | None:
    """ "had fled" """
    if verb is None or a.tag[verb] not in ("VBN", "VBD"):
        return None
    had = next((x for x in _auxiliaries(a, verb) if a.lower[x] in words.had), None)
    return span_of(a, had, verb + 1) if had is not None and had < verb else None


def _reported(a: Analysis, verb: int, reporting: frozenset[str]) -> bool:
    """ "said that troops had fled": before the saying, and as often as not what is said is the news."""
    while a.dep[verb] == "conj" and a.head[verb] != verb:
        verb = a.head[verb]
    return a.dep[verb] == "ccomp" and a.lemma[a.head[verb]] in reporting


def _still(a: Analysis, act: int, verb: int | None, words: NoveltyWords) -> Iterator[Span]:
    """Words that say that the act goes on: "are shelling", "continues", "the persistent raids"."""
    for c in a.children[act]:
        if a.dep[c] in ("amod", "advmod") and a.lower[c] in words.ongoing:
            yield span_of(a, c, c + 1)
    if verb is None:
        return
    governs = [verb, *([a.head[verb]] if a.dep[verb] == "xcomp" else [])]
    for v in governs:
        if a.lemma[v] in words.ongoing_verbs and v != act:
            yield span_of(a, v, v + 1)
        yield from (span_of(a, c, c + 1) for c in a.children[v] if a.dep[c] == "advmod" and a.lower[c] in words.ongoing)
    auxiliaries = [x for x in _auxiliaries(a, verb) if x < verb]  # one behind it belongs to something else
    if verb == act and a.tag[verb] == "VBG" and any(a.lower[x] in words.being for x in auxiliaries):
        yield span_of(a, auxiliaries[0], verb + 1)


def by_position(e: Event, a: Analysis, act: int, words: NoveltyWords, definite: frozenset[str]) -> Verdict:
    """New when the headline or the lead tells it, or a main clause in the present or the bare past; else background."""
    verb = _verb_of(a, act)
    block = a.blocks[a.sentence_block[a.sentence[act]]]
    head = block.kind in ("headline", "deck")
    if verb is None:
        return Verdict("new" if head else "background", (), "position")
    early = head or (block.kind == "body" and block.index < LEAD)
    perfect = any(a.lower[x] in words.have for x in _auxiliaries(a, verb)) and a.tag[verb] in ("VBN", "VBD")
    if not early and (perfect or _after_clause(a, verb, words)):
        return Verdict("background", (span_of(a, verb, verb + 1),), "position")
    if a.sentence[act] >= NEWS_SENTENCES and e.when.basis in UNDATED and a.tag[verb] in ("VBD", "VBN"):
        return Verdict("background", (span_of(a, verb, verb + 1),), "position")
    if (verb == act and _told(a, verb)) or (early and verb != act and not _subordinate(a, verb) and not _spoken_of(a, act, verb, definite)):
        return Verdict("new", (span_of(a, verb, verb + 1),), "position")
    return Verdict("background", (), "position")


def _spoken_of(a: Analysis, act: int, verb: int, definite: frozenset[str]) -> bool:
    """Whether an event noun is a known thing of which the present tense says something: "the accords contain …"."""
    known = any(a.lower[c] in definite or a.dep[c] == "poss" for c in a.children[act])
    return known and a.dep[act] in SUBJECTS and a.tag[verb] in ("VBZ", "VBP") and a.pos[verb] == "VERB" and not _auxiliaries(a, verb)


def _after_clause(a: Analysis, verb: int, words: NoveltyWords) -> bool:
    """Whether the verb stands in a clause of what came before: "came after residents complained"."""
    at = verb
    while a.dep[at] in ("conj", "xcomp", "aux", "auxpass") and a.head[at] != at:
        at = a.head[at]
    if a.dep[at] == "pcomp":
        return a.lower[a.head[at]] in words.earlier_marks
    return a.dep[at] == "advcl" and any(a.lower[c] in words.earlier_marks for c in a.children[at] if a.dep[c] in ("mark", "advmod"))


def _told(a: Analysis, verb: int) -> bool:
    """Whether a clause of the report's own line tells the act: main, reported or joined, with a finite verb."""
    at = verb
    while a.dep[at] in ("conj", "xcomp", "ccomp", "advcl", "parataxis", "pcomp") and a.head[at] != at:
        if a.dep[at] == "pcomp":
            return False
        at = a.head[at]
    return a.dep[at] == "ROOT" and (
        a.tag[at] in ("VBD", "VBZ", "VBP", "VB", "VBN", "MD") or any(a.dep[c] in SUBJECTS for c in a.children[at])
    )


def _subordinate(a: Analysis, verb: int) -> bool:
    return any(a.dep[i] in ("relcl", "acl") for i in (verb, *ancestors(a, verb)) if a.pos[i] in VERBS)
