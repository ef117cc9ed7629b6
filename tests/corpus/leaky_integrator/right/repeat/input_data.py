from itertools import repeat
input_data = list(repeat(1.0, 1000))
