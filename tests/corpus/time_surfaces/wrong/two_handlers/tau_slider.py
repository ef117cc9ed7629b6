# slip: observed twice
# named: drawn_twice
def tau_slider(draw):
    slider = widgets.IntSlider(min=2, max=100)
    for _ in range(2):
        slider.observe(lambda change: draw(change["new"]), names="value") if _ else slider.observe(
            lambda change: draw(slider.value), names="value"
        )
    return slider
