input_data = [1.0 for _ in range(1000)]
