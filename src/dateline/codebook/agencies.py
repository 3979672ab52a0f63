"""Agencies, how they sign, and outlets: the form of this part of the codebook, and its index by printed name."""

from functools import cached_property

from dateline.codebook.loader import Loader
from dateline.records import Base

FILE = "agencies.yml"


class Agency(Base, frozen=True, kw_only=True):
    """A news agency. `signs` are its short forms as printed, upper and lower case told apart; `names` its other names."""

    name: str
    signs: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    country: str | None = None  # ISO 3166 alpha-2 of its seat


class Outlet(Base, frozen=True, kw_only=True):
    """A newspaper, broadcaster or site: its other names, and the domains it publishes at."""

    name: str
    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str | None = None


class AgencyFile(Base, frozen=True, kw_only=True):
    """agencies.yml."""

    agencies: tuple[Agency, ...]
    outlets: tuple[Outlet, ...]


class Agencies(Base, frozen=True, kw_only=True, dict=True):
    """Agencies and outlets, ready to look up by the name that a page prints."""

    agencies: tuple[Agency, ...]
    outlets: tuple[Outlet, ...]

    @cached_property
    def by_sign(self) -> dict[str, Agency]:
        """Short form exactly as printed → agency."""
        return {sign: a for a in self.agencies for sign in a.signs}

    @cached_property
    def by_name(self) -> dict[str, Agency]:
        """Lower-case full or other name → agency."""
        return {name.casefold(): a for a in self.agencies for name in (a.name, *a.names)}

    @cached_property
    def outlet_by_name(self) -> dict[str, Outlet]:
        """Lower-case name → outlet."""
        return {name.casefold(): o for o in self.outlets for name in (o.name, *o.names)}

    @cached_property
    def outlet_by_domain(self) -> dict[str, Outlet]:
        """Domain without www → outlet."""
        return {domain: o for o in self.outlets for domain in o.domains}

    def agency(self, printed: str) -> Agency | None:
        """The agency that signs as `printed` ("AA", "anadolu agency"), or None."""
        printed = " ".join(printed.split())
        return self.by_sign.get(printed) or self.by_name.get(printed.casefold().removeprefix("the "))

    def outlet(self, printed: str) -> Outlet | None:
        """The outlet of that name or domain, or None."""
        folded = " ".join(printed.casefold().split())
        return self.outlet_by_name.get(folded) or self.outlet_by_name.get(folded.removeprefix("the ")) or self.outlet_by_domain.get(folded)


def read_agencies(loader: Loader) -> Agencies | None:
    """This part, or None with its faults kept in the loader."""
    read = loader.read(FILE, AgencyFile)
    if read is None:
        return None
    seen: dict[str, str] = {}
    for agency in read.agencies:
        for printed in (*agency.signs, *(n.casefold() for n in (agency.name, *agency.names))):
            loader.check(FILE, agency.name, seen.setdefault(printed, agency.name) == agency.name, f"{printed!r} is also {seen[printed]}")
    return Agencies(agencies=read.agencies, outlets=read.outlets)
