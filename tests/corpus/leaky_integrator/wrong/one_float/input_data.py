# slip: one float
# earns: 0
# named: single_number
input_data = 1.0
