# slip: draw gets the value before
# named: old_value
def tau_slider(draw):
    slider = widgets.IntSlider(min=2, max=100, step=1, value=30)
    slider.observe(lambda change: draw(change.old), "value")
    return slider
