"""Happenings of public life that are no act of the ontology: speeches, elections, oaths of office, states such as stalled talks."""

from functools import cached_property

from dateline.codebook.loader import Loader, Words
from dateline.records import Base


class Happenings(Base, frozen=True, kw_only=True, dict=True):
    """Words of happenings without a type, by lemma; the file as a researcher edits it."""

    nouns: Words  # "the election"
    owned_nouns: Words  # only with an owner: "his remarks"
    place_nouns: Words  # where something was said or shown: "at an event", "attended the gala"
    verbs: Words
    verb_phrases: dict[str, Words]  # verb → objects or particles of which one must be there: take → office, oath
    rather: Words  # verbs of those that name no act of a type with such an object: "signed the bill"
    verbs_of: dict[str, Words]  # verb → bodies of which one must be its subject: "the senate voted"
    audiences: Words  # gatherings that are no protest where somebody speaks to them or they are held for a candidate
    addressing: Words  # verbs of speaking to them
    audience_kinds: Words  # what they are called when held for a vote: "a campaign rally"
    states: Words  # verbs of what a process has come to: stalled, collapsed; their subject must be one of `subjects`
    state_nouns: Words  # the same as nouns: "the collapse of talks"
    state_phrases: Words  # "at war"
    subjects: Words  # talks, negotiations, …
    demands: Words  # auxiliaries by which speech asks something of their subject: "Oslo must withdraw"
    speech: Words  # verbs that put such a demand
    contests: Words  # words of force that tell of a race for votes where the sentence holds one of `votes`
    votes: Words
    anonymity: Words  # what a source that stays unnamed asks or speaks under: "asked not to be named"
    not_with_infinitive: Words  # verbs that name no act when an infinitive follows: "tried to leave"
    only_with_infinitive: Words  # verbs that ask for something only when one does: "told them to leave"
    idioms: Words  # a preposition and a noun that together name no act: "in charge"
    causes: Words  # prepositions before the act in which another took place: "killed in a raid"
    whiles: Words  # before a clause of such an act: "killed when troops opened fire"
    first_told: Words  # determiners of what is told for the first time: "a second strike"
    done_to: Words  # verbs whose participle before a noun tells of the act: "the arrested men"
    not_with_object: Words  # verbs that name no act when they have an object: "demonstrate skill"
    not_with_fact: Words  # verbs that name no act when a clause of fact follows: "agree that prices are high"
    only_of_another: Words  # verbs that ask for something only when a clause with its own subject follows: "want Oslo to withdraw"
    not_behind_as: Words  # participles that name no act behind "as": "as opposed to"
    empty_heads: Words  # nouns that add nothing to the event noun before them: "peace process", "bombing campaign"

    @cached_property
    def telling(self) -> dict[str, frozenset[str]]:
        """Part of speech → every lemma or form at which a happening may be told."""
        nouns = frozenset(noun.split()[-1] for noun in self.nouns)
        return {
            "NOUN": nouns | self.owned_nouns | self.place_nouns | self.state_nouns,
            "VERB": frozenset(self.verbs | self.verb_phrases.keys() | self.verbs_of.keys() | self.states),
        }

    @cached_property
    def heads(self) -> frozenset[str]:
        """Every lemma or form at which anything of this may be told: most words are passed over by it."""
        return frozenset().union(*self.telling.values(), self.audiences, self.demands, (row[0] for row in self.state_word_rows))

    @cached_property
    def state_word_rows(self) -> tuple[tuple[str, ...], ...]:
        """Each of `state_phrases`, word by word."""
        return tuple(tuple(phrase.split()) for phrase in sorted(self.state_phrases))

    @cached_property
    def idiom_pairs(self) -> frozenset[tuple[str, str]]:
        """First and last word of each of `idioms`."""
        return frozenset((phrase.split()[0], phrase.split()[-1]) for phrase in self.idioms)


def read_happenings(loader: Loader) -> Happenings | None:
    """This part, or None with its faults kept in the loader."""
    return loader.read("happenings.yml", Happenings)
