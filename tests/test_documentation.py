"""What the documents for developers name is there."""

import re
from pathlib import Path
from pkgutil import resolve_name

import pytest

PROJECT = Path(__file__).resolve().parents[1]
TEXTS = {name: (PROJECT / name).read_text() for name in ("README.md", "CONTRIBUTING.md", "DEVELOPERS.md")}
CODE = [(name, code) for name, text in TEXTS.items() for code in set(re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text))]
TOPS = {path.name for path in PROJECT.iterdir()} - {"_build", "README.md"}


@pytest.mark.parametrize(
    "dotted", sorted({code for _, code in CODE if re.fullmatch(r"(autograder|solutions)(\.\w+)+", code)})
)
def test_a_dotted_name_leads_to_something(dotted):
    names = dotted.split(".")
    paths = [PROJECT.joinpath(*names[:n]) for n in range(len(names), 0, -1)]
    there = next(path for path in paths if path.is_dir() or path.with_suffix(".py").is_file())
    module = ".".join(there.relative_to(PROJECT).parts)
    resolve_name(f"{module}:{dotted.removeprefix(module)[1:]}")


def test_a_path_leads_to_something():
    paths = {code for _, code in CODE if re.fullmatch(r"[\w.]+(/[\w.]+)*/?", code) and code.split("/")[0] in TOPS}
    theirs = re.compile(r"your_chapter|[A-Z]{3,}\b(?!\.md)")  # to be put in
    lost = {path for path in paths if not theirs.search(path) and not (PROJECT / path).exists() and "/" in path}
    assert len(paths) > 20 and not lost


@pytest.mark.parametrize("name", TEXTS)
def test_a_link_leads_to_something(name):
    links = set(re.findall(r"\]\(([^)#:]+)\)", TEXTS[name]))
    assert links and not {link for link in links if not (PROJECT / link).exists()}


def test_a_command_is_a_target_of_the_makefile():
    targets = set(re.findall(r"^([a-z][a-z-]*):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    commands = re.findall(r"(?:^    |`)make ((?:[a-z-]+ ?)+)", "\n".join(TEXTS.values()), re.MULTILINE)
    assert {target for command in commands for target in command.split()} <= targets
