"""Which words name an act and which type of act they name: triggers by the lexicon, and the type by its votes and a learned model.

Sits in find, before the parties are resolved: `find_triggers` gives candidates, `classify` judges one with its parties' spans,
`code_pair` does both for a given source and target.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.codebook.events import Events, Pattern
from dateline.find.event_features import features_of
from dateline.records import Analysis, Base, Span
from dateline.syntax import subject_of, tokens_in

VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
NOUN_POS = frozenset({"NOUN", "PROPN"})
TRIGGER_POS = NOUN_POS | {"ADJ"}  # beside verbs
# What a head governs for the sake of a phrase or a condition: objects, particles, prepositional phrases, complements.
GOVERNED = frozenset(
    (
        *("prt", "prep", "pobj", "dobj", "dative", "nsubjpass", "acomp", "attr", "oprd", "advmod", "xcomp", "ccomp", "compound"),
        *("amod", "nmod", "conj", "pcomp", "npadvmod", "poss", "nummod", "neg", "intj"),
    )
)
TOLD = frozenset({"SUPPORT", "ACCUSE", "REQUEST", "THREATEN", "REJECT", "AGREE"})  # done in words, so by a call or a letter
CLAUSES = frozenset({"xcomp", "ccomp"})
REACH = 5  # steps down from the head


class Vote(Base, frozen=True, kw_only=True):
    """One entry of the lexicon that fits a trigger."""

    type: str
    mode: str | None
    cameo: str
    weight: float
    entry: str  # TYPE#number of the entry in its file


class Trigger(Base, frozen=True, kw_only=True):
    """Words that name an act. `head` is where its parties attach (the verb of "held talks"), `core` the word that says which act it is."""

    head: int
    core: int
    tokens: tuple[int, ...]
    votes: tuple[Vote, ...]  # the strongest first
    negated: bool = False


def find_triggers(a: Analysis, codebook: Codebook, *, first: int = 0, last: int | None = None) -> list[Trigger]:
    """Every trigger candidate among tokens [first, last), in order of the text. Words that no entry fits are no trigger."""
    events = codebook.events
    found: dict[int, Trigger] = {}
    carried: dict[int, Trigger] = {}
    heads, pos, tag, lemma, lower = events.heads, a.pos, a.tag, a.lemma, a.lower
    sentence, around = -1, set[str]()
    for i in range(first, len(a.word) if last is None else last):
        if (pos[i] in TRIGGER_POS or tag[i] in VERB_TAGS) and (lemma[i] in heads or lower[i] in heads or lemma[i].lower() in heads):
            if a.sentence[i] != sentence:
                sentence = a.sentence[i]
                begin, end = a.sentences[sentence]
                around = {*lower[begin:end], *lemma[begin:end]}
            trigger = _trigger_at(a, i, events, around)
            if trigger is not None:
                found[i] = trigger
    for i, trigger in sorted(found.items()):
        verb = _carrier(a, i, events, events.stop_verbs)
        if verb is not None and trigger.votes[0].type in events.stopped:
            carried[i] = _stopped(trigger, found.get(verb), verb, events)
            continue
        verb = _carrier(a, i, events, events.light_verbs)
        if verb is not None:
            carried[i] = _joined(trigger, found.get(verb), verb)
    for i, trigger in carried.items():
        del found[i]
        found.pop(trigger.head, None)
    found |= {trigger.core: trigger for trigger in carried.values()}
    inside = {t for trigger in found.values() if trigger.core == trigger.head for t in trigger.tokens if t != trigger.head}
    return [trigger for i, trigger in sorted(found.items()) if i not in inside]


def _trigger_at(a: Analysis, i: int, events: Events, around: set[str]) -> Trigger | None:
    """The trigger at token i; by the words `around` it most phrases fall before those that it governs are gathered."""
    lemma, tag = lemma_of(a, i, events), a.tag[i]
    if tag == "VBG" and (fits := _named_by_gerund(a, i, events)):
        return Trigger(head=i, core=i, tokens=(i - 1, i), votes=_votes(fits))
    if tag in VERB_TAGS:
        # a plural that only the nouns know is taken for a verb now and then ("airstrikes")
        patterns = events.verbs.get(lemma) or (events.nouns.get(lemma) if tag == "VBZ" else None)
    elif a.pos[i] in NOUN_POS:
        patterns = events.nouns.get(lemma)
    else:
        patterns = events.adjectives.get(lemma)
    if not patterns or (patterns.asked and patterns.asked.isdisjoint(around) and not _is_gerund_noun(a, i)):
        return None
    negated = patterns.of_negated and is_negated(a, i, events)
    governed = words_governed(a, i, events)
    # most phrases fall with the first of their other words
    fits = [p for p in patterns if (not p.rest or p.rest[0] in governed) and _fits(a, i, p, governed, negated)]
    if not fits and _is_gerund_noun(a, i):
        fits = [p for p in events.nouns.get(a.lower[i], ()) if _fits(a, i, p, governed, negated)]
    if not fits:
        return None
    rest = {w for p in fits for w in p.rest}
    tokens = sorted({i, *(t for w, t in governed.items() if w in rest)})
    return Trigger(head=i, core=i, tokens=tuple(tokens), votes=_votes(fits), negated=negated or is_negated(a, i, events))


def _named_by_gerund(a: Analysis, i: int, events: Events) -> list[Pattern]:
    """The entries of which an -ing form and the noun right before it are the whole phrase, though taken for a verb: "police firing"."""
    return [p for p in events.nouns.get(a.lower[i], ()) if i and p.rest == (a.lower[i - 1],)]


def _is_gerund_noun(a: Analysis, i: int) -> bool:
    """Whether an -ing form right behind a noun names an act, though taken for a verb: "police firing"."""
    return a.tag[i] == "VBG" and a.dep[i] == "acl" and a.head[i] == i - 1 and not any(a.dep[c] == "dobj" for c in a.children[i])


def lemma_of(a: Analysis, i: int, events: Events) -> str:
    """The lemma in lower case, put right where the language model is known to err, or where it leaves or drops a final e."""
    lemma = a.lemma[i].lower()
    lemma = events.lemmas.get(lemma, lemma)
    if lemma in events.verbs or a.tag[i] not in ("VBD", "VBN", "VBG"):
        return lemma
    return next((other for other in (lemma.removesuffix("e"), lemma + "e") if other in events.verbs), lemma)


def _fits(a: Analysis, i: int, p: Pattern, governed: dict[str, int], negated: bool) -> bool:
    return (
        (negated or not p.negated)
        and (not p.rest or all(w in governed for w in p.rest))
        and (not p.needs or not p.needs.isdisjoint(governed))
        and p.bars.isdisjoint(governed)
        and (not p.by or not p.by.isdisjoint(doers(a, i)))
    )


def _votes(fits: Iterable[Pattern]) -> tuple[Vote, ...]:
    best: dict[tuple[str, str | None], Pattern] = {}
    for p in fits:
        kept = best.get((p.type, p.mode))
        if kept is None or p.weight > kept.weight:
            best[p.type, p.mode] = p
    ranked = sorted(best.values(), key=lambda p: (-p.weight, p.entry))
    return tuple(Vote(type=p.type, mode=p.mode, cameo=p.cameo, weight=p.weight, entry=p.entry) for p in ranked)


def _joined(noun: Trigger, verb: Trigger | None, at: int) -> Trigger:
    """A noun with the light verb that carries it; what the verb's own entries say is kept behind the noun's."""
    votes = {(v.type, v.mode): v for v in (verb.votes if verb else ())}
    for v in noun.votes:
        kept = votes.get((v.type, v.mode))
        votes[v.type, v.mode] = v if kept is None or kept.weight < v.weight + 2 else kept
    ranked = tuple(sorted(votes.values(), key=lambda v: (-v.weight, v.entry)))
    tokens = tuple(sorted({at, *noun.tokens, *(verb.tokens if verb else ())}))
    return Trigger(head=at, core=noun.core, tokens=tokens, votes=ranked, negated=noun.negated or bool(verb and verb.negated))


def _stopped(noun: Trigger, verb: Trigger | None, at: int, events: Events) -> Trigger:
    """The end of an act ("called off a strike"): the verb's own entries, and what ending this type of act is."""
    kind, _, mode = events.stopped[noun.votes[0].type].partition("/")
    cameo = events.cameo(kind, mode) or ""
    ended = Vote(type=kind, mode=mode, cameo=cameo, weight=noun.votes[0].weight + 1, entry=f"stopped {noun.votes[0].entry}")
    votes = {(v.type, v.mode): v for v in (ended, *(verb.votes if verb else ()))}
    ranked = tuple(sorted(votes.values(), key=lambda v: (-v.weight, v.entry)))
    tokens = tuple(sorted({at, noun.core, *(verb.tokens if verb else ())}))
    return Trigger(head=at, core=at, tokens=tokens, votes=ranked, negated=bool(verb and verb.negated))


def _carrier(a: Analysis, i: int, events: Events, verbs: Mapping[str, tuple[tuple[str, ...], ...]]) -> int | None:
    """The verb among `verbs` whose object noun i is ("held talks", "went on strike", "called off the march"), or None."""
    if a.tag[i] in VERB_TAGS:
        return None
    verb, through = a.head[i], ""
    if a.dep[i] == "pobj":
        through, verb = a.lower[verb], a.head[verb]
    elif a.dep[i] not in ("dobj", "nsubjpass", "attr"):
        return None
    for rest in verbs.get(lemma_of(a, verb, events), ()):
        own = {a.lower[c] for c in a.children[verb]}
        if (not through or through in rest) and all(w in own or w == through for w in rest):
            return verb
    return None


def words_governed(a: Analysis, i: int, events: Events) -> dict[str, int]:
    """Lemmas and forms of what token i governs, each with the nearest token that has it; a relative clause's verb sees its noun."""
    found: dict[str, int] = {}
    told = a.lemma[i].lower() in events.frames["reporting"]  # its clause is an act of its own
    level = [c for c in a.children[i] if not (told and a.dep[c] == "ccomp")]
    for depth in range(REACH):
        below: list[int] = []
        for c in level:
            if a.dep[c] not in GOVERNED or (a.dep[c] == "conj" and depth == 0) or _of_time(a, c):
                continue
            found.setdefault(a.lemma[c].lower(), c)
            found.setdefault(a.lower[c], c)
            if a.dep[c] == "xcomp" and any(a.lower[g] == "to" for g in a.children[c]):
                found.setdefault("to", c)
            below += a.children[c]
        level = below
    if a.dep[i] in ("relcl", "acl") and a.head[i] != i and a.tag[i] == "VBN":
        found.setdefault(a.lemma[a.head[i]].lower(), a.head[i])
    return found


def _of_time(a: Analysis, i: int) -> bool:
    """Whether a preposition leads to a date or a time: "on Friday" is no part of "call on"."""
    return a.dep[i] == "prep" and any(a.entity[c] >= 0 and a.entities[a.entity[c]].label in ("DATE", "TIME") for c in a.children[i])


def doers(a: Analysis, i: int) -> Iterator[str]:
    """Lemmas of the subject, or of a passive's agent, with the nouns that make it up ("hundreds of students")."""
    agent = next((c for c in a.children[i] if a.dep[c] == "agent"), None)
    top = next((c for c in a.children[agent] if a.dep[c] == "pobj"), None) if agent is not None else None
    if top is None and a.tag[i] in VERB_TAGS:
        top = subject_of(a, i)
        if top is not None and a.dep[top] == "nsubjpass":
            return
        if top is None and a.dep[i] in ("relcl", "acl") and a.tag[i] == "VBG":
            top = a.head[i]
        if top is not None and a.lower[top] in ("who", "that", "which") and a.dep[i] == "relcl":
            top = a.head[i]
    if top is None:
        return
    for t in range(a.left[top], min(a.right[top] + 1, i if a.left[top] < i else len(a.word))):
        if a.pos[t] in ("NOUN", "PROPN", "ADJ"):
            yield a.lemma[t].lower()


def is_negated(a: Analysis, i: int, events: Events) -> bool:
    """Whether a negation stands at the trigger, or at the auxiliary or verb that carries it."""
    words = events.frames["negations"]
    return any(a.dep[c] == "neg" or (a.lower[c] in words and a.dep[c] in ("det", "preconj", "advmod")) for c in a.children[i])


def act_status(a: Analysis, trigger: Trigger, events: Events) -> str:
    """Whether the act at a trigger is `planned` (will, plans to, is set to), `negated` or `actual`, by its own clause alone."""
    if trigger.negated:
        return "negated"
    head = trigger.head
    auxiliaries = {a.lower[c] for c in a.children[head] if a.dep[c] == "aux"}
    if auxiliaries & events.frames["future_auxiliaries"]:
        return "planned"
    above = a.head[head]
    if a.dep[head] in CLAUSES and above != head:
        if a.lemma[above].lower() in events.frames["future"] | events.frames["ready"] or (
            "to" in auxiliaries and a.lemma[above] in ("be", "go")
        ):
            return "planned"
        if a.lower[above] == "to" or a.dep[above] == "prep":
            return "actual"
    return "actual"


def is_required(a: Analysis, trigger: Trigger, source: Sequence[int], events: Events) -> bool:
    """Whether the source only says that another must do the act ("Oslo said that Moscow must withdraw")."""
    head = trigger.head
    if not any(a.dep[c] == "aux" and a.lower[c] in events.frames["obligations"] for c in a.children[head]):
        return a.dep[head] == "xcomp" and a.lemma[a.head[head]] in ("have", "need") and is_told(a, a.head[head], source)
    return is_told(a, head, source)


def is_told(a: Analysis, verb: int, source: Sequence[int]) -> bool:
    """Whether a verb stands in the clause of something said by the source, with a subject of its own."""
    speech = a.head[verb]
    if speech == verb:
        return False
    subject, speaker = subject_of(a, verb), subject_of(a, speech)
    return speaker is not None and speaker in source and subject is not None and subject not in source


class Judgement(Base, frozen=True, kw_only=True):
    """What a trigger is taken for: None where nothing speaks for a type."""

    type: str | None
    mode: str | None = None
    confidence: float = 0.0
    votes: tuple[Vote, ...] = ()


def classify(
    a: Analysis,
    trigger: Trigger,
    codebook: Codebook,
    *,
    actor: Span | None = None,
    recipient: Span | None = None,
    near: Sequence[Trigger] = (),
    must: bool = False,
) -> Judgement:
    """The type and mode of a trigger given its parties' spans (either may be None), with a confidence in [0, 1].

    `near` are the other triggers of the sentence. Without votes there is no type, unless it `must` have one.
    """
    events = codebook.events
    if not trigger.votes and not must:
        return Judgement(type=None)
    if events.model is None or (trigger.votes and trigger.votes[0].type not in events.model.types):
        return _by_votes(trigger)
    mine = tokens_in(a, actor) if actor else []
    its = tokens_in(a, recipient) if recipient else []
    label, share = events.model.likeliest(features_of(a, trigger, events, near=near, actor=mine, recipient=its), must=must)
    kind, _, mode = label.partition("/")
    if kind == "none":
        return Judgement(type=None, confidence=share, votes=trigger.votes)
    known = next((v.mode for v in trigger.votes if v.type == kind and (not mode or v.mode == mode)), None)
    return Judgement(type=kind, mode=mode or known, confidence=share, votes=trigger.votes)


def _by_votes(trigger: Trigger) -> Judgement:
    if not trigger.votes:
        return Judgement(type=None)
    top = trigger.votes[0]
    return Judgement(type=top.type, mode=top.mode, confidence=top.weight / sum(v.weight for v in trigger.votes), votes=trigger.votes)


class Pair(Base, frozen=True, kw_only=True):
    """What joins a source and a target: the trigger (None: the sentence has no verb or noun between them), the act, how real it is."""

    trigger: Trigger | None = None
    judged: Judgement = Judgement(type=None)
    status: str = "actual"

    def root(self, codebook: Codebook, convention: str = "plv") -> str | None:
        """The root under which sentence-pair sets file the act; conventions.yml says how."""
        return codebook.events.conventions[convention].root(self.judged.type, self.judged.mode, self.status)


def code_pair(a: Analysis, source: Span | None, target: Span | None, codebook: Codebook) -> Pair:
    """The trigger that joins source and target, its type and its status."""
    mine = tokens_in(a, source) if source else []
    its = tokens_in(a, target) if target else []
    triggers = triggers_between(a, mine, its, codebook)
    trigger = purpose_of(a, choose_trigger(a, triggers, mine, its), triggers) if triggers else bare_trigger(a, mine, its)
    if trigger is None:
        return Pair()
    judged = classify(a, trigger, codebook, actor=source, recipient=target, near=triggers, must=True)
    if is_required(a, trigger, mine, codebook.events):
        judged = replace(judged, type="REQUEST", mode=None)
    return Pair(trigger=trigger, judged=judged, status=act_status(a, trigger, codebook.events))


def triggers_between(a: Analysis, source: Sequence[int], target: Sequence[int], codebook: Codebook) -> list[Trigger]:
    """Trigger candidates of the sentences that the two spans stand in."""
    sentences = sorted({a.sentence[i] for i in (*source, *target)}) or list(range(len(a.sentences)))
    first, last = a.sentences[sentences[0]][0], a.sentences[sentences[-1]][1]
    return find_triggers(a, codebook, first=first, last=last)


def span_head(a: Analysis, tokens: Sequence[int]) -> int | None:
    """The token of a span whose head lies outside it; None for an empty span."""
    inside = set(tokens)
    return next((i for i in tokens if a.head[i] not in inside or a.head[i] == i), None)


def purpose_of(a: Analysis, chosen: Trigger, triggers: Sequence[Trigger]) -> Trigger:
    """What a talk, call or letter was for ("called him to apologise", "wrote, threatening …"); the chosen trigger where nothing says it."""
    if chosen.votes[0].type != "CONSULT":
        return chosen
    inner = (t for t in triggers if t.head != chosen.head and a.dep[t.head] in ("xcomp", "advcl", "acl") and t.votes[0].type in TOLD)
    return next((t for t in inner if a.head[t.head] in (chosen.head, chosen.core) and a.tag[t.head] in ("VB", "VBG")), chosen)


def bare_trigger(a: Analysis, source: Sequence[int], target: Sequence[int]) -> Trigger | None:
    """Where no entry fits: the verb or noun above the source that reaches the target, without votes."""
    up, other = path_up(a, span_head(a, source)), set(path_up(a, span_head(a, target)))
    above = [i for i in (*up, *sorted(other)) if a.pos[i] in ("VERB", "NOUN") and i not in source and i not in target]
    best = next((i for i in above if i in other or not other), above[0] if above else None)
    return None if best is None else Trigger(head=best, core=best, tokens=(best,), votes=())


def path_up(a: Analysis, i: int | None) -> list[int]:
    """Token i and all its heads up to the root."""
    found: list[int] = []
    while i is not None:
        found.append(i)
        i = a.head[i] if a.head[i] != i else None
    return found


def choose_trigger(a: Analysis, triggers: Sequence[Trigger], source: Sequence[int], target: Sequence[int]) -> Trigger:
    """The trigger nearest to the dependency path between the two spans; the first of equals."""
    up, other = path_up(a, span_head(a, source)), path_up(a, span_head(a, target))
    shared = set(up) & set(other)
    path = {i for i in (*up, *other) if i not in shared}
    top = next((i for i in up if i in shared), None)
    inside = {*source, *target}

    def fit(t: Trigger) -> float:
        score = 0.4 * t.votes[0].weight
        if t.head == top or t.core == top:
            score += 4
        elif t.head in path or t.core in path:
            score += 3
        elif t.head in shared:
            score += 1
        subject = subject_of(a, t.head) if a.tag[t.head] in VERB_TAGS else None
        if subject is not None and subject in source:
            score += 2
        if a.dep[subject] == "nsubjpass" if subject is not None else False:
            score += 1 if subject in target else 0
        if t.core in inside:
            score -= 3
        if a.dep[t.head] in ("relcl", "advcl", "acl") and t.head not in up:
            score -= 1.5
        return score - 0.1 * len(path_up(a, t.head))

    return max(triggers, key=fit)


__all__ = ["Judgement", "Pair", "Trigger", "Vote", "classify", "code_pair", "find_triggers"]
