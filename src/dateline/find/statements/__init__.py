"""Finds statements: source, cue, content, quoted words, addressee and medium of every attribution."""

from collections.abc import Sequence

import numpy as np

from dateline.codebook import Codebook
from dateline.codebook.statements import Statements
from dateline.find.statements.building import build
from dateline.find.statements.choosing import QUOTED, choose, choose_around, choose_inside
from dateline.find.statements.contents import CLOSING, Layout, layout_of
from dateline.find.statements.features import head_of
from dateline.find.statements.following import starts_afresh, with_following
from dateline.find.statements.paragraphs import candidates_of, scores_of
from dateline.find.statements.scoring import Candidate, alone, probabilities
from dateline.records import Analysis, FoundStatement

SURE = 0.7  # how sure a statement is that the conventions of news mark as one, whatever the scorer makes of it
JOINED = 0.01  # a quotation that its inquit interrupts goes before its first part alone
LONGEST_NAME = 5
WISHES = frozenset({"xcomp", "xcomp-", "dobj", "dobj-"})
SHORT_WISH = 6  # tokens of "not to be identified by name"
BEFORE_INQUIT, SPOKEN = frozenset({",", "?", "!"}), frozenset({"VBD", "VBZ", "VBP"})
OBJECTS, ACTING = ("dobj", "prep", "as", "oprd", "attr"), 0.4  # frames of a bare object, and how much less sure an act is
BARE_VERBS = frozenset({"VBG", "VBN", "VB"})
EASE = 0.1  # less is asked of a statement that holds others whole: the grammar has spoken already


def by_convention(a: Analysis, c: Candidate, words: Statements, speakers: frozenset[str]) -> float:
    """SURE for a name beside a headline's colon, a transcript's speaker, a signature, "quoted the minister as saying", a bare inquit beside
    its quotation; else 0.

    All are rare in the reports that the scorer learned from, or so plain that nothing else could be meant.
    """
    beside_mark = in_headline(a, c, speakers) or in_transcript(a, c) or is_signed(a, c)
    if beside_mark or is_relayed(a, c, words):
        return SURE
    return SURE + JOINED * (c.content.frame == "quote<,") if is_inquit(a, c, words) else 0.0


def last_names(a: Analysis, candidates: Sequence[Candidate]) -> frozenset[str]:
    """The last words of the names that speak in these candidates."""
    return frozenset(a.lower[c.source[1] - 1] for c in candidates if c.source is not None and a.pos[c.source[1] - 1] == "PROPN")


def is_inquit(a: Analysis, c: Candidate, words: Statements) -> bool:
    """Does nothing but the source and a verb of saying stand beside a quotation that ends with a comma, or with a question?"""
    if c.content.frame not in ("quote<", "quote<,") or c.source is None or a.lemma[c.cue].lower() not in words.inquits:
        return False
    opens, last, first = *c.content.pieces[0], c.source[0]
    if not starts_afresh(a, opens):
        return False  # a title: "in his book “…,” she said that"
    beside = (first - last <= 2 and c.source[1] == c.cue) or (c.cue - last <= 2 and first == c.cue + 1)
    return beside and last <= min(first, c.cue) and a.word[last - 1] in BEFORE_INQUIT and a.tag[c.cue] in SPOKEN


def is_about_naming(a: Analysis, c: Candidate, words: Statements) -> bool:
    """Is it only how a source wants to be named: "who asked not to be named"?"""
    spans = c.content.pieces
    return (
        c.content.frame in WISHES
        and sum(last - first for first, last in spans) <= SHORT_WISH
        and any(a.lower[i] in words.unnaming for first, last in spans for i in range(first, last))
    )


def is_scene(a: Analysis, c: Candidate, words: Statements) -> bool:
    """Is it a scene that a broadcaster showed ("the channel showed trucks burning") or that somebody saw?"""
    at = c.content.at
    bare = a.tag[at] in BARE_VERBS and not any(a.dep[x] in ("aux", "auxpass", "mark") for x in a.children[at])
    if not bare or not c.content.frame.startswith("ccomp"):
        return False
    shown = c.type == "shows" and c.source is not None and a.lemma[c.source[1] - 1].lower() in words.press
    return shown or a.lemma[c.cue].lower() in words.perceiving


def is_open(a: Analysis, c: Candidate, words: Statements) -> bool:
    """Does the cue only make something possible ("the law allows") or say how an act runs ("began being sent home"), or is its plan only
    thought of ("they might decide")?"""
    lemma = a.lemma[c.cue].lower()
    if lemma in words.enabling or (lemma in words.aspects and c.content.frame.startswith(("xcomp", "advcl"))):
        return True
    return c.type in ("plans", "wants") and any(a.dep[x] == "aux" and a.lower[x] in words.supposing for x in a.children[c.cue])


def is_plain_act(a: Analysis, c: Candidate, layout: Layout, words: Statements) -> bool:
    """Has a verb that is as often an act as a statement ("offered shelter", "saw the flood") a bare object here, and nothing is quoted?"""
    if not c.content.frame.startswith(OBJECTS) or a.lemma[c.cue].lower() not in words.acting:
        return False
    by_document = c.source is not None and a.lemma[head_of(a, c.source)].lower() in words.documents
    return not by_document and all(layout.run[i] < 0 for first, last in c.content.pieces for i in range(first, last))


def is_mere_citing(a: Analysis, c: Candidate, words: Statements) -> bool:
    """Is it only who is cited ("the agency cited the coastguard"), not what was said?"""
    named = a.pos[c.content.at] == "PROPN" or a.entity[c.content.at] >= 0
    return named and c.content.frame.startswith("dobj") and a.lemma[c.cue].lower() in words.relaying


def in_headline(a: Analysis, c: Candidate, speakers: frozenset[str]) -> bool:
    """Does a name stand before or after the colon of a headline that says something, or is it the name of one who speaks in the report?"""
    if c.content.frame not in ("speaker:", ":speaker") or c.source is None or a.blocks[0].last <= c.cue:
        return False
    first, last = c.source
    if (
        last - first > LONGEST_NAME
        or "," in a.word[first:last]
        or any(a.pos[i] not in ("PROPN", "NOUN", "ADJ", "PUNCT", "PART") for i in range(first, last))
    ):
        return False
    acts = any(a.pos[i] in ("VERB", "AUX") for start, stop in c.content.pieces for i in range(start, stop))
    named = any(a.pos[i] == "PROPN" for i in range(first, last))
    return named and (acts or a.lower[last - 1] in speakers)


def in_transcript(a: Analysis, c: Candidate) -> bool:
    """Does the paragraph open with a speaker in capitals and a colon?"""
    return (
        c.content.frame == "speaker:"
        and c.source is not None
        and all(a.word[i].isupper() for i in range(*c.source))
        and len(a.word[c.source[0]]) > 1
    )


def is_signed(a: Analysis, c: Candidate) -> bool:
    """Does a quotation end with a dash and a name, and nothing else?"""
    if c.content.frame != "signed" or c.source is None or c.source[1] - c.source[0] > LONGEST_NAME:
        return False
    return a.pos[c.source[0]] == "PROPN" and all(a.word[i][0].isupper() or a.pos[i] == "PUNCT" for i in range(*c.source))


def is_relayed(a: Analysis, c: Candidate, words: Statements) -> bool:
    """Is the cue the "saying" of "quoted … as saying"?"""
    link = a.head[c.cue]
    return (
        a.dep[c.cue] == "pcomp"
        and c.content.frame == "ccomp"
        and a.lower[link] in words.predicates
        and a.lemma[a.head[link]].lower() in words.relaying
    )


def find_statements(a: Analysis, codebook: Codebook) -> tuple[FoundStatement, ...]:
    """Every attribution, in order of the text; those around and inside others are added to those that stand side by side."""
    words, scorer = codebook.statements, codebook.statements.scorer
    layout = layout_of(a, words)
    paragraphs = candidates_of(a, layout, codebook)
    candidates = [c for p in paragraphs for c in p.candidates]
    learned = scores_of(paragraphs, scorer)
    speakers = last_names(a, [c for c, p in zip(candidates, learned, strict=True) if p >= SURE])

    asked = min(scorer.least, scorer.least_inside) - max(QUOTED, EASE)  # the least that is ever chosen
    heard = {c.cue for c, p in zip(candidates, learned, strict=True) if p >= scorer.least and c.content.frame != CLOSING}

    def judged(c: Candidate, p: float) -> float:
        if c.content.frame == CLOSING:
            return 0.0 if c.cue in heard else SURE
        conventional = by_convention(a, c, words, speakers)
        if max(p, conventional) < asked:
            return 0.0
        refused = any(no_statement(a, c, words) for no_statement in (is_about_naming, is_scene, is_open, is_mere_citing))
        p -= ACTING if is_plain_act(a, c, layout, words) else 0.0
        return 0.0 if refused else max(p, conventional)

    scores = [judged(c, p) for c, p in zip(candidates, learned, strict=True)]

    def score_alone(inner: Sequence[int]) -> list[float]:
        rows = np.concatenate([p.rows for p in paragraphs])
        alone_learned = probabilities(alone(rows[list(inner)], scorer), scorer).tolist()
        return [judged(candidates[k], p) for p, k in zip(alone_learned, inner, strict=True)]

    chosen = choose(candidates, scores, least=scorer.least)
    chosen += choose_around(candidates, scores, chosen, least=scorer.least - EASE)
    chosen += choose_inside(candidates, chosen, score_alone, least=scorer.least_inside)
    found = [build(a, layout, c, words) for c in with_following(a, layout, chosen)]
    return tuple(sorted(found, key=lambda s: (s.content[0], s.cue)))
