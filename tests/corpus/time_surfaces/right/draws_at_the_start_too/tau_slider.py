def tau_slider(draw):
    slider = widgets.IntSlider(min=2, max=100, value=10)

    def moved(change):
        draw(slider.value)

    slider.observe(moved, names=["value"])
    draw(slider.value)
    return slider
