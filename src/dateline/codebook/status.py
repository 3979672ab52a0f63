"""The words that decide how real an act is (negated, planned, threatened, hypothetical, alleged) and how old the news of it is."""

from functools import cached_property

from dateline.codebook.loader import Loader, Words
from dateline.records import Base, Status


class Governors(Base, frozen=True, kw_only=True):
    """Words, by lemma, that make what they govern less than real. A phrase such as "call off" is a verb and its particle."""

    verbs: Words = Words()
    participles: Words = Words()  # verbs that do so as a passive alone: "is set to meet"
    over_nouns: Words = Words()  # those of `verbs` that do so with an event noun as object too: "planned a visit"
    only_clauses: Words = Words()  # those of `verbs` that do so with a clause only: "believed that troops struck"
    as_verbs: Words = Words()  # verbs that do so by "as": "was seen as a threat"
    nouns: Words = Words()
    adjectives: Words = Words()
    adverbs: Words = Words()  # beside the act itself: "allegedly attacked"
    prepositions: Words = Words()  # before a noun or a gerund: "without an agreement"
    marks: Words = Words()  # before a clause: "if they attack"
    modals: Words = Words()  # auxiliaries of the act: "may attack"
    determiners: Words = Words()  # "no attack"
    subjects: Words = Words()  # "nobody attacked"


class NoveltyWords(Base, frozen=True, kw_only=True):
    """Words that tell background from news and news from what still holds."""

    anniversaries: Words
    past: Words  # adverbs and adjectives of an earlier time: earlier, former, previous
    ongoing: Words  # still, continue, persistent
    ongoing_verbs: Words  # the act that they govern still holds: continue, keep
    earlier_marks: Words  # before a clause that tells what came before: after, since
    past_adjectives: Words  # those of `past` that say so before a noun only: "the late king"
    had: Words  # auxiliaries of what had been done
    have: Words  # auxiliaries of what has been done
    being: Words  # auxiliaries of what is being done
    often: Words  # adverbs of what is done again and again
    stances: Words  # verbs that in the simple present tell of what somebody stands for
    lasting: Words  # nouns of what goes on, where the clause is in the present: "the inquiry covers …"
    apart: Words  # behind a long time, they set an act far from another: "two years after"
    long_units: Words  # of such a time: months, not days


class StatusWords(Base, frozen=True, kw_only=True, dict=True):
    """What makes an act less than real, by status; verbs that let a judgement through; words of age."""

    governors: dict[Status, Governors]
    transparent: Words  # verbs whose negation or modality is that of their complement: begin, manage, help
    asserting: Words  # of the planning and wishing verbs, those whose that-clause states a fact: "announced that troops withdrew"
    doubtful: Words  # auxiliaries that, before a perfect, leave open whether it happened: "may have struck"
    implying: Words  # verbs whose subject and object are thought of only: "a refusal means …"
    presupposing: Words  # verbs and nouns whose object is there already: "stop the shelling", "an end to the siege"
    weighing: Words  # verbs whose gerund is thought of only: "the plan includes deporting them"
    marks_of_fact: Words  # nouns whose "of" took place, whatever is asked about them: "the victims of the raid"
    definite: Words  # determiners of what is known
    conditional: Words  # before a clause on which another hangs: if
    open_marks: Words  # before a clause that leaves its act open, be it denied or not: whether
    duties: Words  # auxiliaries of what ought to be or not: "should not confirm"
    asked: Words  # nouns of what was asked or offered before it was turned down: "declined a request"
    not_before_nouns: Words  # adjectives that say nothing of the noun behind them: "the next strike"
    links: Words  # prepositions by which a word says how real its complement is: "call for a strike"
    links_of_plans: Words  # the same, of words that plan
    links_in_time: Words  # prepositions that say only when or where: "believed after the raid"
    occasions: Words  # verbs of what a gathering is held for: "a rally to mark the day" marked it
    by_means: Words  # what somebody does by means of their object, he did: "used the gun to kill"
    telephoning: Words  # verbs that with an object and an occasion tell of a talk: "called him to thank him"
    offering: Words  # verbs whose object is given as soon as it is offered, where that is spoken: "offered condolences"
    spoken_to: Words  # nouns of what is given by words alone
    ordinals: Words  # "the fourth to be killed" was
    up_to: Words  # before a clause; in the past, after a past, it tells what happened: "stayed until they were driven away"
    not_yet: Words  # "has yet to comply"
    instead: Words  # phrases before an act that was left for another: "rather than"
    not_only: Words  # adverbs behind a negation by which it denies something else: "was not only attacking"
    instruments: Words  # prepositions before a means, which is as real as what it serves: "will take it with air strikes"
    reporting: Words  # verbs of speech: past ones turn "would" into a plan
    novelty: NoveltyWords

    @cached_property
    def governing(self) -> frozenset[str]:
        """Every verb, noun and adjective that makes what it governs less than real, in whatever way."""
        return frozenset[str]().union(
            *(w for g in self.governors.values() for w in (g.verbs, g.participles, g.as_verbs, g.nouns, g.adjectives))
        )


def read_status(loader: Loader) -> StatusWords | None:
    """This part, or None with its faults kept in the loader."""
    return loader.read("status.yml", StatusWords)
