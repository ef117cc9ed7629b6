# slip: the slider is not returned
# not named:
def tau_slider(draw):
    slider = widgets.IntSlider(min=2, max=100)
    slider.observe(lambda change: draw(change["new"]), names="value")
