"""Ways from the pages to the course's repository, if it has an address: a Sphinx extension.

The address is ``repository_url`` in ``_config.yml``. The theme's own buttons lead to the repository and to its issues.
Its launch buttons are not used: they open a page's source, which imports the references. Those made here open a
chapter's notebook as students have it, in the branch :data:`STUDENTS` of the same repository.
"""

from typing import Any
from urllib.parse import quote, urlencode

from autograder.authoring import plan

STUDENTS = "students"
"""The branch that has the folders of all chapters side by side, as ``students/`` of a course has them."""


def setup(app: Any) -> dict[str, bool]:
    """Where Sphinx takes the extension in."""
    app.add_config_value("launch_at", {}, "html", [dict])
    app.connect("config-inited", _show_buttons_of_theme)
    app.connect("html-page-context", _add_launch_buttons, priority=502)  # after the theme's own
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def launches(repository: str, servers: dict[str, str], chapter: str) -> dict[str, str]:
    """Where a chapter's notebook can be opened: an address for each server that has one."""
    host, owner, name = repository.rstrip("/").removesuffix(".git").rsplit("/", 2)
    notebook = f"lab/tree/{chapter}/{chapter}.ipynb"
    on_binder = {"https://github.com": f"gh/{owner}/{name}", "https://gitlab.com": f"gl/{owner}%2F{name}"}
    place = on_binder.get(host, f"git/{quote(repository, safe='')}")
    pulled = {"repo": repository, "branch": STUDENTS, "urlpath": f"lab/tree/{name}/{chapter}/{chapter}.ipynb"}
    ways = {
        "Binder": f"/v2/{place}/{STUDENTS}?urlpath={quote(notebook)}",
        "JupyterHub": f"/hub/user-redirect/git-pull?{urlencode(pulled)}",
    }
    return {one: servers[one].rstrip("/") + way for one, way in ways.items() if servers.get(one)}


def _show_buttons_of_theme(app: Any, config: Any) -> None:
    options = config.html_theme_options
    options["use_repository_button"] = options["use_issues_button"] = bool(options.get("repository_url"))


def _add_launch_buttons(app: Any, pagename: str, templatename: str, context: dict, doctree: Any) -> None:
    repository, chapter = app.config.html_theme_options.get("repository_url"), plan.chapter_of(pagename)
    if repository and chapter:
        buttons = [
            {
                "type": "link",
                "text": server,
                "tooltip": f"Open the notebook on {server}",
                "icon": f"_static/images/logo_{server.lower()}.svg",  # the theme brings them
                "url": address,
            }
            for server, address in launches(repository, app.config.launch_at, chapter).items()
        ]
        if buttons:
            group = {"type": "group", "tooltip": "Open the notebook on a server", "icon": "fas fa-rocket"}
            context["header_buttons"].append(group | {"buttons": buttons, "label": "launch-buttons"})
