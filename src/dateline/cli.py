"""The command line: arguments in, one call, print. No logic of its own."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from dateline import __version__
from dateline.errors import ArgumentError, DatelineError

gc.set_threshold(50_000, 20, 100)  # loading makes a million objects that stay: to walk them again and again costs a third of a second
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy loads: more threads cost more than they give on sentences

app = typer.Typer(
    name="dateline",
    help="Read news reports and write a checked record of each: who said what and through whom, what happened to whom, when it really "
    "happened and where, the figures with their bounds. Every value points at the characters that say it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
err = Console(stderr=True, highlight=False)


class Engine(StrEnum):
    """Where `code` runs."""

    local = "local"
    ray = "ray"


class To(StrEnum):
    """What `code` and `export` write."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


@contextmanager
def told(out: Path | None = None) -> Iterator[None]:
    """Turn an error of ours, or of the disk, into one message and exit status 2; anything else is a bug and shows itself."""
    try:
        yield
    except DatelineError as fault:
        raise stopped(str(fault)) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise typer.Exit(0) from None
    except OSError as fault:
        raise stopped(
            f"{fault.filename or out or 'standard output'}: {fault.strerror or fault}; what was written until then is kept"
        ) from None


def stopped(message: str) -> typer.Exit:
    """Print why a command stops; the exit to raise. The message is printed as it is, brackets too."""
    err.print(f"[bold red]dateline:[/] {escape(message)}", soft_wrap=True)
    return typer.Exit(2)


def writable(path: Path | None, *, folder: bool = False) -> None:
    """Raises ArgumentError when nothing can be written to `path`: found out before any work is done, and without touching the file."""
    if path is None:
        return
    if path.is_dir() and not folder:
        raise ArgumentError(f"{path} is a folder; accepted is the name of a file")
    if path.exists() and folder and not path.is_dir():
        raise ArgumentError(f"{path} is a file; accepted is the name of a folder, which is made if missing")
    nearest = path if path.exists() else path.parent
    if not nearest.exists() and not folder:
        raise ArgumentError(f"{path}: there is no folder {path.parent}; make it first")
    if nearest.exists() and not os.access(nearest, os.W_OK):
        raise ArgumentError(f"{path} cannot be written: no permission to write {nearest}")


def version(asked: bool) -> None:
    """Print the version and stop."""
    if asked:
        print(f"dateline {__version__}")
        raise typer.Exit


@app.callback()
def main(
    show_version: Annotated[bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Options that belong to every command."""


Paths = Annotated[
    list[str],
    typer.Argument(
        help="Files, folders or globs, or - for standard input: text, HTML, JSONL, JSON, CSV, TSV, Parquet, RSS/Atom, WARC; also packed "
        "(gzip, bzip2, xz) and in zip or tar archives."
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--out",
        callback=lambda out: None if out == Path("-") else out,
        help="Where to write: a file for jsonl, a folder for csv and parquet. Default, and -: standard output.",
    ),
]

LeastConfidence = Annotated[
    float,
    typer.Option(
        "--least-confidence",
        min=0,
        max=1,
        help="Leave out of what is written the events whose confidence, the share of such events that are right in every part, is below this.",
    ),
]


@app.command()
def code(
    paths: Paths,
    out: Out = None,
    to: Annotated[To, typer.Option("--to", help="The form of the output.")] = To.jsonl,
    text: Annotated[bool, typer.Option("--text", help="Put each report's canonical text into its record.")] = False,
    fields_only: Annotated[bool, typer.Option("--fields-only", help="Read the reports' own fields only: no language pass.")] = False,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            help="Which column of a corpus holds what: text=body, published=date, outlet=paper, … May be given again. The names on the left "
            "are text, published, updated, url, outlet, headline, author, agency, language, id.",
        ),
    ] = None,
    db: Annotated[
        str | None,
        typer.Option(
            "--db",
            help="Also keep reports and records in this store, a file or postgresql://user@host/database (made if missing); a rerun continues.",
        ),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes that code side by side.")] = 1,
    engine: Annotated[
        Engine, typer.Option("--engine", help="local: processes on this machine; ray: Ray Data, here or on a cluster.")
    ] = Engine.local,
    time_limit: Annotated[
        float, typer.Option("--time-limit", min=1, help="Seconds a report may take before it is set aside (with several workers).")
    ] = 120,
    model: Annotated[str | None, typer.Option("--model", help="Another spaCy model, by package name.")] = None,
    stock: Annotated[bool, typer.Option("--stock", help="Run the language model as spaCy does: slower, the same output.")] = False,
    codebook: Annotated[Path | None, typer.Option("--codebook", help="A folder with another codebook.")] = None,
    least_confidence: LeastConfidence = 0,
) -> None:
    """Code reports: read each one and write its checked record.

    dateline code report.txt                         one record on standard output
    dateline code reports/ -o records.jsonl          a folder, any mix of formats
    dateline code corpus.csv --column text=body --db news.db --workers 2
    dateline code reports/ -o sure.jsonl --least-confidence 0.4
    """
    from dateline.run import code_paths

    with told(out):
        writable(out, folder=to is not To.jsonl)
        result = code_paths(
            paths, out=out, to=to.value, texts=text, fields_only=fields_only, columns=pairs(column), db=db, workers=workers, engine=engine.value,
            time_limit=time_limit, model=model, stock=stock, codebook=codebook, progress=progress, least_confidence=least_confidence,
        )  # fmt: skip
    tell(result)
    raise typer.Exit(130 if result.stopped else 1 if result.rejected else 0)


@app.command()
def show(
    report: Annotated[str, typer.Argument(help="A report (any format that `code` reads), or the id of one in --db.")],
    html: Annotated[Path | None, typer.Option("--html", help="Write a page to open in a browser; it needs no network.")] = None,
    db: Annotated[str | None, typer.Option("--db", help="Take the report from this store.")] = None,
    codebook: Annotated[Path | None, typer.Option("--codebook", help="A folder with another codebook.")] = None,
) -> None:
    """Show one report as a page that a person reads in a minute. Of a file that holds several, the first.

    dateline show report.txt                         in the terminal
    dateline show page.html --html record.html       as a page of its own
    dateline show 48aa7763a7dd5c0a --db news.db      a report of a store, by its id
    """
    from dateline.run import read_one
    from dateline.show import page, terminal

    with told():
        writable(html)
        record, words = read_one(report, db=db, codebook=codebook)
        if html:
            html.write_text(page(record, words), encoding="utf8")
            err.print(f"wrote {html}", markup=False, soft_wrap=True)
        else:
            terminal(record, words, Console(highlight=False))


@app.command()
def export(
    db: Annotated[str, typer.Option("--db", help="The store to read.")],
    to: Annotated[To, typer.Option("--to", help="The form of the output.")] = To.jsonl,
    out: Out = None,
    text: Annotated[bool, typer.Option("--text", help="Put each report's canonical text into its record (jsonl).")] = False,
    least_confidence: LeastConfidence = 0,
) -> None:
    """Export every record of a store, in order of the reports' ids: the same bytes however it was filled."""
    from dateline.export import WRITERS
    from dateline.rows import surer
    from dateline.store import Store

    with told(out), Store(db, read_only=True) as store:
        writable(out, folder=to is not To.jsonl)
        n = WRITERS[to.value](((surer(record, least_confidence), words) for record, words in store.records(texts=text)), out)
    err.print(f"{n} records")


Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Limit = Annotated[int, typer.Option("--limit", min=1, help="How many to show.")]


@app.command()
def search(
    words: Annotated[str, typer.Argument(help='Words that must be there; "in quotation marks" as a phrase.')],
    db: Annotated[str, typer.Option("--db", help="The store to search.")],
    limit: Limit = 20,
    as_json: Json = False,
) -> None:
    """Search the reports of a store, with the words that matched: those with the words in the headline first, then the latest printed."""
    from dateline.stories import search_reports

    for hit in answered(search_reports, words, db, limit=limit, as_json=as_json):
        print(f"{hit.report}  {hit.published or 'day unknown'}  {hit.outlet or ''}  {hit.headline or ''}")
        print(f"    {' '.join(hit.snippet.split())}")


@app.command()
def said(
    phrase: Annotated[str, typer.Argument(help="What was said: words, or a whole quotation.")],
    db: Annotated[str, typer.Option("--db", help="The store to ask.")],
    limit: Limit = 20,
    as_json: Json = False,
) -> None:
    """Who said this, first and where: exact phrases first, then by their words, the earliest report on top."""
    from dateline.stories import who_said

    for hit in answered(who_said, phrase, db, limit=limit, as_json=as_json):
        how = "word for word" if hit.exact else "its words"
        where = f"{hit.outlet or ''} {hit.report}#{hit.statement}"
        print(f"{hit.published or 'day unknown'}  {hit.speaker or 'no source named'}  ({how}, {hit.kind})  {where}")
        print(f"    {hit.content}" + (f"\n    through {hit.chain}" if " > " in hit.chain else ""))


def answered(ask: Callable[..., list[Any]], words: str, db: str, *, limit: int, as_json: bool) -> list[Any]:
    """What a store answers, for a person; none of it when it was printed as JSON."""
    from dateline.store import Store

    with told(), Store(db, read_only=True) as store:
        hits = ask(store, words, limit=limit)
    if as_json:
        print_json(hits)
        return []
    if len(hits) in (0, limit):
        err.print(f"nothing found in {db}" if not hits else f"the first {limit}; --limit shows more", markup=False, soft_wrap=True)
    return hits


@app.command()
def story(
    db: Annotated[str, typer.Option("--db", help="The store to read.")],
    name: Annotated[
        str | None, typer.Argument(help="A story's or a report's id. Left out: compare all reports anew and list the stories.")
    ] = None,
    undo: Annotated[
        tuple[str, str] | None, typer.Option("--undo", help="Take two reports of one story apart for good, then compare anew.")
    ] = None,
    limit: Limit = 20,
    as_json: Json = False,
) -> None:
    """Stories: copies folded under their original, independent origins counted, who had it first, where reports differ."""
    from dateline.store import Store
    from dateline.stories import build_stories, list_stories, open_tables, read_story, undo_join

    with told():
        Store(db, read_only=True).close()  # a mistyped name makes no new store
    with told(), Store(db) as store:
        open_tables(store)
        if name:
            found = read_story(store, name)
            print_json(found) if as_json else tell_story(found)
            return
        if undo:
            undo_join(store, *undo, who="command line")
        built = build_stories(store)
        stories = list_stories(store, limit=limit)
    err.print(f"reports {built.reports}, copies {built.copies}, joins {built.joins}, stories {built.stories}")
    if as_json:
        print_json([{"story": s, "reports": n, "headline": h} for s, n, h in stories])
        return
    for key, n, headline in stories:
        print(f"{key}  {n} reports  {headline or ''}")


@app.command()
def serve(
    db: Annotated[str, typer.Option("--db", help="The store to read, search and review; made if missing.")],
    host: Annotated[
        str, typer.Option("--host", help="The address to listen on; others than this machine's own need a way to sign in.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535)] = 8321,
    token: Annotated[str | None, typer.Option("--token", envvar="DATELINE_TOKEN", help="A secret that lets its bearer in.")] = None,
    login: Annotated[bool, typer.Option("--login", help="Ask for an account on this machine too.")] = False,
    name: Annotated[list[str] | None, typer.Option("--name", help="A name that people reach the desk under. May be given again.")] = None,
    certificate: Annotated[Path | None, typer.Option("--certificate", help="A TLS certificate (PEM).")] = None,
    key: Annotated[Path | None, typer.Option("--key", help="Its key (PEM).")] = None,
    behind_https: Annotated[bool, typer.Option("--behind-https", help="A proxy before the desk speaks HTTPS.")] = False,
    plain_http: Annotated[bool, typer.Option("--plain-http", help="Let passwords cross the network in the clear.")] = False,
    add_user: Annotated[
        str | None, typer.Option("--add-user", help="Add an account, or change it, and stop; asks for the password.")
    ] = None,
    role: Annotated[str, typer.Option("--role", help="Of the account: read, review or admin.")] = "review",
) -> None:
    """The desk: read, search and review in a browser, on this machine and with no network.

    dateline serve --db news.db                                   http://127.0.0.1:8321
    dateline serve --db news.db --add-user mary --role review     an account, for a desk that others reach
    """
    from dateline.store import Store
    from dateline.web import Address, serve
    from dateline.web.accounts import add_user as add

    with told():
        if add_user:
            password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
            with Store(db) as store:
                add(store, add_user, password, role)
            err.print(f"{add_user} may {role}")
            return
        at = Address(
            host=host, port=port, token=token, login=login, names=tuple(name or ()), certificate=certificate, key=key,
            behind_https=behind_https, plain_http=plain_http,
        )  # fmt: skip
        err.print(f"http{'s' if certificate else ''}://{host}:{port}  (Ctrl+C stops it)")
        serve(db, at)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the record, generated from its types."""
    import msgspec

    from dateline.records import Record

    print(msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Record)), indent=1).decode())


class Ask(StrEnum):
    """What `codebook` does."""

    check = "check"
    show = "show"
    copy = "copy"


@app.command()
def codebook(
    ask: Annotated[Ask, typer.Argument(help="check: run every example both ways; show: print a part; copy: write a copy to edit.")],
    part: Annotated[str | None, typer.Argument(help="The part to show or check (all when left out); or the folder to copy to.")] = None,
    folder: Annotated[Path | None, typer.Option("--codebook", help="A folder with another codebook.")] = None,
) -> None:
    """The codebook tests itself, shows what it holds, and is copied to be edited.

    dateline codebook show agencies                  a part as it was read
    dateline codebook copy mine                      a codebook of your own
    dateline codebook check --codebook mine          every example of it, both ways
    """
    from dateline.codebook import copy_codebook
    from dateline.evaluate.codebook import check_codebook, show_codebook

    with told():
        if ask is Ask.copy:
            if part is None:
                raise ArgumentError("name the folder to copy to: dateline codebook copy FOLDER")
            copy_codebook(Path(part), folder)
            err.print(f"wrote {part}", markup=False, soft_wrap=True)
            return
        if ask is Ask.show:
            show_codebook(part, folder, Console(highlight=False))
            return
        faults = check_codebook(part, folder, err)
    for fault in faults:
        print(fault)
    err.print(f"{len(faults)} fault(s)")
    raise typer.Exit(1 if faults else 0)


@app.command()
def evaluate(
    task: Annotated[str, typer.Argument(help="record attribution pairs tuples alarms times stamps places pages when spans")],
    gold: Annotated[Path, typer.Argument(help="The gold file.")],
    predictions: Annotated[
        Path | None, typer.Option("--predictions", help="Write the predictions here, in the form that the shared scorer reads.")
    ] = None,
    given: Annotated[Path | None, typer.Option("--given", help="Score these predictions instead of making new ones.")] = None,
    switch: Annotated[
        list[str] | None,
        typer.Option("--switch", "-s", help="A switch of the scorer: split=1, kinds=direct, cues=speech,according, demonyms=0, …"),
    ] = None,
) -> None:
    """Score Dateline against gold: prints the figures that the shared scorer would print."""
    import json

    from dateline.evaluate.tasks import run_task

    with told():
        writable(predictions)
        print(json.dumps(run_task(task, gold, predictions=predictions, given=given, switches=pairs(switch)), indent=1, ensure_ascii=False))


def tell_story(found: Any) -> None:
    """One story for a person."""
    originals = [m for m in found.members if not m.copy_of]
    print(
        f"{len(found.members)} reports, {len(found.members) - len(originals)} of them copies; {len(found.origins)} independent origin(s): {', '.join(found.origins)}"
    )
    print(f"first: {found.first or 'cannot be told from the instants given'}")
    for m in found.members:
        copy = f"  {m.kind} copy of {m.copy_of}" if m.copy_of else ""
        print(f"  {m.published or 'day unknown'}  {m.id}  {m.outlet or m.agency or ''}  {m.headline or ''}{copy}")
    for line in found.why:
        print(f"joined because {line}")
    for d in found.differences:
        print(f"they differ on a {d.of}: {d.about}")
        for version, reports in d.versions.items():
            print(f"    {version}  [{', '.join(reports)}]")


def print_json(what: Any) -> None:
    """Records as indented JSON."""
    import msgspec

    print(msgspec.json.format(msgspec.json.encode(what), indent=1).decode())


def pairs(given: list[str] | None) -> dict[str, str]:
    """`["text=body"]` → `{"text": "body"}`. Raises typer.BadParameter with the accepted form."""
    bad = [g for g in given or [] if "=" not in g]
    if bad:
        raise typer.BadParameter(f"{bad[0]!r}: give NAME=VALUE")
    return dict(g.split("=", 1) for g in given or [])


def progress(items: Any, describe: Callable[[], str]) -> Iterator[Any]:
    """The batches, with a line on standard error that shows counts, rate and time when someone is watching."""
    if not err.is_terminal:
        yield from items
        return
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn(), console=err, transient=True
    ) as bar:
        job = bar.add_task("coding", total=None)
        for item in items:
            yield item
            bar.update(job, advance=1, description=describe())


def tell(result: Any) -> None:
    """The summary of a run: what was coded, what stood there already, what was set aside and why."""
    if result.stopped:
        err.print("[yellow]stopped[/]; what was coded is kept, and with --db a rerun continues")
    there = f", {result.skipped} already in the store" if result.skipped else ""
    err.print(f"{result.coded} coded{there}, {len(result.rejected)} set aside, in {result.seconds:.1f} s")
    for item in result.rejected[:20]:
        err.print(f"  [yellow]{item.stage}[/] {escape(f'{item.read_from}: {item.reason}')}", soft_wrap=True)
    if len(result.rejected) > 20:
        err.print(f"  … and {len(result.rejected) - 20} more")


if __name__ == "__main__":
    app()
