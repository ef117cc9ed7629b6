def tau_slider(draw):
    def moved(change):
        draw(change["owner"].value)

    slider = widgets.IntSlider(min=2, max=100, value=10, continuous_update=False)
    slider.observe(moved, names=["value"])
    return widgets.VBox([widgets.Label("tau"), slider])
