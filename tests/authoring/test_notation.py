"""The page of symbols has what the chapters' formulas have, and nothing else."""

import re

import pytest

from autograder.authoring import plan
from autograder.reference import places

ROW = re.compile(r"^\| (\$.+\$) \| .+ \| .+ \| ([\d, ]+) \|$", re.MULTILINE)
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$]+?)\$", re.DOTALL)
WORDS = r"(?<!_)\\(?:text|mathrm)\{\s*\w\w[^}]*\}|\^\{[A-Z]{2,}\}|\\(?:begin|end)\{\w+\}"
"""Whole words in a formula: names of functions, remarks, what stands above a letter."""
NOT_SYMBOLS = re.compile(
    r"\\(?:t?frac|sqrt|sum|int|cdot|times|dots|left|right|boxed|underbrace|[bB]ig[lr]?|[lr](?:angle|floor|vert)|q?quad"
    r"|log|ln|exp|sin|cos|max|infty|partial|le|ge|ne|approx|pm|to|in|leftarrow|hat|dot|text|prime)"
)
SYMBOL = re.compile(
    r"(\\Delta\s*[A-Za-z]|\\mathrm\{\w\}|\\[A-Za-z]+|[A-Za-z])"
    r"(?:\^(?:\{[+-]\}|[+-]))?"  # just after or just before
    r"(?:_(\{(?:[^{}]|\{[^{}]*\})*\}|\\text\{[^}]*\}|\\[a-z]+|[\w+-]))?"
)
CHAPTERS = plan.planned()


def formulas(text: str) -> str:
    """The formulas of a page's prose, one after the other."""
    prose = re.sub(r"^```.*?^```|`[^`\n]*`", "", text, flags=re.DOTALL | re.MULTILINE)
    return "\n".join(displayed or inline for displayed, inline in FORMULA.findall(prose))


def symbols(formula: str) -> set[tuple[str, str]]:
    """The letters of a formula, each with what stands below it: ``\\lambda_{V,n}`` is ``("\\lambda", "V,n")``."""
    found = SYMBOL.findall(re.sub(WORDS, " ", re.sub(r"\\(?:hat|dot)\b", " ", formula)))
    return {
        (re.sub(r"\s+", " ", letter), re.sub(r"^\{(.*)\}$", r"\1", below))
        for letter, below in found
        if not NOT_SYMBOLS.fullmatch(letter)
    }


def text_of(chapter: str) -> str:
    """The text of all pages of a chapter."""
    return "\n".join(path.read_text("utf-8") for path in places.pages(chapter))


def rows(chapter: str) -> set[tuple[str, str]]:
    """The symbols that the page of symbols has for a chapter."""
    number = str(CHAPTERS.index(chapter) + 1)
    listed = ROW.findall(places.page("notation").read_text("utf-8"))
    return {one for cell, numbers in listed if number in numbers.split(", ") for one in symbols(formulas(cell))}


def is_listed(letter: str, below: str, listed: set[tuple[str, str]]) -> bool:
    """Whether a symbol has a row, with what is below it or without those parts that have rows of their own."""
    parts = {part for part, _ in symbols(below)}
    kept = [one for one in ("", *parts) if all((part, "") in listed for part in parts - {one})]
    return (letter, below) in listed or ("+" != below != "-" and any((letter, one) in listed for one in kept))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_symbol_that_is_listed_for_a_chapter_stands_in_its_formulas(chapter):
    there = symbols(formulas(text_of(chapter)))
    bare = (
        there | {(letter, "") for letter, _ in there} | {(part, "") for _, below in there for part, _ in symbols(below)}
    )
    assert bool(rows(chapter)) == bool(there)
    assert not rows(chapter) - bare


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_symbol_of_a_chapter_is_listed_for_it(chapter):
    listed = rows(chapter)
    there = symbols(formulas(text_of(chapter)))
    assert {f"{letter}_{below}" for letter, below in there if not is_listed(letter, below, listed)} == set()


def test_what_has_two_rows_is_told_of_as_having_several_meanings():
    page = places.page("notation").read_text("utf-8")
    told = {
        letter for line in re.findall(r"^- (\$.+?\$):", page, re.MULTILINE) for letter, _ in symbols(formulas(line))
    }
    alone = [letter for cell, _ in ROW.findall(page) for letter in re.findall(r"\$(\\?\w+)\$", cell)]
    twice = {letter for letter in alone if alone.count(letter) > 1}
    assert len(twice) > 15 and twice <= told


def test_a_symbol_that_nobody_has_listed_is_found():
    listed = {("v", ""), ("n", ""), (r"\lambda", "V"), (r"\tau", "m"), ("m", "")}
    for formula in (r"v_{n+1}", r"\lambda_{V,n}", r"\dot\lambda_V", r"\tau_m", r"\log v^2", r"\lambda_V^-"):
        assert all(is_listed(*one, listed) for one in symbols(formula)), formula
    for formula in (r"v_k", r"\lambda_I", r"\tau", r"\tau_s", r"\Delta v", r"\mathrm{j}", "q", r"\theta_+"):
        assert not all(is_listed(*one, listed) for one in symbols(formula)), formula
