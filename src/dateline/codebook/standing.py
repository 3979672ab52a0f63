"""Which acts are affairs of public life: who acts in it, which words tell of it by themselves, what hurts without an act."""

from dateline.codebook.loader import Loader, Words
from dateline.records import Base


class Standing(Base, frozen=True, kw_only=True):
    """Sectors, types and modes as PLOVER names them; words by lemma."""

    sectors: Words  # whose members act in public
    bodies: Words  # codes of bodies above states
    private: Words  # sectors of private life
    armed: Words  # sectors of the armed and of the state
    speakers: Words  # sectors of those who attack in words
    two_sided: Words  # types that need somebody on the other side
    for_somebody: Words  # those that an official's act does not tell of when it is not said for whom
    one_sided_modes: Words  # modes of those that are told of one side alone
    violent_modes: Words  # modes that are no figure of speech in any sentence
    prominent: int  # mentions by which a report takes somebody's standing for known
    plain: dict[str, Words]  # type → words that tell of it by themselves
    strict: Words  # types of which other words tell nothing
    between_two: Words  # types that need two actors of the report: "wants sixty votes" asks nobody
    figures: dict[str, dict[str, Words]]  # type → word → words around it that give it another sense: shoot → back
    needs: dict[str, dict[str, Words]]  # type → word → words around it of which one must be there: appeal → for
    quantities: Words  # words that count as nouns there: "all of the letters"
    polled: Words  # types of what people are asked in polls
    polls: Words  # words beside which such an act is only an answer
    habits: Words  # adverbs by which a verb in the present tells what happens at any time
    preferring: Words  # words of what anyone would rather have
    masses: Words  # whose preference is no act: "voters support him"
    trading: Words  # types of acts that firms do too
    firms: Words  # words beside which those are a firm's business
    things: Words  # objects of force on which none is used
    accidents: Words  # what hurts without anybody's act
    violence: Words  # words beside which a word of force is no figure of speech
    verbal: Words  # words of force that tell of words alone where a speaker uses them
    ambiguous: Words  # words of force that need another word of violence beside them, unless somebody armed acts
    animals: Words
    sports: Words  # words beside which a word of force tells of a game
    denying: Words  # verbs that only answer a charge, with one of `denied` as object
    denied: Words
    dated: Words  # happenings that count only on a day that their sentence names: an election is spoken of for months


def read_standing(loader: Loader) -> Standing | None:
    """This part, or None with its faults kept in the loader."""
    return loader.read("standing.yml", Standing)
