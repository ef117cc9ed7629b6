"""One setting shows the ways to the repository on every page, or none of them."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from autograder.authoring import repository
from autograder.reference.places import PROJECT

ADDRESS = "https://github.com/somebody/learning-to-spike"
PUBLISHED = "https://somebody.github.io/learning-to-spike/"
SERVERS = {"Binder": "https://mybinder.org", "JupyterHub": "https://hub.example.edu/"}
BUTTONS = ".dropdown-launch-buttons, .dropdown-source-buttons"
PAGES = {
    "introduction": "# A small book\n\nIt has one chapter.\n",
    "leaky_integrator": "---\nkernelspec: {name: python3, display_name: Python 3}\n---\n\n# A chapter\n\nShort.\n",
}


def small_book(folder: Path, address: str = "", **other: object) -> dict[str, BeautifulSoup]:
    """The pages of a book with this project's settings, but for an address and ``other``, and two short pages."""
    config = yaml.safe_load((PROJECT / "_config.yml").read_text("utf-8"))
    settings = config["sphinx"]["config"]
    assert settings["html_theme_options"]["repository_url"] == ""
    settings["html_theme_options"]["repository_url"] = address
    settings["html_static_path"] = [str(PROJECT / one) for one in settings["html_static_path"][:1]]
    settings |= {"launch_at": SERVERS} | other
    config |= {"bibtex_bibfiles": [str(PROJECT / "book" / "references.bib")], "html": {}}
    (folder / "book").mkdir(parents=True)
    (folder / "_config.yml").write_text(yaml.safe_dump(config))
    (folder / "_toc.yml").write_text(
        "format: jb-book\nroot: book/introduction\nchapters:\n- file: book/leaky_integrator\n"
    )
    for name, text in PAGES.items():
        (folder / "book" / f"{name}.md").write_text(text)
    build = [Path(sys.executable).with_name("jupyter-book"), "build", folder, "--path-output", folder]
    done = subprocess.run(build, cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    written = folder / "_build" / "html" / "book"
    return {name: BeautifulSoup((written / f"{name}.html").read_text("utf-8"), "html.parser") for name in PAGES}


def addresses(page: BeautifulSoup) -> set[str]:
    """Every foreign address that a page leads to."""
    return {link["href"] for link in page.find_all("a", href=True) if link["href"].startswith("http")}


@pytest.mark.slow
def test_an_address_shows_every_way_to_it_and_where_it_is_published_a_picture(tmp_path):
    pages = small_book(tmp_path / "book", ADDRESS, html_baseurl=PUBLISHED)
    for name, page in pages.items():
        place = page.find("meta", property="og:image")["content"].removeprefix(PUBLISHED)
        assert (tmp_path / "book" / "_build" / "html" / place).is_file(), name
        assert page.find("meta", property="og:url")["content"] == f"{PUBLISHED}book/{name}.html"
        assert ADDRESS in addresses(page), name
        assert [one for one in addresses(page) if one.startswith(f"{ADDRESS}/issues/new")], name
    wanted = {*repository.launches(ADDRESS, SERVERS, "leaky_integrator").values()}
    assert len(wanted) == 2 and wanted <= addresses(pages["leaky_integrator"])
    assert not wanted & addresses(pages["introduction"])  # nothing to be opened there
    assert len(pages["leaky_integrator"].select(BUTTONS)) == 2


@pytest.mark.slow
def test_without_one_there_is_none(tmp_path):
    for name, page in small_book(tmp_path / "book").items():
        ways = {one for one in addresses(page) if "issues" in one or "hub" in one or "binder" in one}
        assert not ways, name
        assert not page.select(BUTTONS), name


def test_a_launch_opens_the_folder_that_students_get_and_not_the_source_of_the_page():
    for address, place in (
        (ADDRESS, "gh/somebody/learning-to-spike"),
        ("https://gitlab.com/some/where/", "gl/some%2Fwhere"),
        ("https://git.example.edu/some/where", "git/https%3A%2F%2Fgit.example.edu%2Fsome%2Fwhere"),
    ):
        ways = repository.launches(address, SERVERS, "delays")
        assert ways["Binder"].startswith(f"https://mybinder.org/v2/{place}/students?urlpath=")
        assert ways["JupyterHub"].startswith("https://hub.example.edu/hub/user-redirect/git-pull?repo=")
        assert all(
            "students" in way and "delays%2Fdelays.ipynb" in way.replace("/delays", "%2Fdelays")
            for way in ways.values()
        )
        assert not any("book" in way for way in ways.values())


def test_a_server_without_an_address_is_left_out():
    assert repository.launches(ADDRESS, {"Binder": "", "JupyterHub": "https://hub"}, "delays").keys() == {"JupyterHub"}
