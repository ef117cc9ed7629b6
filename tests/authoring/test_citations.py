"""Citations written out for a notebook: names, year and a link, and the list of what was cited."""

import re

import pytest

from autograder.authoring.citations import written_out
from autograder.exercises import chapter_names
from autograder.reference import places

BIBLIOGRAPHY = """
@article{one1907,
  author = {Lapicque, Louis}, title = {On {N}erves}, journal = {Journal}, year = {1907}, doi = {10.1/a_b}
}
@article{two2007,
  author = {Brunel, Nicolas and van Rossum, Mark C. W.}, title = {Back}, journal = {J}, year = {2007}, doi = {10.2/b}
}
@book{four2014,
  author = {A, B and C, D and E, F and G, H}, title = {Pages 1--2}, publisher = {Press}, year = {2014}
}
"""
LIST = "```{bibliography}\n:filter: docname in docnames\n```"


@pytest.fixture
def bibliography(tmp_path):
    (tmp_path / "references.bib").write_text(BIBLIOGRAPHY)
    return tmp_path / "references.bib"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("nerves {cite:p}`one1907`.", "nerves ([Lapicque, 1907](https://doi.org/10.1/a_b))."),
        ("{cite:t}`one1907` said", "[Lapicque (1907)](https://doi.org/10.1/a_b) said"),
        ("{cite:p}`two2007`", "([Brunel & van Rossum, 2007](https://doi.org/10.2/b))"),
        ("{cite:p}`four2014`", "(A et al., 2014)"),
        ("{cite:p}`four2014, one1907`", "(A et al., 2014; [Lapicque, 1907](https://doi.org/10.1/a_b))"),
        ("{cite:t}`four2014,one1907`", "A et al. (2014) and [Lapicque (1907)](https://doi.org/10.1/a_b)"),
    ],
)
def test_a_citation_is_names_and_year_linked_to_the_doi_if_there_is_one(bibliography, text, written):
    assert written_out([text], bibliography) == [written]


def test_the_list_holds_what_the_texts_cite_once_and_nothing_else(bibliography):
    texts = [
        "{cite:p}`two2007` and {cite:p}`four2014`",
        "{cite:p}`two2007` again",
        f"## References\n\n{LIST}\n\nThe end.",
    ]
    listed = written_out(texts, bibliography)[2]
    assert listed == (
        "## References\n\n"
        "- Brunel, van Rossum (2007). *Back*. J. [doi:10.2/b](https://doi.org/10.2/b)\n"
        "- A, C, E, G (2014). *Pages 1–2*. Press.\n\nThe end."
    )


def test_what_only_tex_needs_is_not_shown(bibliography):
    assert "*On Nerves*" in written_out(["{cite:p}`one1907`", LIST], bibliography)[1]
    accented = bibliography.read_text().replace("On {N}erves", r"Stör\"ung {\'e}t M\'e")
    bibliography.write_text(accented)
    assert "*Störüng ét Mé*" in written_out(["{cite:p}`one1907`", LIST], bibliography)[1]


def test_a_key_that_is_not_in_the_bibliography_is_missed_by_name(bibliography):
    with pytest.raises(KeyError, match="nobody2020"):
        written_out(["{cite:p}`nobody2020`"], bibliography)


def test_texts_that_cite_nothing_stay_as_they_are_and_need_no_bibliography(tmp_path):
    texts = ["`cite` and $\\tau$", "{ref}`here`"]
    assert written_out(texts, tmp_path / "not there") == texts


@pytest.mark.parametrize("name", chapter_names())
def test_every_citation_of_a_chapter_is_resolved(name):
    texts = written_out([path.read_text() for path in places.pages(name)], places.BOOK / "references.bib")
    text = "\n".join(texts)
    assert "{cite" not in text and "{bibliography}" not in text
    listed = [line for line in text.splitlines() if re.match(r"- .*\[doi:", line)]
    assert listed and not [line for line in listed if "\\" in line or ". ." in line], "no TeX, no gap"
    assert all(re.match(r"https://doi\.org/10\.\d+/\S+$", link) for link in re.findall(r"https://doi[^)]*", text))
