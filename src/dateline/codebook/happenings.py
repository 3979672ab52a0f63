"""Happenings of public life that are no act of the ontology: speeches, elections, oaths of office, states such as stalled talks."""

from dateline.codebook.loader import Loader
from dateline.records import Base

Words = frozenset[str]


class HappeningsFile(Base, frozen=True, kw_only=True):
    """The file as a researcher edits it: comma-separated lemmas, and verbs with the words that they must govern."""

    nouns: str
    owned_nouns: str
    place_nouns: str
    verbs: str
    verb_phrases: dict[str, str]
    audiences: str
    addressing: str
    audience_kinds: str
    states: str
    state_nouns: str
    state_phrases: str
    subjects: str
    demands: str
    contests: str
    votes: str
    anonymity: str
    speech: str
    empty_heads: str
    not_with_infinitive: str
    only_with_infinitive: str
    idioms: str


class Happenings(Base, frozen=True, kw_only=True):
    """Words of happenings without a type, by lemma."""

    nouns: Words  # "the election"
    owned_nouns: Words  # only with an owner: "his remarks"
    place_nouns: Words  # where something was said or shown: "at an event", "attended the gala"
    verbs: Words
    verb_phrases: dict[str, Words]  # verb → objects or particles of which one must be there: take → office, oath
    audiences: Words  # gatherings that are no protest where somebody speaks to them or they are held for a candidate
    addressing: Words  # verbs of speaking to them
    audience_kinds: Words  # what they are called when held for a vote: "a campaign rally"
    states: Words  # verbs of what a process has come to: stalled, collapsed; their subject must be one of `subjects`
    state_nouns: Words  # the same as nouns: "the collapse of talks"
    state_phrases: tuple[tuple[str, ...], ...]  # "at war"
    subjects: Words  # talks, negotiations, …
    demands: Words  # auxiliaries by which speech asks something of their subject: "Oslo must withdraw"
    speech: Words  # verbs that put such a demand
    contests: Words  # words of force that tell of a race for votes where the sentence holds one of `votes`
    votes: Words
    anonymity: Words  # what a source that stays unnamed asks or speaks under: "asked not to be named"
    not_with_infinitive: Words  # verbs that name no act when an infinitive follows: "tried to leave"
    only_with_infinitive: Words  # verbs that ask for something only when one does: "told them to leave"
    idioms: frozenset[tuple[str, str]]  # a preposition and a noun that together name no act: "in charge"
    empty_heads: Words  # nouns that add nothing to the event noun before them: "peace process", "bombing campaign"


def read_happenings(loader: Loader) -> Happenings | None:
    """This part, or None with its faults kept in the loader."""
    file = loader.read("happenings.yml", HappeningsFile)
    if file is None:
        return None
    return Happenings(
        nouns=_listed(file.nouns),
        owned_nouns=_listed(file.owned_nouns),
        place_nouns=_listed(file.place_nouns),
        verbs=_listed(file.verbs),
        verb_phrases={verb: _listed(text) for verb, text in file.verb_phrases.items()},
        audiences=_listed(file.audiences),
        addressing=_listed(file.addressing),
        audience_kinds=_listed(file.audience_kinds),
        states=_listed(file.states),
        state_nouns=_listed(file.state_nouns),
        state_phrases=tuple(tuple(p.split()) for p in sorted(_listed(file.state_phrases))),
        subjects=_listed(file.subjects),
        demands=_listed(file.demands),
        speech=_listed(file.speech),
        contests=_listed(file.contests),
        votes=_listed(file.votes),
        anonymity=_listed(file.anonymity),
        empty_heads=_listed(file.empty_heads),
        not_with_infinitive=_listed(file.not_with_infinitive),
        only_with_infinitive=_listed(file.only_with_infinitive),
        idioms=frozenset((p.split()[0], p.split()[-1]) for p in _listed(file.idioms)),
    )


def _listed(text: str) -> Words:
    return frozenset(" ".join(p.split()) for p in text.split(",") if p.strip())
