# slip: draw is called at every change of anything
def tau_slider(draw):
    slider = widgets.IntSlider(min=2, max=100, step=1, value=30)
    slider.observe(lambda change: draw(change.new))
    return slider
