# slip: a thousand
# earns: 0
# named: single_number
input_data = 1000
