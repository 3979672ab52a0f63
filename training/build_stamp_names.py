"""Builds src/dateline/codebook/data/stamps/names.json: month and weekday names of CLDR, by babel.

    python training/build_stamp_names.py

Names with digits ("7月", "tháng 7") are left out: the patterns of stamps.yml read those.
"""

import json
from collections import defaultdict
from pathlib import Path

from babel import Locale

from dateline.codebook.stamps import fold_name

OUT = Path(__file__).parents[1] / "src/dateline/codebook/data/stamps/names.json"
LOCALES = """
af am ar ar_DZ ar_IQ ar_LB ar_MA ar_SY ar_TN as az az_Cyrl be bg bn bs bs_Cyrl ca ceb ckb cs cy da de de_AT el en en_GB en_AU en_CA eo
es es_AR es_MX es_PE et eu fa fa_AF fi fil fo fr fr_CA fy ga gd gl gu ha he hi hr hu hy id ig is it ja ka kk km kn ko ku ky lb ln lo lt
lv mg mk ml mn mr ms mt my nb ne nl nn om or pa pl ps pt pt_PT ro ru rw sd si sk sl sn so sq sr sr_Latn sv sw ta te tg th tk tr tt ug
uk ur uz uz_Cyrl vi wo xh yo zh zh_Hant zu
"""
# Short forms in Latin letters are taken only from languages whose pages print them: those of the others are words of their neighbours.
ABBREVIATING = "en tr de fr es pt it ca gl ro nl af da nb nn sv fi et lv lt is pl cs sk sl hr sr bs hu id ms fil vi az uz sq sw"
SHORTEST = {"months": 3, "weekdays": 2}


def names_of(kind: str) -> dict[str, dict[int, str]]:
    """Folded name → number → languages."""
    found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for identifier in LOCALES.split():
        locale = Locale.parse(identifier)
        table = locale.months if kind == "months" else locale.days
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, printed in table[context].get(width, {}).items():
                    name = fold_name(printed)
                    if width == "abbreviated" and name[:1].isascii() and locale.language not in ABBREVIATING.split():
                        continue
                    if len(name) >= (SHORTEST[kind] if name.isascii() else 2) and not any(c.isdigit() for c in name):
                        found[name][number].add(locale.language)
    return {n: {k: " ".join(sorted(langs)) for k, langs in sorted(by.items())} for n, by in sorted(found.items())}


def main() -> None:
    """Write the file."""
    table = {"months": names_of("months"), "weekdays": names_of("weekdays")}
    OUT.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf8")
    print(OUT, OUT.stat().st_size, {k: len(v) for k, v in table.items()})


if __name__ == "__main__":
    main()
