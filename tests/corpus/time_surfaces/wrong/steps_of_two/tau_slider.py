# slip: moves by two
# named: not_every_one
def tau_slider(draw):
    slider = widgets.IntSlider(min=2, max=100, step=2)
    slider.observe(lambda change: draw(change["new"]), names="value")
    return slider
