"""The look of the course's figures, and a slider that moves in a notebook and in a page without a kernel."""

import base64
import html
import io
import os
from collections.abc import Callable, Sequence
from functools import partial

import matplotlib.pyplot as plt
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.pylabtools import print_figure
from IPython.display import HTML
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec
from matplotlib_inline.backend_inline import set_matplotlib_formats

# Okabe and Ito's colours, told apart by colour-blind readers. One colour means one thing in all figures.
CURRENT = "#D55E00"
VOLTAGE = "#0072B2"
EXACT = "#000000"
WRONG = "#CC79A7"
SPIKE = "#009E73"

STYLE = {
    "axes.grid": True,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": "medium",
    "figure.figsize": (6.4, 3.3),  # narrow, so that labels can still be read on a phone
    "figure.constrained_layout.use": True,
    "font.size": 11.0,
    "grid.color": "#DDDDDD",
    "legend.frameon": False,
    "lines.linewidth": 2.0,
    "svg.hashsalt": "learning-to-spike",  # the same figure is the same file in every build
}
UNDATED = {"Date": None}
NARROW = 3.9
"""Inches that a figure is wide whose panels stand one below the other."""


def in_page() -> bool:
    """Whether what is drawn is for the published page, which has no kernel."""
    return bool(os.environ.get("LEARNING_TO_SPIKE_PAGE"))


def house_style() -> None:
    """Draw all further figures of this notebook in the style of the course."""
    plt.rcParams.update(STYLE)
    set_matplotlib_formats("svg", metadata=UNDATED)
    if in_page():
        formats = InteractiveShell.instance().display_formatter.formatters
        cut = partial(print_figure, fmt="svg", metadata=UNDATED)  # as the notebook shows it: without empty margins
        formats["image/svg+xml"].for_type(Figure, partial(for_page, draw=cut))


def as_svg(figure: Figure) -> str:
    """A whole figure as SVG, so that all frames of a slider have one size."""
    picture = io.StringIO()
    figure.savefig(picture, format="svg", metadata=UNDATED)
    return picture.getvalue()


def for_page(figure: Figure, draw: Callable[[Figure], str] = as_svg) -> str:
    """A figure as SVG. One with several panels in a row carries itself once more, for a phone, in a comment at its end.

    The book puts the second beside the first (autograder/authoring/lighter.py).
    """
    wide = draw(figure)
    if not stack(figure):
        return wide
    return f"{wide}<!-- narrow {base64.b64encode(draw(figure).encode()).decode()} -->"


def stack(figure: Figure) -> bool:
    """Put the panels of a figure that stand in one row below each other; whether there are such panels, and no more."""
    places = {axes: axes.get_subplotspec() for axes in figure.axes if axes.get_subplotspec()}
    grids = {place.get_gridspec() for place in places.values()}
    rows, columns = grids.pop().get_geometry() if len(grids) == 1 else (0, 0)
    across = [*figure.texts, *figure.legends, *figure.artists, *figure.lines]  # what belongs to no single panel
    if rows != 1 or columns < 2 or len(places) != columns or across:
        return False
    first = next(iter(places))
    figure.set_size_inches(NARROW, columns * figure.get_size_inches()[1])
    for axes, place in zip(places, GridSpec(columns, 1, figure=figure), strict=True):
        axes.set_subplotspec(place)
        if axes.get_shared_y_axes().joined(axes, first):  # in a row they need no numbers of their own
            axes.tick_params(labelleft=True)
            axes.set_ylabel(axes.get_ylabel() or first.get_ylabel())
    return True


def ink(colour: str) -> tuple[float, ...]:
    """The shade of a colour for words, which need more contrast on white than lines do (WCAG 2.2, 1.4.3)."""
    shade = to_rgb(colour)
    while contrast_on_white(shade) < 4.5:
        shade = tuple(0.98 * part for part in shade)
    return shade


def contrast_on_white(shade: Sequence[float]) -> float:
    """1 for white, 21 for black, of red, green and blue between 0 and 1, as WCAG 2.2 reckons it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shade]
    luminance = sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (luminance + 0.05)


def frame(draw: Callable[[float], None], value: float, describe: Callable[[float], str], attributes: str = "") -> str:
    """What ``draw(value)`` draws, as an ``<img>`` that carries its picture and its alt text."""
    draw(value)
    figure = plt.gcf()
    picture = for_page(figure) if in_page() else as_svg(figure)
    plt.close(figure)
    source = base64.b64encode(picture.encode()).decode()
    return f'<img {attributes} src="data:image/svg+xml;base64,{source}" alt="{html.escape(describe(value))}">'


def slider(
    draw: Callable[[float], None],
    name: str,
    values: Sequence[float],
    describe: Callable[[float], str],
    first: float | None = None,
):
    """A figure with a slider, to be the last line of a cell.

    Parameters
    ----------
    draw : draws the figure for one value with pyplot.
    name : what the slider changes, with its unit: its label.
    values : the stops of the slider.
    describe : says in words what the figure for one value shows: its alt text.
    first : the stop at which it begins; by default the first of ``values``.

    Returns
    -------
    In a notebook a widget that draws anew at every move; in the published page, which has no kernel, all frames.
    """
    begins = values[0] if first is None else first
    if in_page():
        return page_slider(draw, name, values, describe, begins)
    return live_slider(draw, name, values, describe, begins)


def page_slider(
    draw: Callable[[float], None],
    name: str,
    values: Sequence[float],
    describe: Callable[[float], str],
    begins: float,
):
    """The slider of a page: all its frames, of which static/slider.js shows one; without scripts, where it begins."""
    frames = [
        frame(draw, value, describe, f'data-value="{value:g}"' + " hidden" * (value != begins)) for value in values
    ]
    control = (
        f"<label>{html.escape(name)}"
        f'<input type="range" min="0" max="{len(values) - 1}" value="{list(values).index(begins)}" '
        f'aria-valuetext="{begins:g}"></label><output>{begins:g}</output>'
    )
    return HTML(f'<div class="slider"><div class="slider-control" hidden>{control}</div>{"".join(frames)}</div>')


def live_slider(
    draw: Callable[[float], None],
    name: str,
    values: Sequence[float],
    describe: Callable[[float], str],
    begins: float,
):
    """The slider of a notebook."""
    import ipywidgets

    stops = [(f"{value:g}", value) for value in values]
    control = ipywidgets.SelectionSlider(options=stops, value=begins, description=name)
    picture, show = redrawn(draw, describe)
    show(begins)
    control.observe(lambda change: show(change["new"]), names="value")
    return ipywidgets.VBox([control, picture])


def redrawn(draw: Callable[[float], None], describe: Callable[[float], str]):
    """A widget that holds one picture, and the function that draws it for a value: no figure stays open behind it."""
    import ipywidgets

    picture = ipywidgets.HTML()

    def show(value: float) -> None:
        picture.value = frame(draw, value, describe)

    return picture, show
