"""Generated reports and their copies, in our own words: for measuring speed, copies, the store and the desk.

    python benchmarks/generator.py 1000 --copies 0.5 --out reports.jsonl

The same seed gives the same reports. Sentences are put together from short phrases, so that two unrelated reports rarely share a run of
five words, as in real news; what a report tells (who, whom, when, where, how many) is drawn first and stays the same through its copies.
"""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

COUNTRIES = {
    "Kenya": "Nairobi", "Peru": "Lima", "Georgia": "Tbilisi", "Nepal": "Kathmandu", "Chile": "Santiago", "Ghana": "Accra", "Iraq": "Baghdad",
    "Poland": "Warsaw", "Sudan": "Khartoum", "Bolivia": "La Paz", "Jordan": "Amman", "Vietnam": "Hanoi", "Tunisia": "Tunis", "Serbia": "Belgrade",
    "Niger": "Niamey", "Laos": "Vientiane", "Yemen": "Sanaa", "Cuba": "Havana", "Mali": "Bamako", "Chad": "N'Djamena", "Norway": "Oslo",
    "Ecuador": "Quito", "Lebanon": "Beirut", "Malawi": "Lilongwe", "Armenia": "Yerevan", "Uganda": "Kampala", "Thailand": "Bangkok",
}  # fmt: skip
FIRST = [
    "Amara",
    "Bruno",
    "Celia",
    "Dmitri",
    "Elena",
    "Farid",
    "Greta",
    "Hamid",
    "Ines",
    "Jonas",
    "Kofi",
    "Leila",
    "Marek",
    "Nadia",
    "Oscar",
    "Petra",
    "Ravi",
    "Salma",
    "Tomas",
    "Uma",
    "Viktor",
    "Wanja",
    "Yusuf",
    "Zora",
]
LAST = [
    "Abdi",
    "Benitez",
    "Castro",
    "Dvorak",
    "Eriksen",
    "Fofana",
    "Gurung",
    "Haddad",
    "Ivanov",
    "Jansen",
    "Kamau",
    "Lopez",
    "Mensah",
    "Novak",
    "Okello",
    "Petrov",
    "Quispe",
    "Rahman",
    "Silva",
    "Tamm",
    "Ueda",
    "Varga",
]
OFFICES = [
    "Foreign Minister",
    "Interior Minister",
    "President",
    "Prime Minister",
    "army spokesman",
    "opposition leader",
    "Finance Minister",
    "police chief",
    "union leader",
    "mayor",
]
OUTLETS = [
    f"{a} {b}"
    for a in ("Morning", "Evening", "National", "Coastal", "Northern", "Daily", "River", "Capital")
    for b in ("Courier", "Herald", "Observer", "Gazette", "Record", "Tribune")
]
AGENCIES = ["Reuters", "AFP", "AP", "Xinhua", "Anadolu Agency", "dpa"]
ACTS = [
    "police arrested {n} people", "troops shelled {place}", "the two governments signed a trade accord", "rebels attacked a convoy near {place}",
    "protesters blocked the road to {place}", "the ministers held talks", "the court froze the assets of {other}", "gunmen killed {n} villagers",
    "the army withdrew from {place}", "{other} pledged aid worth ${n} million", "the parliament rejected the demands of {other}",
    "dock workers went on strike", "the government expelled {n} diplomats of {other}", "soldiers freed {n} hostages", "the army sent {n} soldiers to {place}",
]  # fmt: skip
OPENERS = [
    "",
    "",
    "",
    "In a sign of strain, ",
    "After weeks of delay, ",
    "Despite appeals, ",
    "Hours before a vote, ",
    "As prices climbed, ",
    "Under heavy rain, ",
    "Amid rumours, ",
    "To general surprise, ",
    "Before dawn, ",
]
PLACES = [
    "the border",
    "the old port",
    "the market",
    "two northern districts",
    "the airport",
    "a mining town",
    "the ring road",
    "the dam",
    "the university",
    "the southern hills",
    "the ministry",
    "the railway yard",
]
WHYS = [
    "over unpaid wages",
    "after a disputed count",
    "amid a drought",
    "following a leaked letter",
    "as talks faltered",
    "over fishing rights",
    "after a fatal crash",
    "over a pipeline",
    "in a row about tariffs",
    "after a night of fires",
    "over a land law",
    "as fuel ran short",
]
CUES = [
    "said",
    "told reporters",
    "warned",
    "insisted",
    "announced",
    "added",
    "argued",
    "confirmed",
    "told {agency}",
    "wrote on social media",
]
CLAIMS = [
    "{we} will not bow to pressure from {other}", "the losses of this {season} cannot be hidden", "{n} families still wait for {thing}", "nobody in {capital} wants another war",
    "the budget leaves no room for {thing}", "{we} have kept every promise made in {year}", "the inquiry must name those who gave orders", "peace needs patience and {thing}",
    "{we} expect an answer from {other} before {day}", "prices of {thing} have doubled since {year}", "our neighbours know where the line is", "the guns fell silent at {hour}",
]  # fmt: skip
THINGS = [
    "clean water",
    "grain",
    "medicine",
    "fuel",
    "school books",
    "seed",
    "bridges",
    "credit",
    "fair courts",
    "power lines",
    "tents",
    "fresh elections",
]
COLOUR = [
    "Shops near {place} stayed shut for {n} hours", "Witnesses counted {n} trucks on the way to {place}", "A clerk in {capital} put the cost at ${n} million",
    "Observers from {other} were kept out of {place}", "It was the worst such week since {year}", "Trains to {place} ran {n} minutes late", "Radio {capital} played {thing} adverts all {season}",
    "Farmers around {place} lost {n} goats", "The last census, in {year}, found {n} households there", "Lawyers in {capital} called the order vague", "Buses carried {n} passengers out by {hour}",
    "Volunteers shared {thing} beside {place}", "A strike over {thing} ended in {year}", "The {season} rains had already cut the road from {place}",
]  # fmt: skip
ASIDES = [
    "",
    "",
    "by most accounts",
    "officials conceded",
    "according to {agency}",
    "residents recalled",
    "two diplomats said",
    "the district office noted",
    "state radio reported",
    "as in {year}",
]
SEASONS, HOURS = ["dry season", "winter", "harvest", "spring", "monsoon"], ["noon", "dusk", "midnight", "six o'clock", "daybreak"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
EPOCH = datetime(2023, 1, 2, 6, 0, tzinfo=UTC)


class Facts:
    """What one report tells: drawn once, the same in every copy."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.country, self.other = rng.sample(sorted(COUNTRIES), 2)
        self.capital = COUNTRIES[self.country]
        self.person = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
        self.office, self.agency = rng.choice(OFFICES), rng.choice(AGENCIES)
        self.day = EPOCH + timedelta(days=rng.randrange(700), minutes=rng.randrange(900))

    def fill(self, phrase: str) -> str:
        """A phrase with its slots filled."""
        r = self.rng
        return phrase.format(
            n=r.randrange(3, 900), place=r.choice(PLACES), other=self.other, capital=self.capital, agency=self.agency, thing=r.choice(THINGS),
            year=r.randrange(1975, 2022), season=r.choice(SEASONS), hour=r.choice(HOURS), we=r.choice(["we", "our side", "this country"]), day=r.choice(DAYS),
        )  # fmt: skip

    def sentence(self) -> str:
        """One sentence: a claim with its speaker, an act, or colour."""
        r = self.rng
        kind = r.random()
        if kind < 0.3:
            return self.quotation()
        if kind < 0.55:
            act = self.fill(r.choice(ACTS))
            return f"{r.choice(OPENERS)}{act} {r.choice(WHYS)} on {DAYS[(self.day - timedelta(days=r.randrange(1, 5))).weekday()]}."
        aside = self.fill(r.choice(ASIDES))
        first, second = self.fill(r.choice(COLOUR)), self.fill(r.choice(COLOUR))
        joined = f"{first}, and {second[0].lower()}{second[1:]}" if r.random() < 0.4 else first
        return f"{r.choice(OPENERS)}{joined}{', ' + aside if aside else ''}."

    def quotation(self) -> str:
        """A direct or an indirect statement."""
        r, claim = self.rng, self.fill(self.rng.choice(CLAIMS))
        cue, who = self.fill(r.choice(CUES)), r.choice([self.person.split()[1], f"the {self.office}", self.person])
        if r.random() < 0.5:
            more = self.fill(r.choice(CLAIMS))
            return f"“{claim[0].upper()}{claim[1:]}, and {more},” {who} {cue}."
        return f"{who[0].upper()}{who[1:]} {cue} that {claim} {r.choice(WHYS)}."


SYLLABLES = [c + v + e for c in "bdfgklmnprstvz" for v in "aeiou" for e in ("", "n", "r", "sh")]


def report(seed: int) -> dict[str, Any]:
    """One report: id, outlet, url, headline, published, agency, and its paragraphs joined as text."""
    facts = Facts(Random(seed))
    r = facts.rng
    act = facts.fill(r.choice(ACTS))
    weekday = DAYS[(facts.day - timedelta(days=1)).weekday()]
    lead = f"{facts.capital.upper()} ({facts.agency}) — {facts.country}'s {facts.office} {facts.person} {facts.fill(r.choice(CUES))} on {weekday} that {act} {r.choice(WHYS)}."
    body = [lead, *(" ".join(facts.sentence() for _ in range(r.randrange(1, 4))) for _ in range(r.randrange(7, 14)))]
    headline = f"{act[0].upper()}{act[1:]}, says {facts.country}'s {facts.office}"
    return _row(seed, headline, body, facts, facts.day, r.choice(OUTLETS))


FORMS = {
    "{city}: {sky} on {day}": (
        "{city} will see {sky} skies on {day}, with a high of {n} degrees and a low of {m}, the weather office said in its daily forecast.",
        "Winds from the {side} will reach {o} kilometres an hour by noon and drop after sunset, and showers are expected over {other} and the hills beyond.",
        "The river stood at {p} centimetres at the old gauge this morning. The next forecast will be issued at six o'clock and read out on the radio.",
    ),
    "{team} beat {rivals} {m}-{k}": (
        "{team} beat {rivals} {m}-{k} at home on {day} in front of {p} spectators, a result that keeps their hopes of the title alive.",
        "{person} opened the scoring in minute {n} with a low shot from the edge of the box, and {second} added another before the break.",
        "The visitors pulled one back through {third} after {o} minutes, but found no way through a crowded defence. {team} now have {q} points from {s} matches.",
    ),
    "Shares in {city} close at {p}.{k}": (
        "Shares in {city} closed at {p}.{k} points on {day}, a change of {m} per cent from the day before, as traders waited for the next report on prices.",
        "Turnover came to {n} million in a quiet session. {team} Mills gained {s} per cent and {rivals} Bank lost {k} per cent, the exchange said in its daily note.",
        "The currency stood at {q}.{o} against the dollar in late trading, and the yield of the ten-year bond was little changed.",
    ),
}  # fmt: skip


def in_one_form(seed: int) -> dict[str, Any]:
    """A report in a form that others share: the same sentences with other names and figures, and no copy of any."""
    facts = Facts(Random(f"form/{seed}"))
    r = facts.rng
    figures = dict(zip("nmopqs", r.sample(range(2, 99), 6), strict=True)) | {"p": r.randrange(1000, 40_000), "k": r.randrange(2, 90)}
    city, other = r.sample(sorted(COUNTRIES.values()), 2)
    team, rivals, second, third = r.sample(LAST, 4)
    said = figures | {
        "city": city, "other": other, "team": team, "rivals": rivals, "person": facts.person, "second": second, "third": third,
        "day": DAYS[facts.day.weekday()], "sky": r.choice(["clear", "grey", "hazy", "broken"]), "side": r.choice(["north", "east", "south", "west"]),
    }  # fmt: skip
    headline, body = r.choice(sorted(FORMS.items()))
    return _row(seed, headline.format(**said), [p.format(**said) for p in body], facts, facts.day, r.choice(OUTLETS)) | {"how": "form"}


def _row(seed: int, headline: str, body: list[str], facts: Facts, when: datetime, outlet: str) -> dict[str, Any]:
    slug = outlet.lower().replace(" ", "-")
    return {
        "id": f"g{seed}", "outlet": outlet, "url": f"https://{slug}.example/{seed}", "headline": headline, "published": when.isoformat(),
        "agency": facts.agency, "language": "en", "text": "\n\n".join(body),
    }  # fmt: skip


def sentences(paragraph: str) -> list[str]:
    """The sentences of a generated paragraph: each ends in a full stop before a capital."""
    return re.split(r"(?<=\.) (?=[“A-Z])", paragraph)


def copy_of(row: dict[str, Any], seed: int, how: str, *, other: dict[str, Any] | None = None) -> dict[str, Any]:
    """A copy: `exact`, `near` (headline, agency line and order changed), `edit15`, `edit30`, `edit50` (that share of sentences replaced),
    `third` (cut to a third) or `merged` (half of `other` mixed in)."""
    rng = Random(f"{seed}/{how}")
    facts = Facts(rng)
    parts = row["text"].split("\n\n")
    if how == "near":
        parts = [parts[0].replace(" — ", " - "), *rng.sample(parts[1:], len(parts) - 1)]
    elif how.startswith("edit"):
        parts = [_edited(p, int(how[4:]) / 100, facts) for p in parts]
    elif how == "third":
        parts = parts[: max(2, len(parts) // 3)]
    elif how == "merged" and other:
        theirs = other["text"].split("\n\n")
        parts = parts[: (len(parts) + 1) // 2] + theirs[: (len(theirs) + 1) // 2]
    when = datetime.fromisoformat(row["published"]) + timedelta(minutes=rng.randrange(5, 2000))
    outlet = rng.choice([o for o in OUTLETS if o != row["outlet"]])
    headline = row["headline"] if how == "exact" else f"{facts.rng.choice(OPENERS)}{row['headline']}".strip()
    return _row(seed, headline, parts, facts, when, outlet) | {"agency": row["agency"]}


def _edited(paragraph: str, share: float, facts: Facts) -> str:
    kept = sentences(paragraph)
    return " ".join(facts.sentence() if facts.rng.random() < share else s for s in kept)


KINDS = ("exact", "near", "edit15", "edit30", "edit50", "third", "merged")
AS_RUN = ("exact", "near", "third")  # as most outlets run a dispatch: whole, under another headline, or cut


def with_names(row: dict[str, Any], seed: int, names: int = 1) -> dict[str, Any]:
    """A report with invented names in each paragraph that stand nowhere else, as in real news: no two paragraphs are alike by chance."""
    rng, number = Random(f"names/{seed}"), count(seed * 1000)
    told = (f"{p} {' '.join(f'{invented(rng, next(number))} was there.' for _ in range(names))}" for p in row["text"].split("\n\n"))
    return row | {"text": "\n\n".join(told)}


def invented(rng: Random, number: int) -> str:
    """A name that comes only once."""
    name = "".join(rng.choice(SYLLABLES) for _ in range(2))
    while number:
        number, left = divmod(number, len(SYLLABLES))
        name += SYLLABLES[left]
    return name.capitalize()


def corpus(
    n: int, *, copies: float = 0.0, first: int = 0, kinds: Sequence[str] = KINDS, names: bool = False
) -> Iterator[tuple[dict[str, Any], tuple[int, ...]]]:
    """`n` reports with the numbers of those each one copies; about the share `copies` of them are copies. `names` as in `with_names`."""
    rng = Random(f"corpus/{first}")
    originals: list[dict[str, Any]] = []
    for i in range(first, first + n):
        if originals and rng.random() < copies:
            how = rng.choice(kinds)
            row, other = rng.choice(originals[-400:]), rng.choice(originals[-400:])
            if how == "merged" and other is row:
                how = "near"
            sources = (int(row["id"][1:]), *((int(other["id"][1:]),) if how == "merged" else ()))
            yield copy_of(row, i, how, other=other) | {"how": how}, sources
        else:
            originals.append(with_names(report(i), i) if names else report(i))
            yield originals[-1] | {"how": "original"}, ()


def main() -> None:
    """Write a corpus as JSON Lines."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    (
        ask.add_argument("n", type=int),
        ask.add_argument("--copies", type=float, default=0.0),
        ask.add_argument("--out", default="reports.jsonl"),
    )
    given = ask.parse_args()
    with open(given.out, "w", encoding="utf8") as out:
        for row, _ in corpus(given.n, copies=given.copies):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
