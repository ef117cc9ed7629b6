# slip: draw is never called
# never said: something else of it is changed
def tau_slider(draw):
    return widgets.IntSlider(min=2, max=100, value=10)
