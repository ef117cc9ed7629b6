input_data = (1,) * 1000
