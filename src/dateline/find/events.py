"""Finds events: trigger, parties and type of what happened to whom.

First every word that names an act gets the parties around it; then acts that stand together are tied: "the attack killed five" is by
whoever attacked, "lifted the sanctions on Oslo" is to Oslo, "killed in a raid by police" is by police.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.codebook.happenings import Happenings
from dateline.find.event_types import Judgement, Trigger, classify, find_triggers
from dateline.find.happenings import demand_at, happening_at, is_audience
from dateline.find.roles import Act, Parties, choose_parties, conjuncts, is_passive
from dateline.mentions import counted
from dateline.records import Analysis, Base, FoundActor, FoundEvent, FoundStatement, PloverType, Span
from dateline.syntax import SUBJECTS, is_side, root_of, shifted, span_of

LONGEST_TRIGGER = 6  # tokens; a trigger with more between its words is shown by its core alone
LONGEST_OF = 5  # tokens of an "of" phrase that still belong to a party's name
NAMES = frozenset({"DATE", "TIME", "PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "WORK_OF_ART", "LAW", "CARDINAL", "ORDINAL"})
FORCE = frozenset({"ASSAULT", "COERCE"})
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
ANNOUNCING = frozenset({"AGREE", "THREATEN", "CONCEDE"})
VERBS = frozenset({"VERB", "AUX"})
AGAINST = frozenset({"ACCUSE", "REJECT"})


class Draft(Base, frozen=True, kw_only=True):
    """One act before it is tied to its neighbours: its words by token, its type, the heads of its parties."""

    head: int
    core: int
    tokens: tuple[int, ...]
    type: PloverType | None
    mode: str | None = None
    cameo: str | None = None
    actor: tuple[int, ...] = ()
    recipient: tuple[int, ...] = ()
    score: float = 0.5
    by: str = ""
    refusal: bool = False
    announced_by: int | None = None  # the verb that announces it: "agreed to withdraw"
    more: tuple[int, ...] = ()  # words of its sentence that tell the same happening: "the raid [killed] two"


def find_events(
    a: Analysis,
    codebook: Codebook,
    *,
    statements: tuple[FoundStatement, ...],
    actors: tuple[FoundActor, ...],
    least: float = 0.0,
) -> tuple[FoundEvent, ...]:
    """Every event, in order of its trigger. It is given the statements and actor mentions; it does not fetch them.

    Events whose score is below `least` (0 to 1) are left out. Captions hold no event: what they show is told in the body.
    """
    kinds = party_kinds(a, actors, codebook.roles.sides)
    found: list[FoundEvent] = []
    for block, part in zip(a.blocks, a.parts, strict=True):
        if block.kind != "caption":
            here = {i - block.first: kind for i, kind in kinds.items() if block.first <= i < block.last}
            key = ("events", codebook.digest, *sorted(here.items()))
            if key not in part.kept:
                part.kept[key] = events_in(part, codebook, here)
            found += [moved(event, block.start) for event in part.kept[key]]
    return tuple(sorted((e for e in found if e.score >= least), key=lambda e: (e.trigger, e.type or "")))


def events_in(a: Analysis, codebook: Codebook, kinds: dict[int, str]) -> list[FoundEvent]:
    """The events of one paragraph; `kinds` say what its actor mentions are."""
    drafts = sorted(draft_events(a, codebook, kinds), key=lambda d: (d.head, d.core))
    told = frozenset(d.core for d in drafts if d.actor or d.recipient)
    drafts = tie_together(a, drafts, codebook.happenings, kinds)
    return [found_event(a, d) for d in drafts if by_somebody(a, d, kinds, told)]


def moved(event: FoundEvent, by: int) -> FoundEvent:
    """An event that stands so many characters further on."""
    return replace(
        event, trigger=shifted(event.trigger, by), act=event.act and shifted(event.act, by), actor=tuple(shifted(s, by) for s in event.actor),
        recipient=tuple(shifted(s, by) for s in event.recipient), evidence=tuple(shifted(s, by) for s in event.evidence),
    )  # fmt: skip


def draft_events(a: Analysis, codebook: Codebook, kinds: dict[int, str]) -> Iterator[Draft]:
    """Acts and happenings with the parties around them."""
    claimed: set[int] = set()
    words, heads = codebook.happenings, codebook.happenings.heads
    open_to = [i for i, (lemma, lower) in enumerate(zip(a.lemma, a.lower, strict=True)) if lemma in heads or lower in heads]
    states = {h.core for i in _may_be_states(a, words, open_to) if (h := happening_at(a, i, words))}
    triggers = find_triggers(a, codebook)
    beside: dict[int, list[Trigger]] = {}
    for trigger in triggers:
        beside.setdefault(a.sentence[trigger.head], []).append(trigger)
    for trigger in triggers:
        if trigger.core not in states and not told_rather(a, trigger, words) and names_act(a, trigger, codebook):
            near = [t for t in beside[a.sentence[trigger.head]] if t is not trigger]
            draft = read_act(a, trigger, near, codebook, kinds)
            if draft is not None:
                claimed.update((trigger.head, trigger.core))
                yield draft
    for i in open_to:
        if i not in claimed:
            yield from read_happening(a, i, codebook, kinds, claimed)


def told_rather(a: Analysis, trigger: Trigger, words: Happenings) -> bool:
    """Whether a verb tells a happening without a type rather than the act: "signed the bill" agrees with nobody."""
    return a.lemma[trigger.core] in words.rather and happening_at(a, trigger.core, words) is not None


def _may_be_states(a: Analysis, words: Happenings, open_to: list[int]) -> Iterator[int]:
    """Words that may begin or name what a process has come to, or a gathering that somebody speaks to: no act by that word."""
    for i in open_to:
        lemma = a.lemma[i]
        if a.pos[i] == "NOUN":
            if lemma in words.state_nouns or is_audience(a, i, words):
                yield i
        elif a.pos[i] == "VERB":
            if lemma in words.states and not any(a.dep[c] == "dobj" for c in a.children[i]):
                yield i
        elif a.dep[i] == "prep":
            yield i


def read_act(a: Analysis, trigger: Trigger, near: list[Trigger], codebook: Codebook, kinds: dict[int, str]) -> Draft | None:
    """The act that a trigger names; None where nothing speaks for a type. `near` are the other triggers of its sentence."""
    first = trigger.votes[0] if trigger.votes else None
    act = Act(trigger.head, trigger.core, frozenset(trigger.tokens), first.type if first else "", first.mode if first else None)
    parties = own_parties(a, trigger, kinds) or choose_parties(a, act, codebook.roles, kinds)
    if not parties.actor:
        parties = parties._replace(
            actor=tuple(i for i in trigger.tokens if i in kinds and a.head[i] == trigger.core and a.dep[i] == "compound")
        )
    trigger = told_by_noun(a, trigger, codebook)
    judged = classify(a, trigger, codebook, actor=_first_span(a, parties.actor), recipient=_first_span(a, parties.recipient), near=near)
    if trigger.core != trigger.head and judged.type not in {v.type for v in trigger.votes}:
        judged = replace(judged, type=trigger.votes[0].type, mode=trigger.votes[0].mode)
    if judged.type is None:
        return None
    if not parties.actor and judged.type != act.type and judged.type in codebook.roles.mutual:
        parties = choose_parties(a, act._replace(type=judged.type), codebook.roles, kinds)
    if judged.type in codebook.roles.mutual and not kinds.keys() & set(parties.recipient):
        parties = parties._replace(recipient=told_in(a, trigger, parties.actor, codebook, kinds) or parties.recipient)
    cameo = _cameo(judged)
    filed = _filed(a, trigger, judged, cameo, codebook)
    return Draft(
        head=trigger.head,
        core=trigger.core,
        tokens=trigger.tokens,
        type=filed,
        mode=judged.mode if filed == judged.type else None,
        cameo=cameo,
        actor=parties.actor,
        recipient=parties.recipient,
        refusal=is_refusal(judged, codebook),
        score=round(judged.confidence * certainty(parties), 4),
        by=",".join(v.entry for v in judged.votes[:3]),
    )


def told_in(a: Analysis, trigger: Trigger, actor: tuple[int, ...], codebook: Codebook, kinds: dict[int, str]) -> tuple[int, ...]:
    """Whom the actor tells something in a call or a meeting: "in a call, Oslo told Bern that …"; () for another act."""
    core = trigger.core
    verb = a.head[a.head[core]] if a.dep[core] == "pobj" else core
    if a.lemma[verb] not in codebook.happenings.speech or not any(c in actor for c in a.children[verb]):
        return ()
    told = next((c for c in a.children[verb] if a.dep[c] in ("dobj", "dative") and c in kinds), None)
    return () if told is None else conjuncts(a, told)


def own_parties(a: Analysis, trigger: Trigger, kinds: dict[int, str]) -> Parties | None:
    """The parties of an act that is told in one phrase with its party: "police firing", "the arrested men"; None for any other."""
    core = trigger.core
    if a.tag[core] == "VBG" and trigger.tokens == (core - 1, core) and core - 1 in kinds:
        return Parties((core - 1,), ())
    return Parties((), (a.head[core],)) if a.dep[core] == "amod" else None


def is_refusal(judged: Judgement, codebook: Codebook) -> bool:
    """Whether the entry of the lexicon that gave the type is one for negated words."""
    entry = next((v.entry for v in judged.votes if v.type == judged.type), "")
    name, _, number = entry.partition("#")
    category = codebook.events.categories.get(name)
    return category is not None and number.isdigit() and category.triggers[int(number)].negated


def _filed(a: Analysis, trigger: Trigger, judged: Judgement, cameo: str | None, codebook: Codebook) -> PloverType | None:
    """The type under which the record files an act, where that is not the lexicon's own (conventions.yml)."""
    convention = codebook.events.conventions["record"]
    by_word = convention.triggers.get(a.lemma[trigger.head]) if judged.type in MUTUAL | {"SUPPORT", "RETREAT"} else None
    return by_word or convention.cameo.get(cameo or "", judged.type)


def told_by_noun(a: Analysis, trigger: Trigger, codebook: Codebook) -> Trigger:
    """A trigger of a light verb and its noun with what the noun alone may mean: "held talks" detains nobody."""
    own = {p.type for p in codebook.events.nouns.get(a.lemma[trigger.core].lower(), ())}
    votes = tuple(v for v in trigger.votes if v.type in own)
    return replace(trigger, votes=votes) if trigger.core != trigger.head and votes else trigger


def _cameo(judged: Judgement) -> str | None:
    return next((v.cameo for v in judged.votes if (v.type, v.mode) == (judged.type, judged.mode)), None)


def read_happening(a: Analysis, i: int, codebook: Codebook, kinds: dict[int, str], claimed: set[int]) -> Iterator[Draft]:
    """The happening without a type, or the demand, that token i names."""
    if demand := demand_at(a, i, codebook.happenings):
        _, speaker, asked = demand
        verb = a.head[i]
        if asked not in kinds:
            return  # "the strategy must have three parts" asks nobody
        yield Draft(
            head=verb, core=verb, tokens=(i,), type="REQUEST", actor=conjuncts(a, speaker), recipient=conjuncts(a, asked), score=0.5, by="demand",
        )  # fmt: skip
    happening = happening_at(a, i, codebook.happenings)
    if happening is None or happening.core in claimed:
        return
    parties = choose_parties(a, Act(happening.head, happening.core, frozenset(happening.tokens), ""), codebook.roles, kinds)
    # who is sworn in, or at war, is the one it is about
    undergone = happening.rule == "state" or (a.pos[happening.head] in VERBS and is_passive(a, happening.head))
    recipient = () if undergone else parties.recipient
    actor = parties.actor or (parties.recipient if undergone else ())
    yield Draft(
        head=happening.head, core=happening.core, tokens=happening.tokens, type=None, actor=actor, recipient=recipient,
        score=certainty(parties) / 2, by=happening.rule,
    )  # fmt: skip


def names_act(a: Analysis, trigger: Trigger, codebook: Codebook) -> bool:
    """Whether a trigger's word tells of an act: not part of a name or a date, and not the mere description of somebody or something."""
    core = trigger.core
    entity = a.entity[core]
    if entity >= 0 and a.pos[core] == "PROPN" and a.entities[entity].label in NAMES:
        return False
    described = a.dep[core] == "amod" and not (a.tag[core] == "VBN" and a.lemma[core] in codebook.happenings.done_to)
    if described or not _meant(a, trigger, codebook.happenings) or _keeps_unnamed(a, trigger, codebook.happenings):
        return False
    if _of_a_vote(a, trigger, codebook.happenings):
        return False
    if a.lemma[core] in codebook.happenings.speech and any(_beyond_clause(a, t, core) for t in trigger.tokens):
        return False  # "said there will be no vote" does not say no
    if a.dep[core] == "nsubj" and _only_characterised(a, core):
        return False
    described = a.dep[core] in ("compound", "nmod") and a.pos[a.head[core]] in ("NOUN", "PROPN")
    return not described or a.lemma[a.head[core]] in codebook.happenings.empty_heads


def _meant(a: Analysis, trigger: Trigger, words: Happenings) -> bool:
    """Whether what follows a verb, or stands before a noun, leaves it its meaning: not "tried to leave", not "in charge"."""
    core = trigger.core
    if a.dep[core] == "pobj" and (a.lower[a.head[core]], a.lemma[core]) in words.idiom_pairs:
        return False
    infinitive = any(a.dep[c] in ("xcomp", "ccomp", "advcl") and is_infinitive(a, c) for c in a.children[core])
    if a.lemma[core] in words.not_with_infinitive:
        return not infinitive
    alone = not any(a.dep[t] == "prt" for t in trigger.tokens)  # "turned down the offer" is no turn
    if alone and a.lemma[core] in words.not_with_object and any(a.dep[c] == "dobj" for c in a.children[core]):
        return False
    if a.lemma[core] in words.not_behind_as and a.tag[core] == "VBN" and core and a.lower[core - 1] == "as":
        return False
    if a.lemma[core] in words.only_of_another and not _asks_another(a, core):
        return False
    if a.lemma[core] in words.not_with_fact and any(a.dep[c] == "ccomp" and _is_fact(a, c) for c in a.children[core]):
        return False
    asks = infinitive or any(a.dep[c] == "prep" and a.lower[c] == "for" for c in a.children[core])
    return a.lemma[core] not in words.only_with_infinitive or asks


def _asks_another(a: Analysis, v: int) -> bool:
    """Whether somebody else is to do what is wanted: a clause with its own subject, or something wanted from somebody."""
    return any(
        (a.dep[c] in ("ccomp", "xcomp") and any(a.dep[s] in SUBJECTS for s in a.children[c]))
        or (a.dep[c] == "prep" and a.lemma[c] == "from")
        for c in a.children[v]
    )


def _is_fact(a: Analysis, v: int) -> bool:
    """Whether a clause states what is, not what is to be done."""
    return a.tag[v] != "VB" and not any(a.dep[c] == "aux" and a.tag[c] == "MD" for c in a.children[v])


def _keeps_unnamed(a: Analysis, trigger: Trigger, words: Happenings) -> bool:
    """Whether an act is only that a source stays unnamed: "asked not to be named", "requested anonymity"."""
    of_it = (trigger.head, trigger.core, *(c for c in a.children[trigger.head] if a.dep[c] in ("xcomp", "ccomp", "dobj", "prep")))
    return any(a.lemma[i] in words.anonymity and (a.pos[i] not in VERBS or _unnamed(a, i)) for i in of_it)


def _of_a_vote(a: Analysis, trigger: Trigger, words: Happenings) -> bool:
    """Whether a word of force tells of a race for votes: "beat her rival in the primary", "picked up delegates"."""
    if not trigger.votes or trigger.votes[0].type not in FORCE or not {a.lemma[trigger.head], a.lemma[trigger.core]} & words.contests:
        return False
    first, last = a.sentences[a.sentence[trigger.head]]
    return any(lemma in words.votes for lemma in a.lemma[first:last])


def _unnamed(a: Analysis, v: int) -> bool:
    """Whether a verb is the passive of not being named: "not to be named", "who could not be identified"."""
    return is_passive(a, v) and any(a.dep[c] == "neg" for v in (v, a.head[v]) for c in a.children[v])


def is_infinitive(a: Analysis, v: int) -> bool:
    """Whether a verb stands with "to"."""
    return any(a.dep[c] == "aux" and a.tag[c] == "TO" for c in a.children[v])


def _beyond_clause(a: Analysis, i: int, top: int) -> bool:
    """Whether a clause of its own stands between a word and the verb above it."""
    while i != top and a.head[i] != i:
        if a.dep[i] in ("ccomp", "advcl", "relcl"):
            return True
        i = a.head[i]
    return False


def _only_characterised(a: Analysis, noun: int) -> bool:
    """ "Clashes are frequent" tells of no clash: a bare plural of which an adjective is said."""
    verb = a.head[noun]
    bare = a.tag[noun] == "NNS" and not any(a.dep[c] in ("poss", "nummod", "det") for c in a.children[noun])
    return bare and a.lemma[verb] == "be" and any(a.dep[c] == "acomp" for c in a.children[verb])


def _first_span(a: Analysis, heads: tuple[int, ...]) -> Span | None:
    return span_of(a, *phrase_of(a, heads[0])) if heads else None


def certainty(parties: Parties) -> float:
    """How sure the parties are, 0 to 1."""
    return 0.4 + 0.3 * bool(parties.actor) + 0.3 * bool(parties.recipient)


def tie_together(a: Analysis, drafts: list[Draft], words: Happenings, kinds: dict[int, str]) -> list[Draft]:
    """The drafts with the parties that they take from each other; those that tell one happening as one."""
    of_core = {d.core: d for d in drafts}
    drafts = _absorbed(a, drafts, of_core, words)
    of_core = {d.core: d for d in drafts}
    drafts = [d if d.actor or d.type not in MUTUAL else _with_sentence(a, d, drafts[:n]) for n, d in enumerate(drafts)]
    of_core = {d.core: d for d in drafts}
    return _announced(a, [_without_events_as_parties(d, of_core, kinds) for d in drafts])


def _absorbed(a: Analysis, drafts: list[Draft], of_core: dict[int, Draft], words: Happenings) -> list[Draft]:
    """Acts of force that are told twice in a sentence become one: "the raid killed two", "two were killed in a raid by police"."""
    of_head = {d.head: d for d in drafts}
    kept = {d.core: d for d in drafts}
    for d in drafts:
        if d.type not in FORCE:
            continue
        causes = list(_causes(a, d, of_core, of_head, words))
        into = _told_by(d, of_core, causes)
        while into is not None and into.core not in kept:
            into = next((k for k in kept.values() if into.core in k.more), None)
        if into is None or into.core == d.core:
            if d.core in kept and (manner := _manner(d, causes)) is not None:
                kept[d.core] = replace(kept[d.core], mode=manner.mode, cameo=manner.cameo, more=(*kept[d.core].more, manner.core))
                if not manner.recipient:
                    kept.pop(manner.core, None)
            continue
        kept.update(_as_one(a, kept.pop(d.core, d), kept.pop(into.core), of_core))
    return [d for d in drafts if d.core in kept for d in (kept[d.core],)]


def _as_one(a: Analysis, d: Draft, into: Draft, of_core: dict[int, Draft]) -> dict[int, Draft]:
    """Both as one draft, under its core: told by the noun where the other is a verb that only carries it ("hit in airstrikes")."""
    noun_tells = a.pos[d.core] not in VERBS and a.pos[into.core] in VERBS
    first, second = (d, into) if noun_tells else (into, d)
    actor = first.actor or second.actor
    theirs = tuple(i for i in second.recipient if i not in actor and i not in of_core)
    one = replace(first, actor=actor, recipient=first.recipient or theirs, more=(*first.more, second.core, *second.more))
    return {one.core: one}


def _told_by(d: Draft, of_core: dict[int, Draft], causes: list[Draft]) -> Draft | None:
    """The act of force that d only tells the outcome of: the event noun that is its subject, or the act that it happened in."""
    if d.actor:
        subject = of_core.get(d.actor[0])
        return subject if subject is not None and subject is not d and subject.type == d.type else None
    for cause in causes:
        if cause.type in FORCE and cause.actor and not set(cause.actor) & set(d.recipient) and cause.actor[0] not in of_core:
            return cause
    return None


def _manner(d: Draft, causes: list[Draft]) -> Draft | None:
    """How people whom nobody is said to have hurt were hurt: "injured in the firing"."""
    if d.actor or d.mode or d.type != "ASSAULT":
        return None
    return next((c for c in causes if c.type == d.type and c.mode and not c.actor), None)


def _announced(a: Analysis, drafts: list[Draft]) -> list[Draft]:
    """An act and its announcement are one: "agreed to withdraw" is a withdrawal, planned; "threatened to strike" a strike, threatened."""
    of_head = {d.head: d for d in drafts}
    gone: set[int] = set()
    out = []
    for d in drafts:
        above = of_head.get(a.head[d.head]) if a.dep[d.head] == "xcomp" and a.tag[d.head] == "VB" else None
        if (
            above is None
            or above is d
            or d.type is None
            or above.type not in ANNOUNCING
            or above.core in gone
            or a.pos[above.core] not in VERBS
        ):
            out.append(d)
            continue
        gone.add(above.core)
        out.append(replace(d, announced_by=above.head, actor=above.actor or d.actor, recipient=d.recipient or above.recipient))
    return [d for d in out if d.core not in gone or d.announced_by is not None]


def _causes(a: Analysis, d: Draft, of_core: dict[int, Draft], of_head: dict[int, Draft], words: Happenings) -> Iterator[Draft]:
    for c in a.children[d.head]:
        if a.dep[c] in ("prep", "agent") and a.lower[c] in words.causes:
            yield from (of_core[x] for p in a.children[c] for x in (p, *(k for k in a.children[p] if a.dep[k] == "acl")) if x in of_core)
        elif a.dep[c] == "advcl" and any(a.lower[m] in words.whiles for m in a.children[c]):
            yield from (of_head[x] for x in (c, *(k for k in a.children[c] if a.dep[k] == "conj")) if x in of_head)
    above = a.head[d.core]
    if a.dep[d.core] == "pobj" and a.lower[above] in words.causes and a.head[above] in of_head:
        yield of_head[a.head[above]]
    if a.dep[d.head] == "conj" and a.head[d.head] in of_head and of_head[a.head[d.head]].recipient == d.recipient:
        yield of_head[a.head[d.head]]


def _with_sentence(a: Analysis, d: Draft, before: list[Draft]) -> Draft:
    """A meeting or a deal without parties has those of the one told before it in its sentence: "three meetings, including two summits"."""
    if a.pos[d.core] not in ("NOUN", "PROPN"):
        return d
    for other in reversed(before):
        if a.sentence[other.head] == a.sentence[d.head] and other.type == d.type and other.actor:
            return replace(d, actor=other.actor, recipient=d.recipient or other.recipient)
    return d


def by_somebody(a: Analysis, d: Draft, kinds: dict[int, str], told: frozenset[int]) -> bool:
    """Whether an act has a party, and an actor that can act: "these actions demonstrate" and "threats" tell of nothing.

    `told` are the acts that had a party before they were tied to others ("the armistice was signed").

    Tanks and bombs do strike, so force may come from things.
    """
    if d.type is None:
        return True
    if not d.actor and not d.recipient and d.core not in told:
        if a.pos[d.core] in ("NOUN", "PROPN"):
            return (d.mode == "arrest" and (d.head != d.core or a.dep[d.core] == "pobj")) or any(
                a.dep[c] in ("det", "nummod") for c in a.children[d.core]
            )
        # "a ceasefire signed in May"; who was arrested may be lost in a list
        signed = d.type == "AGREE" and (len(d.tokens) > 1 or (a.dep[d.head] == "acl" and is_passive(a, d.head)))
        return signed or (d.mode == "arrest" and is_passive(a, d.head))
    return not d.actor or d.type in FORCE or any(i in kinds or a.pos[i] == "PRON" for i in d.actor)


def _without_events_as_parties(d: Draft, of_core: dict[int, Draft], kinds: dict[int, str]) -> Draft:
    """An event that stands as a party gives way to the one who did it, or to the one it was done to; a delegation that acts is somebody."""
    actor, recipient = d.actor, d.recipient
    if actor and (event := of_core.get(actor[0])) and event is not d and actor[0] not in kinds:
        actor = tuple(i for i in event.actor if i not in recipient)
    if recipient and (event := of_core.get(recipient[0])) and event is not d:
        theirs = event.actor if d.type in AGAINST else event.recipient or event.actor
        recipient = tuple(i for i in theirs if i not in actor) or (recipient if d.type in AGAINST else ())
    return replace(d, actor=actor, recipient=recipient)


def found_event(a: Analysis, d: Draft) -> FoundEvent:
    """A draft as a record: spans for tokens."""
    return FoundEvent(
        trigger=trigger_span(a, d),
        act=None if d.announced_by is None else span_of(a, d.head, d.head + 1),
        type=d.type,
        mode=d.mode,
        cameo=d.cameo,
        actor=party_spans(a, d.actor),
        recipient=party_spans(a, d.recipient),
        refusal=d.refusal,
        evidence=tuple(span_of(a, i, i + 1) for i in sorted(d.more)),
        score=d.score,
        by=d.by,
    )


def party_kinds(a: Analysis, actors: tuple[FoundActor, ...], sides: frozenset[str]) -> dict[int, str]:
    """What stands at the head of each actor mention: a place, another name, a described person or group, a pronoun."""
    names = {"name": "name", "nominal": "person", "pronoun": "pronoun"}
    found: dict[int, str] = {i: "person" for i, lemma in enumerate(a.lemma) if lemma in sides and is_side(a, i, sides)}
    for m in actors:
        head = root_of(a, m.head)
        if head is not None:
            found.setdefault(head, "place" if m.kind == "name" and m.type == "GPE" else names[m.kind])
    for i, kind in [*found.items()]:
        above = a.head[a.head[i]]
        if a.dep[i] == "pobj" and a.lower[a.head[i]] == "of" and counted(a, above) == i:
            found.setdefault(above, kind)  # "thousands of farmers"
    return found


def trigger_span(a: Analysis, d: Draft) -> Span:
    """The words of an act as one stretch: all of them, or the verb that carries it and its noun, or the noun alone when they stand far apart."""
    announced = () if d.announced_by is None else (d.announced_by, *d.tokens)
    for tokens in (announced, d.tokens, (d.head, d.core) if d.head in d.tokens else ()):
        if tokens and max(tokens) - min(tokens) < LONGEST_TRIGGER:
            return span_of(a, min(tokens), max(tokens) + 1)
    return span_of(a, d.core, d.core + 1)


def party_spans(a: Analysis, heads: tuple[int, ...]) -> tuple[Span, ...]:
    """The noun phrases of these heads: modifiers before, and a short "of" behind."""
    return tuple(span_of(a, *phrase_of(a, head)) for head in heads)


def phrase_of(a: Analysis, head: int) -> tuple[int, int]:
    """Tokens [first, last) of the noun phrase at a head, without relative clauses and without what is joined to it."""
    first = head
    for c in reversed([c for c in a.children[head] if c < head]):
        if a.dep[c] in ("punct", "cc", "conj", "preconj", "appos", "relcl"):
            break
        first = a.left[c]
    last = head + 1
    for c in (c for c in a.children[head] if c > head):
        if a.dep[c] == "prep" and a.lower[c] == "of" and a.left[c] == last and a.right[c] - c <= LONGEST_OF:
            last = a.right[c] + 1
        elif a.dep[c] != "case":
            break
    return first, last
