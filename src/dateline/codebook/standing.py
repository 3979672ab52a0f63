"""Which acts are affairs of public life: the sectors that act in it, the types that need another side, what hurts without an act."""

from dateline.codebook.events import phrases
from dateline.codebook.loader import Loader
from dateline.records import Base

LISTS = ("accidents", "violence", "verbal", "animals")  # comma-separated in the file


class StandingFile(Base, frozen=True, kw_only=True):
    """The file as a researcher edits it."""

    sectors: frozenset[str]
    bodies: frozenset[str]
    private: frozenset[str]
    force: frozenset[str]
    two_sided: frozenset[str]
    one_sided_modes: frozenset[str]
    prominent: int
    accidents: str
    plain: dict[str, str]
    armed: frozenset[str]
    violence: str
    violent_modes: frozenset[str]
    verbal: str
    speakers: frozenset[str]
    animals: str


class Standing(Base, frozen=True, kw_only=True):
    """The same, ready to be asked."""

    sectors: frozenset[str]  # PLOVER sectors whose members act in public
    bodies: frozenset[str]  # codes of bodies above states
    private: frozenset[str]  # sectors of private life
    force: frozenset[str]  # types that tell of public life whoever acts
    two_sided: frozenset[str]  # types that need somebody on the other side
    one_sided_modes: frozenset[str]  # modes told of one side alone
    prominent: int  # mentions by which a report takes somebody's standing for known
    accidents: frozenset[str]  # lemmas of what hurts without anybody's act
    plain: dict[str, frozenset[str]]  # type → lemmas that tell of it by themselves
    armed: frozenset[str]  # sectors of the armed and of the state
    violence: frozenset[str]  # lemmas beside which a word of force is no figure of speech
    violent_modes: frozenset[str]  # modes that are none in any sentence
    verbal: frozenset[str]  # words of force that tell of words alone where one of the speakers uses them
    speakers: frozenset[str]  # sectors of those
    animals: frozenset[str]


def read_standing(loader: Loader) -> Standing | None:
    """This part, or None with its faults kept in the loader."""
    file = loader.read("standing.yml", StandingFile)
    if file is None:
        return None
    kept = {name: getattr(file, name) for name in file.__struct_fields__ if name not in (*LISTS, "plain")}
    return Standing(
        plain={kind: frozenset(phrases(words)) for kind, words in file.plain.items()},
        **{name: frozenset(phrases(getattr(file, name))) for name in LISTS},
        **kept,
    )
