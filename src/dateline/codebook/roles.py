"""How the parties of an event are read: light verbs, control, and how likely each way from a trigger leads to actor or recipient."""

from dateline.codebook.loader import Loader
from dateline.records import Base


class Roles(Base, frozen=True, kw_only=True):
    """Verbs whose grammar decides who acts, and words for parts of groups."""

    light_verbs: frozenset[str]  # the event is in the noun: "held talks", "carried out strikes"
    subject_control: frozenset[str]  # the subject does what the complement says, even beside an object: "promised Oslo to withdraw"
    partitives: frozenset[str]  # "dozens of protesters": the party is inside
    least: float
    actor: dict[str, float]
    recipient: dict[str, float]
    actor_kind: dict[str, float]
    recipient_kind: dict[str, float]
    takes_things: frozenset[str]  # types whose recipient may well be a thing: a house shelled, a plan rejected
    thing_recipient: dict[str, float]  # `recipient_kind` for those


def read_roles(loader: Loader) -> Roles | None:
    """This part, or None with its faults kept in the loader."""
    return loader.read("roles.yml", Roles)
