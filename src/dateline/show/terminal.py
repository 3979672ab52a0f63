"""The same report in a terminal: fields, statements with chains, events, figures and checks, in the width that is there."""

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.rule import Rule

from dateline.records import Record
from dateline.show.items import Item, items_of
from dateline.show.page import TITLES

TONES = {
    "new": "bold dark_orange3",
    "ongoing": "medium_purple",
    "background": "grey58",
    "pass": "green",
    "fail": "bold red",
    "flag": "yellow",
}
SHOWN = ("fields", "statements", "events", "quantities", "checks")


def terminal(record: Record, text: str, out: Console) -> None:
    """Print one record for a person."""
    items = items_of(record, text)
    out.print(f"[bold]{escape(record.report.headline.value if record.report.headline else record.read_from)}[/]")
    out.print(f"[dim]{escape(record.read_from)} · {record.language or 'language unknown'} · text {record.text_sha256[:12]}[/]")
    if record.stages_not_run:
        out.print(f"[yellow]not run: {', '.join(record.stages_not_run)}[/] (no analyser for this language)")
    for group in SHOWN:
        if items[group]:
            out.print(Rule(f"{TITLES[group]} ({len(items[group])})", align="left", style="dim"))
            for item in items[group]:
                _print(item, out)


def _print(item: Item, out: Console) -> None:
    tone = f"[{TONES.get(item.tone, 'cyan')}]{item.tone:>10}[/] " if item.tone else ""
    where = f"[dim]{item.spans[0].start}–{item.spans[-1].end}[/]" if item.spans else ""
    out.print(f"{tone}{escape(item.title)} {where}", soft_wrap=False)
    if item.notes:
        out.print(Padding(f"[dim]{escape(' · '.join(item.notes))}[/]", (0, 0, 0, 11 if item.tone else 2)))
