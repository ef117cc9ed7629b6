"""What a reader of a page can play with, and the numbers that the page's models make for it."""

import json

from IPython.display import HTML


def explorable(name: str, **data: object) -> HTML:
    """A place for what ``static/explorables.js`` calls ``name``, with the data that it needs; for a page only.

    Without scripts it shows nothing.
    """
    numbers = json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")
    return HTML(
        f'<div class="explorable" data-explorable="{name}"><script type="application/json">{numbers}</script></div>'
    )
