# slip: it begins at 1
def tau_slider(draw):
    slider = widgets.IntSlider(min=1, max=100, step=1, value=30)
    slider.observe(lambda change: draw(change.new), "value")
    return slider
