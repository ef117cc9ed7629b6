input_data = [n * 0 + 1 for n in range(1000)]
