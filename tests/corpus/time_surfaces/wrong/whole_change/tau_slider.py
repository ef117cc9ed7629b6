# slip: draw gets the change, not the number
# named: whole_change
def tau_slider(draw):
    slider = widgets.IntSlider(min=2, max=100, step=1, value=30)
    slider.observe(lambda change: draw(change), "value")
    return slider
