"""Finds the words that stand for actors: names, described persons and groups, pronouns of the third person. Nothing is resolved."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.codebook.actors import Actors
from dateline.mentions import role_key
from dateline.records import ActorType, Analysis, FoundActor
from dateline.syntax import shifted, span_of

LABELS: dict[str, ActorType] = {
    "PERSON": "PERSON", "ORG": "ORG", "GPE": "GPE", "NORP": "NORP", "LOC": "OTHER", "FAC": "OTHER", "EVENT": "OTHER",
}  # fmt: skip
FIGURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "LANGUAGE", "LAW", "WORK_OF_ART"})
PRONOUN_TYPES: dict[str, ActorType] = {"male": "PERSON", "female": "PERSON", "relative": "PERSON", "thing": "ORG", "plural": "GROUP"}
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
PRE_NOMINAL = frozenset({"compound", "amod", "nmod", "poss", "nummod", "quantmod", "det", "predet", "neg", "advmod"})
BREAKS = frozenset((")", "(", ":", ";", "–", "—", "--", "―", "-LRB-", "-RRB-"))
ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "appos", "dative", "agent", "ROOT", "attr"))
TITLE_CASE = 0.7  # share of capitalised long words above which a headline's capitals say nothing


class Name(NamedTuple):
    """A named mention: tokens [first, last), its type, and the codebook's actor and form where it is a known one."""

    first: int
    last: int
    type: ActorType
    key: str | None = None
    form: str = ""


class Own(NamedTuple):
    """What one paragraph gives by its own words."""

    known: list[Name]
    marked: list[Name]
    runs: list[Name]
    named: bytearray
    nominals: list[FoundActor]
    pronouns: list[FoundActor]


def find_actors(a: Analysis, codebook: Codebook) -> tuple[FoundActor, ...]:
    """Every mention, in order of the text. Names may lie inside longer ones ("US" in "US-led UN forces")."""
    book = codebook.actors
    own = [_own(part, codebook) for part in a.parts]
    names = find_names(a, own)
    named = _covered(names, len(a.word))
    found = [_named(a, name) for name in names]
    for block, its in zip(a.blocks, own, strict=True):
        if named[block.first : block.last] == its.named:
            found += [_moved(m, block.start) for m in its.nominals]
        else:  # a name that another paragraph tells
            found += _nominals(a, book, named, range(block.first, block.last))
        found += [_moved(m, block.start) for m in its.pronouns]
    for b in a.blocks:
        if b.kind == "dateline":  # they act in no story
            found = [m for m in found if not b.start <= m.span.start < b.end]
    return tuple(sorted(found, key=lambda m: (m.span.start, -m.span.end, m.kind)))


def find_names(a: Analysis, own: Sequence[Own]) -> list[Name]:
    """The names of every paragraph, then what they tell of the others, in order of the text."""
    names: list[Name] = []
    for kind in ("known", "marked", "runs"):  # the surest first: what is sought elsewhere is sought as the first says
        for block, its in zip(a.blocks, own, strict=True):
            names += [Name(n.first + block.first, n.last + block.first, n.type, n.key, n.form) for n in getattr(its, kind)]
    names += _surnames(a, names)
    return sorted(_without_headline_capitals(a, names), key=lambda n: (n.first, -n.last))


def _own(part: Analysis, codebook: Codebook) -> Own:
    """What a paragraph names and describes by its own words, found once and kept with it: names that the codebook knows, that the language
    model marks, and other runs of capitalised words."""
    key = ("actors", codebook.digest)
    if key not in part.kept:
        book, size = codebook.actors, len(part.word)
        entities = [name for name in (_marked(part, book, e) for e in range(len(part.entities))) if name]
        inside = _owners(entities, size)
        known = [name for name in _known(part, book) if _stands(part, book, name, inside)]
        taken = _covered(known, size)
        marked = [name for name in entities if _adds(name, taken)]
        runs = list(_runs(part, book, _covered([*known, *marked], size)))
        named = _covered([*known, *marked, *runs], size)
        part.kept[key] = Own(known, marked, runs, named, list(_nominals(part, book, named, range(size))), list(_pronouns(part, book)))
    own: Own = part.kept[key]
    return own


def _covered(names: Sequence[Name], size: int) -> bytearray:
    """1 for every token inside a name."""
    covered = bytearray(size)
    for name in names:
        covered[name.first : name.last] = b"\1" * (name.last - name.first)
    return covered


def _moved(m: FoundActor, by: int) -> FoundActor:
    """A mention so many characters further on."""
    return replace(m, span=shifted(m.span, by), head=shifted(m.head, by))


def _owners(names: list[Name], size: int) -> list[Name | None]:
    inside: list[Name | None] = [None] * size
    for name in names:
        inside[name.first : name.last] = [name] * (name.last - name.first)
    return inside


def _known(a: Analysis, book: Actors) -> Iterator[Name]:
    """The longest known name at each token."""
    forms, start, end, n = book.forms, a.start, a.end, len(a.word)
    free = 0
    for i in [i for i, word in enumerate(a.word) if word in forms or (len(word) > 3 and word.isupper())]:
        if i < free:
            continue
        word = a.word[i]
        loud = word not in forms
        for form in forms.get(word.title() if loud else word, ()):
            finish = start[i] + len(form.text)
            here = a.text[start[i] : finish]
            if (here == form.text or (loud and here == form.text.upper())) and not a.text[finish : finish + 1].isalnum():
                last = bisect_left(end, finish, i, min(n, i + len(form.text) + 1)) + 1
                if last <= n and end[last - 1] == finish:
                    yield Name(i, last, book.known[form.key].type, form.key, form.kind)
                    free = last
                    break


def _stands(a: Analysis, book: Actors, name: Name, inside: list[Name | None]) -> bool:
    """A known name counts unless it is part of a longer proper name ("Bank of China", "Michael Jordan")."""
    owner = inside[name.first]
    if owner is None or (owner.first, owner.last) == (name.first, name.last) or name.last > owner.last or name.last - name.first > 2:
        return True
    if owner.type == "PERSON":
        return name.first == owner.first and name.form != "capital" and a.lower[name.last] in book.roles
    if owner.type in ("ORG", "OTHER"):
        return name.first == owner.first and (
            name.form in ("people", "name") and (a.tag[name.last] == "POS" or a.pos[name.last] != "PROPN")
        )
    return True


def _adds(name: Name, taken: bytearray) -> bool:
    """A marked name counts where it says more than the known names inside it."""
    return not all(taken[name.first : name.last]) and not taken[name.last - 1]


def _marked(a: Analysis, book: Actors, e: int) -> Name | None:
    """One entity of the language model without articles, titles and possessive endings; None when it is no name."""
    entity = a.entities[e]
    kind = LABELS.get(entity.label)
    if kind is None:
        return None
    first, last = entity.first, entity.last
    while last < len(a.word) - 1 and a.word[last] == "-" and a.start[last] == a.end[last - 1] and a.start[last + 1] == a.end[last]:
        if a.pos[last + 1] not in ("PROPN", "NOUN", "X"):
            break
        last += 2
    while last > first and (a.tag[last - 1] == "POS" or (not a.word[last - 1][-1:].isalnum() and a.word[last - 1][-1:] not in ".)")):
        last -= 1
    while (
        entity.label != "EVENT"
        and first < last
        and (a.pos[first] in ("DET", "PUNCT", "ADP", "SCONJ", "CCONJ", "SPACE") or a.tag[first] in ("POS", "PRP$"))
    ):
        first += 1
    if kind == "PERSON":
        last = next((i for i in range(first + 1, last) if a.tag[i] == "POS" or a.lower[i] == "of"), last)
        while last - first > 1 and (a.pos[last - 1] in ("VERB", "AUX") or a.lower[last - 1].removesuffix("s") in book.speech_verbs):
            last -= 1
        while first < last - 1 and (a.word[first] in book.titles or a.lower[first] in book.former):
            first += 1
    if first >= last or not any(a.word[i][:1].isupper() for i in range(first, last)):
        return None
    if last - first == 1 and (
        a.pos[first] not in ("PROPN", "NOUN", "ADJ", "X") or a.lower[first] in book.roles or a.lower[first] in book.pronouns
    ):
        return None
    if last - first == 1 and (a.word[first] in book.titles or a.word[first] in book.not_actors):
        return None
    if kind == "PERSON" and a.word[last - 1] in book.place_words:
        kind = "GPE"
    return Name(first, last, kind)


def _runs(a: Analysis, book: Actors, taken: bytearray) -> Iterator[Name]:
    """Runs of proper nouns that neither the codebook nor the model marked: a surname alone, an unknown body."""
    n, last = len(a.word), 0
    for i in [i for i, pos in enumerate(a.pos) if pos == "PROPN"]:
        if i < last or not _proper(a, book, taken, i):
            continue
        last = i + 1
        while last < n and a.sentence[last] == a.sentence[i] and _proper(a, book, taken, last):
            last += 1
        titled = i > 0 and a.word[i - 1] in book.titles
        if titled or last - i > 1 or a.dep[i] in ARGUMENTS:
            yield Name(i, last, "PERSON" if titled else "OTHER")


def _surnames(a: Analysis, names: list[Name]) -> list[Name]:
    """Surnames of the report's persons where the model took them for other words."""
    surnames = {a.word[n.last - 1] for n in names if n.type == "PERSON" and n.last - n.first > 1 and len(a.word[n.last - 1]) > 2}
    if not surnames:
        return []
    inside = _covered(names, len(a.word))
    return [Name(i, i + 1, "PERSON") for i, word in enumerate(a.word) if word in surnames and not inside[i]]


def _proper(a: Analysis, book: Actors, taken: bytearray, i: int) -> bool:
    if a.pos[i] != "PROPN" or taken[i]:
        return False
    word, entity = a.word[i], a.entity[i]
    return (
        word[0].isupper() and len(word) > 1 and word not in book.titles and a.lower[i] not in book.roles and word not in book.not_actors
        and (entity < 0 or a.entities[entity].label not in FIGURES)
    )  # fmt: skip


def _without_headline_capitals(a: Analysis, names: list[Name]) -> list[Name]:
    """In a headline that capitalises every word, keep known names, and look for the names of the rest of the report and its surnames."""
    loud = next(((b.first, b.last) for b in a.blocks if b.kind == "headline" and _capitalised(a, b.first, b.last)), None)
    if loud is None:
        return names
    first, last = loud
    rest = [n for n in names if not first <= n.first < last]
    kept = [n for n in names if first <= n.first < last and n.key]
    taken = {i for n in kept for i in range(n.first, n.last)}
    sought: dict[tuple[str, ...], Name] = {}
    for n in rest:
        if not n.key:
            sought.setdefault(tuple(a.word[n.first : n.last]), n)
            if n.type == "PERSON" and n.last - n.first > 1:
                sought.setdefault((a.word[n.last - 1],), n)
    longest = max(map(len, sought), default=0)
    at = first
    while at < last:
        size = next((k for k in range(longest, 0, -1) if at not in taken and tuple(a.word[at : min(at + k, last)]) in sought), 0)
        if size:
            size = min(size, last - at)
            kept.append(Name(at, at + size, sought[tuple(a.word[at : at + size])].type))
        at += size or 1
    return kept + rest


def _capitalised(a: Analysis, first: int, last: int) -> bool:
    long = [i for i in range(first, last) if len(a.word[i]) > 3 and a.word[i].isalpha()]
    return len(long) > 2 and sum(a.word[i][0].isupper() for i in long) >= TITLE_CASE * len(long)


def _named(a: Analysis, name: Name) -> FoundActor:
    return FoundActor(
        span=span_of(a, name.first, name.last), head=span_of(a, name.last - 1, name.last), kind="name", type=name.type,
        key=name.key, form=name.form,
    )  # fmt: skip


def _nominals(a: Analysis, book: Actors, named: bytearray, tokens: range) -> Iterator[FoundActor]:
    """Described actors: a noun of the codebook's roles with what stands before it and an "of" after it."""
    heads, pos, lower, lemma = book.role_heads, a.pos, a.lower, a.lemma
    for i in [i for i in tokens if pos[i] in NOMINAL and not named[i] and (lower[i] in heads or lemma[i].lower() in heads)]:
        role = book.roles.get(role_key(a, i, book.roles) or "")
        if role is None or _modifies_noun(a, i) or _completes_office(a, book, i) or (pos[i] == "ADJ" and not _stands_for_persons(a, i)):
            continue
        first, last = nominal_tokens(a, i, named)
        plural = a.tag[i] in ("NNS", "NNPS") or a.lower[i] in book.collective
        yield FoundActor(
            span=span_of(a, first, last), head=span_of(a, i, i + 1), kind="nominal",
            type="PERSON" if role.person and not plural else "GROUP" if role.person else "ORG",
        )  # fmt: skip


def _modifies_noun(a: Analysis, i: int) -> bool:
    """Whether a noun is only the first part of a compound ("police officer"), not a title before a name."""
    head = a.head[i]
    return a.dep[i] in ("compound", "nmod", "amod") and head > i and a.pos[head] == "NOUN"


def _stands_for_persons(a: Analysis, i: int) -> bool:
    """Whether an adjective is used as a noun: "the wounded"."""
    return (
        i > 0
        and a.lower[i - 1] == "the"
        and a.dep[i] in ARGUMENTS
        and (i + 1 == len(a.word) or a.pos[i + 1] not in ("NOUN", "PROPN", "ADJ"))
    )


def _completes_office(a: Analysis, book: Actors, i: int) -> bool:
    """Whether a bare noun only completes an office: the "State" of "Secretary of State"."""
    of = a.head[i]
    return a.dep[i] == "pobj" and a.lower[of] == "of" and not a.children[i] and a.lower[a.head[of]] in book.roles


def nominal_tokens(a: Analysis, i: int, named: bytearray) -> tuple[int, int]:
    """Tokens [first, last) of the phrase around the noun i: what modifies it in front, and a short "of" phrase behind."""
    first = min([a.left[c] for c in a.children[i] if c < i and a.dep[c] in PRE_NOMINAL] + [i])
    if a.dep[i] in ("compound", "nmod", "appos", "amod") and a.head[i] > i:
        # A title before a name: the modifiers of both hang on the name.
        whole = min([a.left[c] for c in a.children[a.head[i]] if c < i and a.dep[c] in PRE_NOMINAL and not _joins(a, c, named)] + [i])
        first = min(first, whole)
    first = next((j + 1 for j in range(i - 1, first - 1, -1) if a.word[j] in BREAKS or (a.word[j] == "-" and _spaced(a, j))), first)
    last = i + 1
    if last < len(a.word) and a.lower[last] == "of" and a.head[last] == i and a.right[last] - last <= 8:
        last = _short_end(a, last)
    return first, last


def _joins(a: Analysis, i: int, named: bytearray) -> bool:
    """Whether a name has another joined to it: "Minister Jan Roe and President Ann Doe"."""
    return bool(named[i]) and any(a.dep[c] == "cc" for c in a.children[i])


def _spaced(a: Analysis, j: int) -> bool:
    """Whether a hyphen stands alone, as a dash."""
    return j > 0 and a.start[j] > a.end[j - 1]


def _short_end(a: Analysis, preposition: int) -> int:
    """The end of an "of" phrase, cut before a clause or a comma."""
    end = a.right[preposition] + 1
    for j in range(preposition + 1, end):
        if a.dep[j] in ("relcl", "acl", "appos", "punct") or a.word[j] in (",", "(", "—", "–"):
            return min(j, end) if j > preposition + 1 else preposition
    return end


def _pronouns(a: Analysis, book: Actors) -> Iterator[FoundActor]:
    genders = book.pronouns
    for i in [i for i, lower in enumerate(a.lower) if lower in genders]:
        if a.pos[i] in ("PRON", "DET") and a.dep[i] != "expl":
            span = span_of(a, i, i + 1)
            yield FoundActor(span=span, head=span, kind="pronoun", type=PRONOUN_TYPES[genders[a.lower[i]]])


__all__ = ["find_actors"]
