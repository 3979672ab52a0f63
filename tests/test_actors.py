"""Actors: sentences and small reports of our own, who must come out of them, and the laws that any text must keep."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.codebook.actors import read_actors
from dateline.codebook.load import SHIPPED
from dateline.codebook.loader import Loader
from dateline.evaluate.base import Line
from dateline.evaluate.codebook_actors import check_actors
from dateline.find import find_actors
from dateline.ingest.text import fields_of_text
from dateline.mentions import ActorIndex, actor_at
from dateline.records import Actor, Caption, Fields, Paragraph, Place, Span, Tag, Value
from dateline.resolve import countries_of_places, resolve_actors


def body(text: str) -> Fields:
    """The fields of a text that is nothing but paragraphs."""
    spans, at = [], 0
    for part in text.split("\n"):
        if part:
            spans.append(Paragraph(span=Span(at, at + len(part))))
        at += len(part) + 1
    return Fields(language="en", body=tuple(spans))


def read(line: Line, text: str, fields: Fields | None = None) -> tuple[Actor, ...]:
    """The actors of a text."""
    fields = fields or body(text)
    analysis = line.analyser.analyse(text, fields)
    return resolve_actors(find_actors(analysis, line.codebook), analysis, fields, line.codebook)


def names_at(line: Line, marked: str) -> list[str | None]:
    """The names of the actors at the bracketed words of a text."""
    spans: list[Span] = []
    text = ""
    for part in marked.split("["):
        inside, closed, rest = part.partition("]")
        if closed:
            spans.append(Span(len(text), len(text) + len(inside)))
        text += inside + rest
    fields = body(text)
    analysis = line.analyser.analyse(text, fields)
    index = ActorIndex(resolve_actors(find_actors(analysis, line.codebook), analysis, fields, line.codebook), analysis)
    return [actor.name if (actor := index.at(span)) else None for span in spans]


def test_examples_of_the_codebook(line: Line) -> None:
    assert check_actors(line.codebook, line) == []


# A report with the actor's words in brackets, the name that all of them must share, and why the case is there.
SAME = [
    ("[Leena Aalto] spoke first. [Aalto] left at noon.", "Leena Aalto", "a surname"),
    (
        "[Park Ji-ho] resigned. [Park] denied the charge. Critics of [Park Ji Ho] rejoiced.",
        "Park Ji-ho",
        "family name first, spelt two ways",
    ),
    ("[Robert T. Hale] won. Voters trust [Robert Hale].", "Robert T. Hale", "a middle initial"),
    ("Deputy Rosa Lind met Minister Otto Falk. Falk said [he] agreed.", "Otto Falk", "the subject of the pronoun's own clause"),
    ("Mr. Osman Keita greeted Ms. Alima Sow. [She] thanked the crowd.", "Alima Sow", "a title tells the gender"),
    ("Karim Haddad urged the union to end [its] strike.", "the union", "the controller of the clause"),
    ("Otto Falk met Karl Holm in Bonn and urged [him] to stay.", "Karl Holm", "an object is not the subject it shares"),
    ("Ann Moe won. President Bill Moe left. Ann Moe wept. [President Moe] is 61.", "Bill Moe", "one surname, and a title"),
    ("Paula Stern, [who] chairs the board, objected.", "Paula Stern", "a relative pronoun"),
    ("[The Danish minister] left. Minister Ida Holm of Denmark is 51.", "Ida Holm", "an office before the name is known"),
    ("The Fiscal Policy Board met. The [FPB] cut rates.", "Fiscal Policy Board", "initials"),
    ("Sweden signed. [The country] joined last.", "Sweden", "a state described"),
    ("Anna Holm ran. [Holm] won. Mark Holm left. Mark Holm wept. [Holm] sang.", "Anna Holm", "a surname means the first introduced"),
    ("Mark Holm won. In [his] speech, Paul Moe thanked him.", "Paul Moe", "who is named behind an opening phrase"),
    ("Talks began in Vienna. [Tehran] accused Washington of delay.", "Iran", "a capital that acts is its government"),
    ("Peace came to North and [South Korea] at last.", "South Korea", "a state whose first word another shares"),
]


@pytest.mark.parametrize(("marked", "name", "why"), SAME, ids=[case[2] for case in SAME])
def test_mentions_of_one_actor(line: Line, marked: str, name: str, why: str) -> None:
    assert set(names_at(line, marked)) == {name}


# Words that must not be given to the actor named.
OTHER = [
    ("Nils Berg met his lawyer. [Berg's lawyer] spoke.", "Nils Berg", "what belongs to a person is not the person"),
    ("Anna Roth sued Kai Roth. [Kai Roth] lost.", "Anna Roth", "one surname, two persons"),
    ("Jaro Khan and Veli Khan lost a son. [Mr. Khan] spoke.", "Jaro Khan", "one surname, and a title that both may bear"),
    ("The vice president, Ugo Neri, arrived. [The president] stayed away.", "Ugo Neri", "a deputy is not the holder"),
    ("Erik Dahl paid. [It] was late.", "Erik Dahl", "an impersonal it"),
    ("Chad borders Niger. [Chad Miller] was born in Ohio.", "Chad", "a state's name inside a person's"),
]


@pytest.mark.parametrize(("marked", "name", "why"), OTHER, ids=[case[2] for case in OTHER])
def test_mentions_of_another(line: Line, marked: str, name: str, why: str) -> None:
    assert name not in names_at(line, marked)


def test_captions_tags_and_stamps(line: Line) -> None:
    text = "Envoy Lidia Moraru at the gate\nEnvoy Lidia Moraru at the gate\nLidia Moraru spoke.\n#Lidia Moraru\nNEWS DESK\nREUTERS"
    at = [0]
    for part in text.split("\n"):
        at.append(at[-1] + len(part) + 1)
    spans = [Span(a, b - 1) for a, b in pairwise(at)]
    fields = Fields(
        language="en",
        captions=(Caption(value=text[:30], span=spans[0], duplicates=(spans[1],)),),
        body=(Paragraph(span=spans[2]),),
        tags=(Tag(value="Lidia Moraru", span=spans[3]),),
        byline=Value(value="NEWS DESK", span=spans[4], by="test"),
        agency=Value(value="Reuters", span=spans[5], by="test"),
    )
    actors = {actor.name: actor for actor in read(line, text, fields)}
    moraru = [text[s.start : s.end] for s in actors["Lidia Moraru"].mentions]
    assert moraru.count("Lidia Moraru") == 4
    assert actors["NEWS DESK"].type == actors["Reuters"].type == "ORG"


TERMS = """
- name: Tove Ravn
  also: [T. Ravn]
  terms:
    - {office: interior minister, country: DNK, sector: GOV, since: 2015-06-01, until: 2018-02-28}
    - {office: judge, country: DNK, sector: JUD, since: 2018-03-01}
"""


@pytest.mark.parametrize(("day", "sector"), [("2016-01-05", "GOV"), ("2019-01-05", "JUD"), ("2011-01-05", None), (None, None)])
def test_a_user_list_knows_who_held_an_office_when(line: Line, tmp_path: Path, day: str | None, sector: str | None) -> None:
    folder = tmp_path / "actors"
    folder.mkdir()
    for name in ("countries.yml", "organisations.yml", "roles.yml", "words.yml"):
        (folder / name).write_bytes((SHIPPED / "actors" / name).read_bytes())
    (folder / "people.yml").write_text(TERMS, encoding="utf8")
    loader = Loader(tmp_path)
    book = read_actors(loader)
    assert book is not None, loader.faults
    assert loader.faults == []
    text = "Tove Ravn signed the order. Ravn left."
    published = Value(value=day, source="column:published", by="test") if day else None
    fields = replace(body(text), published=published)
    analysis = line.analyser.analyse(text, fields)
    codebook = replace(line.codebook, actors=book)
    (ravn,) = [x for x in resolve_actors(find_actors(analysis, codebook), analysis, fields, codebook) if x.type == "PERSON"]
    assert (ravn.sector, len(ravn.mentions)) == (sector, 2)


def test_the_text_overrules_a_user_list(line: Line) -> None:
    text = "Tove Ravn, the Danish ambassador, signed."
    (ravn,) = [x for x in read(line, text) if x.type == "PERSON"]
    assert (ravn.country, ravn.sector) == ("DNK", "GOV")


def test_a_place_gives_its_country_to_who_is_named_by_it(line: Line) -> None:
    text = "Officials in Oran wept. Oran's mayor, Selim Haddad, and the Oran hospital asked for help."
    at = [i for i in range(len(text)) if text.startswith("Oran", i)]
    places = tuple(Place(span=Span(i, i + 4), name="Oran", country="DZA") for i in at)
    before = read(line, text)
    after = {actor.name: actor.country for actor in countries_of_places(before, places)}
    assert after["Selim Haddad"] == after["the Oran hospital"] == "DZA"
    assert [a.mentions for a in before] == [a.mentions for a in countries_of_places(before, places)]


def test_lookup_by_span(line: Line) -> None:
    text = "The mayor of Graz, Heinz Moser, met Graz students."
    actors = read(line, text)
    moser = next(a for a in actors if a.name == "Heinz Moser")
    at = text.index("Heinz")
    assert actor_at(actors, Span(at, at + len("Heinz Moser"))) == moser
    assert actor_at(actors, Span(0, 3)) is None


def test_no_actor_is_found_in_a_dateline(line: Line) -> None:
    text = "Two men held after a raid\n\nQUITO, May 3 (Reuters) - Police in Quito arrested two men.\n\nEcuador's government thanked the officers for it on Friday."
    a = line.analyser.analyse(text, fields_of_text(text, line.codebook))
    assert next(m.span.start for m in find_actors(a, line.codebook) if m.span.start >= text.index("QUITO")) == text.index("Police")


def test_faults_of_form_are_named(tmp_path: Path) -> None:
    loader = Loader(tmp_path)
    assert read_actors(loader) is None
    assert all("actors/" in fault for fault in loader.faults)
    assert len(loader.faults) == 5


WORDS = st.lists(
    st.sampled_from(
        [
            "Mr.",
            "Ada",
            "Okoro",
            "said",
            "the",
            "Peruvian",
            "minister",
            ",",
            "her",
            "aide",
            "and",
            "two",
            "soldiers",
            "of",
            "Iran",
            "met",
            "him",
            ".",
            "It",
            "rained",
            "(",
            "on",
            ")",
            "Moscow",
            "“",
            "who",
            "”",
            "-",
            "'s",
        ]
    ),
    max_size=25,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_laws(line: Line, text: str) -> None:
    """Mentions lie in the text, belong to one actor each, and come out the same twice."""
    actors = read(line, text)
    mentions = [span for actor in actors for span in actor.mentions]
    assert all(0 <= span.start < span.end <= len(text) for span in mentions)
    assert [actor.id for actor in actors] == [f"a{n}" for n in range(1, len(actors) + 1)]
    assert len(mentions) == len(set(mentions))
    assert all(actor.mentions for actor in actors)
    assert read(line, text) == actors
