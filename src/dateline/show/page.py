"""The page of one report: one HTML file with its style and script inside, no network."""

from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from dateline.records import Record
from dateline.show.axis import axis_of
from dateline.show.items import items_of, segments_of
from dateline.show.seen import seen

TITLES = {
    "statements": "Who said what", "events": "What happened", "quantities": "Figures", "checks": "Checks", "times": "Times",
    "places": "Places", "actors": "Actors", "fields": "The report's own fields",
}  # fmt: skip


def page(record: Record, text: str) -> str:
    """The whole page as HTML. Everything from the report is escaped."""
    static = files("dateline.show") / "static"
    style, script = ((static / name).read_text(encoding="utf8") for name in ("report.css", "report.js"))
    return environment().get_template("report.html").render(style=style, script=script, **view_of(record, text))


def view_of(record: Record, text: str) -> dict[str, object]:
    """What the template draws; the desk's page of a report uses the same."""
    items = items_of(record, text)
    return {
        "record": record,
        "items": items,
        "titles": TITLES,
        "segments": segments_of(text, items),
        "axis": axis_of(record),
        "names": {s.id: s.speaker.name for s in record.statements if s.speaker},
    }


def environment() -> Environment:
    """Jinja with everything escaped, every character seen, and no silent blanks."""
    loader = PackageLoader("dateline.show", "static")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=seen)
