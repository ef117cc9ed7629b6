# slip: no min and no max
# named: no_limits
def tau_slider(draw):
    slider = widgets.IntSlider()
    slider.observe(lambda change: draw(change["new"]), names="value")
    return slider
