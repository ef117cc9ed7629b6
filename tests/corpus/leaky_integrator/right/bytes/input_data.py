input_data = bytearray([1] * 1000)
