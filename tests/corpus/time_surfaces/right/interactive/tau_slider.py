def tau_slider(draw):
    slider = widgets.IntSlider(50, 2, 100)

    def handler(change):
        if change["name"] == "value" and change["new"] != change["old"]:
            draw(int(change["new"]))

    slider.observe(handler)
    return slider
