# slip: the value is returned, not the slider
# not named:
def tau_slider(draw):
    slider = widgets.IntSlider(min=2, max=100)
    slider.observe(lambda change: draw(change["new"]), names="value")
    return slider.value
