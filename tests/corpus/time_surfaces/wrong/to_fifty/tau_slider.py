# slip: it ends at 50
def tau_slider(draw):
    slider = widgets.IntSlider(min=2, max=50, step=1, value=30)
    slider.observe(lambda change: draw(change.new), "value")
    return slider
