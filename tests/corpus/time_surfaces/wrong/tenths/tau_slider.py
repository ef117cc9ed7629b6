# slip: a FloatSlider with steps of 0.1
# named: fractions
def tau_slider(draw):
    slider = widgets.FloatSlider(min=2, max=100)
    slider.observe(lambda change: draw(change["new"]), names="value")
    return slider
