def tau_slider(draw):
    slider = widgets.SelectionSlider(options=list(range(2, 101)), value=20)
    slider.observe(lambda change: draw(change.new), "value")
    return slider
