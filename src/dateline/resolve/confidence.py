"""How likely an event is right in every part: five logistic models over what is known of it, and the product of what they say.

Last of what is said of an event. The models were taught by events that people judged (training/confidence.py): whether such an act is
told at all, and whether its status, its age, its actor and its recipient are right.
"""

from math import prod

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.codebook.confidence import Confidence
from dateline.records import Actor, Analysis, Event
from dateline.resolve.looks import Looks

# The groups of what is known (resolve/looks.py) that each model looks at.
LOOKS_AT = {
    "act": ("act", "around"),
    "status": ("status",),
    "age": ("age",),
    "actor": ("act", "actor", "both"),
    "recipient": ("act", "recipient", "both"),
}


def judge_confidence(events: tuple[Event, ...], a: Analysis, codebook: Codebook, *, actors: tuple[Actor, ...]) -> tuple[Event, ...]:
    """The events with their confidence, and each model's say in `by`; those of too little are left out, the others numbered anew."""
    looks, model = Looks(a, codebook, actors, events), codebook.confidence
    judged = [(e, shares_of(looks.at(e), model)) for e in events]
    kept = [with_shares(e, shares) for e, shares in judged if is_sure(shares, model)]
    return tuple(replace(e, id=f"e{i}") for i, e in enumerate(kept, 1))


def shares_of(known: dict[str, tuple[str, ...]], model: Confidence) -> dict[str, float]:
    """For each mark, the share of such events of which it is right."""
    return {
        mark: model.marks[mark].share([piece for group in groups for piece in known.get(group, ())]) for mark, groups in LOOKS_AT.items()
    }


def is_sure(shares: dict[str, float], model: Confidence) -> bool:
    """Whether an event is sure enough to stand in the record."""
    return shares["act"] * shares["status"] >= model.least_told and prod(shares.values()) >= model.least


def with_shares(e: Event, shares: dict[str, float]) -> Event:
    """An event with the product of the shares, and with each of them."""
    told = " ".join(f"{mark} {share:.2f}" for mark, share in shares.items())
    return replace(e, confidence=round(prod(shares.values()), 3), by=f"{e.by}; {told}")
