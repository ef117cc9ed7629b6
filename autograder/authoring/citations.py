"""Citations of the book written out for a notebook, where no Sphinx resolves them."""

import re
from pathlib import Path

from pybtex.database import Entry, parse_file
from pybtex.richtext import Text

_CITE = re.compile(r"\{cite:([tp])\}`([^`]+)`")
BIBLIOGRAPHY = re.compile(r"```\{bibliography\}.*?```", re.DOTALL)


def written_out(texts: list[str], bibliography: Path) -> list[str]:
    """The texts of a notebook with every citation as names and year, linked to its DOI.

    Where one has the bibliography, it becomes the list of what the texts cite. Raises KeyError, naming
    it, for a key that ``bibliography`` does not have.
    """
    if not any(_CITE.search(text) or BIBLIOGRAPHY.search(text) for text in texts):
        return texts
    entries = parse_file(bibliography).entries
    keys = {key.strip() for text in texts for match in _CITE.finditer(text) for key in match.group(2).split(",")}

    if unknown := keys - set(entries):
        raise KeyError(f"{bibliography.name} has no entry {', '.join(sorted(unknown))}")

    def cited(match: re.Match) -> str:
        links = [_link(entries[key.strip()], parenthetical=match.group(1) == "p") for key in match.group(2).split(",")]
        return f"({'; '.join(links)})" if match.group(1) == "p" else " and ".join(links)

    listed = "\n".join(f"- {_in_full(entries[key])}" for key in entries if key in keys)
    return [BIBLIOGRAPHY.sub(lambda _: listed, _CITE.sub(cited, text)) for text in texts]


def _link(entry: Entry, *, parenthetical: bool) -> str:
    names = _names(entry)
    who = f"{names[0]} et al." if len(names) > 2 else " & ".join(names)
    year = entry.fields["year"]
    words = f"{who}, {year}" if parenthetical else f"{who} ({year})"
    return f"[{_plain(words)}](https://doi.org/{entry.fields['doi']})" if "doi" in entry.fields else _plain(words)


def _in_full(entry: Entry) -> str:
    names = ", ".join(_names(entry))
    kinds = ("journal", "booktitle", "publisher", "howpublished")
    where = next((entry.fields[kind] for kind in kinds if kind in entry.fields), "")
    doi = entry.fields.get("doi")
    link = f" [doi:{doi}](https://doi.org/{doi})" if doi else ""
    return _plain(f"{names} ({entry.fields['year']}). *{entry.fields['title']}*. {where}.") + link


def _names(entry: Entry) -> list[str]:
    return [" ".join([*person.prelast_names, *person.last_names]) for person in entry.persons["author"]]


def _plain(text: str) -> str:
    return str(Text.from_latex(text)).replace("--", "–")
