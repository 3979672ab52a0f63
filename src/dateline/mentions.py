"""Which actor of a report the words at a span mean. Stands beside `syntax`: both finders and resolvers may ask."""

from bisect import bisect_left
from collections.abc import Container, Iterable

from dateline.records import Actor, Analysis, Span


class ActorIndex:
    """The mentions of a report's actors, by the word that governs each; build it once for a report and ask it often."""

    def __init__(self, actors: Iterable[Actor], a: Analysis) -> None:
        self.actors, self._a = actors, a
        self._exact: dict[Span, Actor] = {}
        self._by_head: dict[int, tuple[int, Actor]] = {}
        for actor in actors:
            for span in actor.mentions:
                self._exact.setdefault(span, actor)
                head = head_token(a, span)
                length = span.end - span.start
                if head is not None and length > self._by_head.get(head, (0, actor))[0]:
                    self._by_head[head] = (length, actor)

    def heads(self) -> list[int]:
        """The words that govern the mentions, in order."""
        return sorted(self._by_head)

    def at(self, span: Span) -> Actor | None:
        """The actor that these very words mean, or whose mention has the same governing word; None when there is none.

        "Trump's lawyer" is not Trump: what the phrase only holds does not count.
        """
        found = self._exact.get(span)
        if found is None:
            head = head_token(self._a, span)
            found = self.at_token(head) if head is not None else None
        return found

    def at_token(self, token: int) -> Actor | None:
        """The actor of the longest mention that this token governs."""
        found = self._by_head.get(token) or self._by_head.get(counted(self._a, token))
        return found[1] if found else None


def actor_index(actors: tuple[Actor, ...], a: Analysis) -> ActorIndex:
    """The index of these actors: kept with the analysis, for statements and events ask the same one."""
    found: ActorIndex | None = a.kept.get("actors")
    if found is None or found.actors is not actors:
        found = a.kept["actors"] = ActorIndex(actors, a)
    return found


def actor_at(actors: Iterable[Actor], span: Span) -> Actor | None:
    """The actor meant at a span, by overlap alone: exactly these words, else the longest mention that ends with the span's own end and
    fills half of it. For many questions about one report, an ActorIndex is quicker and knows which word governs."""
    best: tuple[int, Actor] | None = None
    for actor in actors:
        for mention in actor.mentions:
            if mention == span:
                return actor
            length = min(mention.end, span.end) - max(mention.start, span.start)
            if mention.end == span.end and 2 * length >= span.end - span.start and (best is None or length > best[0]):
                best = (length, actor)
    return best[1] if best else None


def head_token(a: Analysis, span: Span) -> int | None:
    """The token of a span that governs the others: the first whose head lies outside; None when no token begins inside."""
    first = bisect_left(a.start, span.start)
    last = bisect_left(a.start, span.end, first)
    return next((i for i in range(first, last) if a.head[i] == i or not first <= a.head[i] < last), None)


def counted(a: Analysis, token: int) -> int:
    """What a number of something counts ("thousands of farmers": the farmers); the token itself when it is no such number."""
    if a.entity[token] < 0 or a.entities[a.entity[token]].label != "CARDINAL":
        return token
    of = next((c for c in a.children[token] if a.lower[c] == "of"), token)
    return next((c for c in a.children[of] if a.dep[c] == "pobj"), token)


def role_key(a: Analysis, i: int, roles: Container[str]) -> str | None:
    """The key under which the codebook has the noun at token i: with the word before it ("coast guard"), with a hyphen between, or alone."""
    lemma = a.lemma[i].lower()
    if i > 0 and a.sentence[i - 1] == a.sentence[i]:
        both = f"{a.lower[i - 2]}-{lemma}" if a.word[i - 1] == "-" and i > 1 else f"{a.lower[i - 1]} {lemma}"
        if both in roles:
            return both
    return next((key for key in (lemma, a.lower[i]) if key in roles), None)
