# slip: observes every property
# named: any_change
def tau_slider(draw):
    slider = widgets.IntSlider(min=2, max=100)
    slider.observe(lambda change: draw(slider.value))
    return slider
