input_data = [1] * 5000
