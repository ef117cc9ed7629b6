"""The picture that a message shows beside a link to a page: its title, what it asks, and a neuron that fires."""

import io
import textwrap
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

import numpy as np
from matplotlib.figure import Figure

from autograder.reference import places
from solutions.lif_filters import leaky_integrate_and_fire

PIXELS = (1200, 630)
"""Width and height, as those who show cards ask for them."""
DPI = 100


def card(title: str, about: str, book: str) -> bytes:
    """A PNG of :data:`PIXELS`; words that do not fit into three lines each are cut with an ellipsis."""
    figures = _figures()
    figure = Figure(figsize=(PIXELS[0] / DPI, PIXELS[1] / DPI), dpi=DPI, facecolor="white")
    figure.text(0.06, 0.9, _lines(title, 28), size=44, weight="bold", va="top", linespacing=1.1)
    figure.text(0.06, 0.54, _lines(about, 54), size=26, va="top", linespacing=1.2, color=figures.ink(figures.CURRENT))
    figure.text(0.94, 0.05, book, size=20, ha="right")
    axes = figure.add_axes((0.06, 0.1, 0.88, 0.2))
    axes.set_axis_off()
    steps = np.arange(300)
    spikes, voltage = leaky_integrate_and_fire(1.6 * (steps > 20), 20, 1)
    axes.plot(steps, voltage, color=figures.VOLTAGE, lw=3)
    axes.vlines(np.flatnonzero(spikes), 1.05, 1.5, color=figures.SPIKE, lw=4)
    file = io.BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})  # the same card is the same file
    return file.getvalue()


def _lines(text: str, width: int) -> str:
    # matplotlib takes what stands between two dollars for a formula
    return textwrap.fill(text, width, max_lines=3, placeholder=" …").replace("$", r"\$")


@cache
def _figures() -> ModuleType:
    """``book/figures.py``, which has the colours of the course and lies beside the pages, in no package."""
    spec = spec_from_file_location("figures", places.BOOK / "figures.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
