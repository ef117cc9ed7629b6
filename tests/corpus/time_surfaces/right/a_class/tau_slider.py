class TauSlider(widgets.IntSlider):
    def __init__(self, draw):
        super().__init__(value=20, min=2, max=100)
        self._draw = draw
        self.observe(self._moved, "value")

    def _moved(self, change):
        self._draw(change["new"])


def tau_slider(draw):
    return TauSlider(draw)
