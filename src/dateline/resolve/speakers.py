"""Who spoke: the fullest name that the report gives for the words of a source, and the author of a document that speaks."""

from dateline.codebook import Codebook
from dateline.mentions import ActorIndex, head_token
from dateline.records import Analysis, Span, Speaker
from dateline.syntax import dependent, text_of, tokens_in

RELATIVE = frozenset({"WDT", "WP"})


def speaker_at(span: Span, a: Analysis, index: ActorIndex) -> Speaker:
    """The speaker meant at a source's span: an actor of the report by its full name, else as described there."""
    actor = index.at(span)
    if actor is None:
        meant = antecedent(span, a)
        if meant:
            actor = index.at(meant)
            return Speaker(name=actor.name if actor else described(meant, a), span=span, actor=actor.id if actor else None)
        return Speaker(name=described(span, a), span=span)
    return Speaker(name=actor.name, span=span, actor=actor.id)


def antecedent(span: Span, a: Analysis) -> Span | None:
    """The phrase that a relative pronoun ("who", "which") stands for: the one its clause hangs on."""
    tokens = tokens_in(a, span)
    if len(tokens) != 1 or a.tag[tokens[0]] not in RELATIVE:
        return None
    verb = a.head[tokens[0]]
    if a.dep[verb] != "relcl":
        return None
    phrase = a.head[verb]
    return Span(a.start[a.left[phrase]], a.end[phrase])


def described(span: Span, a: Analysis) -> str:
    """A source without a name, in the report's own words, without a relative clause or a possessive at its end."""
    tokens = tokens_in(a, span)
    head = head_token(a, span)
    last = span.end
    for i in tokens:
        if head is not None and a.head[i] == head and i > head and a.dep[i] in ("relcl", "appos", "acl") and a.left[i] > head:
            last = min(last, a.start[a.left[i]])
    words = text_of(a, Span(span.start, last)).rstrip(" ,;:(—–-")
    return words.removesuffix("'s").removesuffix("’s") or text_of(a, span)


def issuer_before(head: int, a: Analysis) -> int | None:
    """For a bare "the statement": the subject of the nearest earlier verb that has the same noun as its object; None when there is none."""
    children = a.children[head]
    if len(children) != 1 or a.dep[children[0]] != "det" or a.left[head] != head - 1:
        return None
    for t in range(head - 2, -1, -1):
        if a.lemma[t] == a.lemma[head] and a.dep[t] == "dobj":
            return dependent(a, a.head[t], "nsubj")
    return None


def author_at(span: Span, a: Analysis, index: ActorIndex, codebook: Codebook) -> tuple[Speaker, Span | None] | None:
    """The author whom a document's phrase names ("a memo by the engineer"), and the document's own words; None when it names none."""
    words = codebook.statements
    head = head_token(a, span)
    if head is None or a.lemma[head].lower() not in words.documents | words.media:
        return None
    earlier = issuer_before(head, a) if a.dep[head] != "dobj" else None
    if earlier is not None:
        issued = speaker_at(Span(a.start[a.left[earlier]], a.end[a.right[earlier]]), a, index)
        return Speaker(name=issued.name, span=span, actor=issued.actor), None
    issuer = dependent(a, a.head[head], "nsubj") if a.dep[head] == "dobj" else None
    if issuer is not None:  # "the firm issued a statement saying": the firm speaks
        return speaker_at(Span(a.start[a.left[issuer]], a.end[a.right[issuer]]), a, index), None
    for c in a.children[head]:
        if c < head:
            continue
        way = next((x for x in a.children[c] if a.dep[x] in ("agent", "prep")), None) if a.lower[c] in words.authored else c
        if way is None or a.lower[way] not in words.agents:
            continue
        for x in a.children[way]:
            if a.dep[x] == "pobj" and a.end[x] <= span.end:
                last = min(a.end[a.right[x]], span.end)
                cut = next((a.start[a.left[y]] for y in a.children[x] if y > x and a.dep[y] in ("appos", "relcl")), last)
                author = Span(a.start[a.left[x]], min(last, cut))
                author = Span(author.start, author.start + len(text_of(a, author).rstrip(" ,")))
                document = Span(span.start, a.start[a.left[c]])
                document = Span(document.start, document.start + len(text_of(a, document).rstrip(" ,")))
                return speaker_at(author, a, index), document
    return None
