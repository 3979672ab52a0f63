"""The same report in a terminal: fields, statements with chains, events, figures and checks, in the width that is there."""

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dateline.records import Record
from dateline.show.items import Item, items_of
from dateline.show.page import TITLES
from dateline.show.seen import seen

TONES = {
    "new": "bold dark_orange3",
    "ongoing": "medium_purple",
    "background": "grey58",
    "pass": "green",
    "fail": "bold red",
    "flag": "yellow",
}
WIDEST = 110  # columns: on a wide screen the eye loses the line
SHOWN = ("fields", "statements", "events", "quantities", "checks")


def terminal(record: Record, text: str, out: Console) -> None:
    """Print one record for a person."""
    items = items_of(record, text)
    out.print(Text(seen(record.report.headline.value if record.report.headline else record.read_from), style="bold"))
    out.print(Text(f"{seen(record.read_from)} · {record.language or 'language unknown'} · text {record.text_sha256[:12]}", style="dim"))
    if record.stages_not_run:
        out.print(Text(f"not run: {', '.join(record.stages_not_run)} (no analyser for this language)", style="yellow"))
    for group in SHOWN:
        if items[group]:
            out.print(Rule(f"{TITLES[group]} ({len(items[group])})", align="left", style="dim"), width=min(out.width, WIDEST))
            out.print(_table(items[group], min(out.width, WIDEST)))


def _table(items: list[Item], width: int) -> Table:
    """What each is on the left, where its characters are on the right, what it says between."""
    rows = Table.grid(padding=(0, 1), expand=True)
    rows.width = width
    if any(item.tone for item in items):
        rows.add_column(width=10, justify="right")
    rows.add_column(ratio=1)
    rows.add_column(justify="right", style="dim", no_wrap=True)
    for item in items:
        said = Text(seen(item.title))
        if item.notes:
            said.append(("\n" if item.tone else "  ") + seen(" · ".join(item.notes)), style="dim")
        tone = [Text(item.tone, style=TONES.get(item.tone, "cyan"))] if item.tone else []
        rows.add_row(*tone, said, Text(seen(" ".join(x for x in (item.label, _where(item)) if x))))
    return rows


def _where(item: Item) -> str:
    """The first and the last of an item's characters."""
    return f"{min(s.start for s in item.spans)}–{max(s.end for s in item.spans)}" if item.spans else ""
