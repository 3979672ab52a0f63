"""Through whom words reached the page: the chain of each statement, first speaker first. A blank stays a blank.

A link is `stated` when its words stand in the statement's own sentence, `document` when another place of the report carries it over,
with the reason. Nothing comes from outside the report.
"""

from collections.abc import Sequence
from typing import NamedTuple

from dateline.codebook import Codebook
from dateline.mentions import ActorIndex
from dateline.records import Analysis, Fields, FoundStatement, Link, Span, Speaker
from dateline.resolve.speakers import author_at, described, speaker_at
from dateline.syntax import Stretches, dependent, text_of, tokens_in

Piece = tuple[int, int]


class Heard(NamedTuple):
    """A found statement with its speaker, the statement that it stands in, and the token of its cue."""

    found: FoundStatement
    speaker: Speaker | None
    document: Span | None  # the document that speaks for its author
    nested_in: int | None
    cue: int | None
    sentence: int


class Occasion(NamedTuple):
    """One happening of speech that covers other statements of the same speaker: who relays it, and why."""

    speaker: str
    relay: Speaker
    reason: str
    at: int  # the number of the statement that tells of it


def hear(found: Sequence[FoundStatement], a: Analysis, index: ActorIndex, codebook: Codebook) -> list[Heard]:
    """The statements with speakers and nesting."""
    heard = []
    nesting = nested(found)
    for k, f in enumerate(found):
        speaker, document = None, None
        if f.source:
            written = author_at(f.source[0], a, index, codebook)
            if written:
                author, document = written
                speaker = Speaker(name=author.name, span=f.source[0] if document else author.span, actor=author.actor)
            else:
                speaker = speaker_at(f.source[0], a, index)
        tokens = tokens_in(a, f.cue[0]) if f.cue else []
        cue = next((t for t in tokens if a.head[t] not in tokens or a.head[t] == t), None)
        quoted = quoted_person(cue, f, a, codebook) if cue is not None else None
        if quoted:
            speaker, document = speaker_at(quoted, a, index), None
        first = tokens_in(a, f.content[0])
        sentence = a.sentence[cue if cue is not None else first[0] if first else 0]
        heard.append(Heard(f, speaker, document, nesting[k], cue, sentence))
    return [with_holder(h, heard, a) for h in heard]


def with_holder(h: Heard, heard: Sequence[Heard], a: Analysis) -> Heard:
    """ "According to the report, it is claimed that …": a passive that names nobody is said by whom the words around it are laid to."""
    if h.speaker is not None or h.nested_in is None or h.cue is None:
        return h
    subject = dependent(a, h.cue, "nsubjpass", "expl")
    if subject is None or a.pos[subject] != "PRON":
        return h
    return h._replace(speaker=heard[h.nested_in].speaker, document=heard[h.nested_in].document)


def quoted_person(cue: int, f: FoundStatement, a: Analysis, codebook: Codebook) -> Span | None:
    """The person whom a cue of relaying quotes ("the daily quoted the minister as saying"): the speaker is the quoted one."""
    if a.lemma[cue].lower() not in codebook.statements.relaying:
        return None
    person = dependent(a, cue, "dobj", "nsubjpass")
    says = any(a.dep[c] == "prep" and a.lower[c] in codebook.statements.predicates for c in a.children[cue])
    if person is None or not says:
        return None
    last = min([a.right[person], *(a.left[c] - 1 for c in a.children[person] if c > person and a.dep[c] in ("prep", "relcl", "acl"))])
    span = Span(a.start[a.left[person]], a.end[last])
    return None if any(c.start < span.end and span.start < c.end for c in f.content) else span


def nested(found: Sequence[FoundStatement]) -> list[int | None]:
    """For each statement the number of the smallest other one whose content holds its cue (its content when it has no cue).

    Of two that hold each other's cues the smaller is in the larger: no statement is inside itself, however far up.
    """
    sizes = [sum(c.end - c.start for c in g.content) for g in found]
    contents = Stretches((c, j) for j, g in enumerate(found) for c in g.content)
    inside: list[int | None] = [None] * len(found)

    def holds(k: int, j: int | None) -> bool:
        while j is not None and j != k:
            j = inside[j]
        return j == k

    for k in sorted(range(len(found)), key=lambda k: (sizes[k], k)):
        at = found[k].cue[0] if found[k].cue else found[k].content[0]
        holders = sorted(contents.over(at), key=lambda j: (sizes[j], j))
        inside[k] = next((j for j in holders if not holds(k, j)), None)
    return inside


def chains_of(heard: Sequence[Heard], a: Analysis, fields: Fields, index: ActorIndex, codebook: Codebook) -> list[tuple[Link, ...]]:
    """The chain of each statement."""
    occasions = occasions_of(heard, a, index, codebook)
    return [chain_of(k, heard, occasions, a, fields, index, codebook) for k in range(len(heard))]


def chain_of(
    k: int, heard: Sequence[Heard], occasions: Sequence[Occasion], a: Analysis, fields: Fields, index: ActorIndex, codebook: Codebook
) -> tuple[Link, ...]:
    """Speaker, relays stated in the sentence, else the relay of the occasion, then the report's own agency and outlet."""
    links: list[Link] = []
    at: int | None = k
    while at is not None and len(links) < 8:
        here = heard[at]
        if here.speaker and here.speaker.span and is_open_pronoun(here.speaker, a):
            links.append(Link(name=None, span=here.speaker.span, basis="unknown", reason="the report does not say who this pronoun means"))
        elif here.speaker and here.speaker.span:
            own = a.sentence[tokens_in(a, here.speaker.span)[0]] == heard[k].sentence if tokens_in(a, here.speaker.span) else True
            add(links, here.speaker.name, here.speaker.span, None if own else "the statement that holds these words is by this speaker")
        for relay in stated_relays(here, a, index, codebook):
            add(
                links,
                relay.name,
                relay.span,
                None if here.sentence == heard[k].sentence else "the statement that holds these words says so",
            )
        at = here.nested_in
    if len(links) == 1:
        carried = next((o for o in occasions if o.speaker == links[0].name and o.at != k and o.relay.name != links[0].name), None)
        if carried:
            add(links, carried.relay.name, carried.relay.span, carried.reason)
    if not links:
        links.append(Link(name=None, basis="unknown", reason="the text names no source"))
    for value, reason in ((fields.agency, "the report is credited to this agency"), (fields.outlet, "the report was published here")):
        if value and all(not same_name(link.name, value.value) for link in links):
            links.append(Link(name=value.value, span=value.span, basis="document", reason=reason))
    return tuple(links)


def is_open_pronoun(speaker: Speaker, a: Analysis) -> bool:
    """Is the speaker a pronoun that no actor of the report was found for? A blank stays a blank."""
    tokens = tokens_in(a, speaker.span) if speaker.span and speaker.actor is None else []
    return len(tokens) == 1 and a.pos[tokens[0]] == "PRON" and speaker.name.casefold() == a.lower[tokens[0]]


def add(links: list[Link], name: str, span: Span | None, reason: str | None) -> None:
    """Add a link unless the chain has that name already."""
    if all(not same_name(link.name, name) for link in links):
        links.append(Link(name=name, span=span, basis="document" if reason else "stated", reason=reason))


def same_name(one: str | None, other: str | None) -> bool:
    """The same words but for case and an article."""
    return one is not None and other is not None and one.casefold().removeprefix("the ") == other.casefold().removeprefix("the ")


def stated_relays(h: Heard, a: Analysis, index: ActorIndex, codebook: Codebook) -> list[Speaker]:
    """Relays that the statement's own sentence names, the nearest to the speaker first."""
    relays = []
    if h.document:
        relays.append(Speaker(name=text_of(a, h.document), span=h.document))
    for span in (h.found.medium, h.found.addressee):
        outlet = outlet_in(span, a, index, codebook) if span else None
        if outlet:
            relays.append(outlet)
    quoting = quoting_party(h, a, index, codebook)
    return [*relays, quoting] if quoting else relays


def outlet_in(span: Span, a: Analysis, index: ActorIndex, codebook: Codebook) -> Speaker | None:
    """The named outlet or agency in the words of a medium or an addressee; None for "reporters" and "a statement"."""
    tokens = tokens_in(a, span)
    for e in sorted({a.entity[t] for t in tokens if a.entity[t] >= 0}):
        entity = a.entities[e]
        piece = Span(a.start[entity.first], min(a.end[entity.last - 1], span.end))
        if entity.label not in ("PERSON", "DATE", "TIME", "CARDINAL", "ORDINAL", "LAW", "NORP") and is_press(piece, a, codebook):
            return speaker_at(piece, a, index)
    return speaker_at(span, a, index) if is_press(span, a, codebook) and any(a.pos[t] == "PROPN" for t in tokens) else None


def is_press(span: Span, a: Analysis, codebook: Codebook) -> bool:
    """A known outlet or agency, or a name made with a word of the press."""
    printed = text_of(a, span).strip(" “”\"'’‘.,").removesuffix("'s").removesuffix("’s")
    if codebook.agencies.agency(printed) or codebook.agencies.outlet(printed):
        return True
    return any(a.lower[t] in codebook.statements.press and a.pos[t] == "PROPN" for t in tokens_in(a, span))


def quoting_party(h: Heard, a: Analysis, index: ActorIndex, codebook: Codebook) -> Speaker | None:
    """Who passes the words on: the subject of "quoted X as saying", the agent of "was quoted by Y as saying"."""
    if h.cue is None:
        return None
    verb = h.cue
    if a.dep[h.cue] == "pcomp" and a.lower[a.head[h.cue]] in codebook.statements.predicates:
        verb = a.head[a.head[h.cue]]
    elif quoted_person(h.cue, h.found, a, codebook) is None:
        return None
    if a.lemma[verb].lower() not in codebook.statements.relaying:
        return None
    agent = dependent(a, verb, "agent")
    party = dependent(a, agent, "pobj") if agent is not None else dependent(a, verb, "nsubj")
    if party is None:
        return None
    span = Span(a.start[a.left[party]], a.end[a.right[party]])
    return speaker_at(span, a, index)


def occasions_of(heard: Sequence[Heard], a: Analysis, index: ActorIndex, codebook: Codebook) -> list[Occasion]:
    """Occasions told anywhere in the report: "her remarks came at …, the agency reported", "said in an interview with the daily"."""
    words = codebook.statements
    found = []
    for k, h in enumerate(heard):
        told = told_occasion(h, a, index, codebook)
        if told and h.speaker and told != h.speaker.name:
            reason = f"{h.speaker.name} reports the occasion of these words: “{text_of(a, h.found.content[0])[:60]}”"
            found.append(Occasion(told, h.speaker, reason, k))
        if not h.speaker or h.nested_in is not None:
            continue
        spans = [s for s in (h.found.medium, h.found.addressee) if s]
        outlet = next((o for o in (outlet_in(s, a, index, codebook) for s in spans) if o), None)
        personal = h.cue is not None and (a.lemma[h.cue].lower() in words.addressing or is_interview(h.found.medium, a, codebook))
        if outlet and personal:
            found.append(Occasion(h.speaker.name, outlet, f"{h.speaker.name} spoke to {outlet.name}", k))
    return found


def is_interview(span: Span | None, a: Analysis, codebook: Codebook) -> bool:
    """Is the medium a conversation with one outlet?"""
    return span is not None and any(a.lemma[t].lower() in codebook.statements.conversations for t in tokens_in(a, span))


def told_occasion(h: Heard, a: Analysis, index: ActorIndex, codebook: Codebook) -> str | None:
    """The name whose remarks, speech or interview are the subject of this statement's content, when it tells of an occasion."""
    words = codebook.statements
    tokens = tokens_in(a, h.found.content[0])
    for t in tokens:
        if a.dep[t] in ("nsubj", "nsubjpass") and a.lemma[t].lower() in words.occasions:
            owner = dependent(a, t, "poss")
            if owner is not None and a.head[t] in tokens:
                span = Span(a.start[a.left[owner]], a.end[owner])
                return speaker_at(span, a, index).name
    return None


__all__ = ["Heard", "Occasion", "chains_of", "described", "hear", "occasions_of"]
