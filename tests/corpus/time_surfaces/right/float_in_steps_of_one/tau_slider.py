def tau_slider(draw):
    slider = widgets.FloatSlider(value=20, min=2, max=100, step=1)
    slider.observe(lambda change: draw(int(change["new"])), names="value")
    return widgets.VBox([widgets.Label("tau"), slider])
