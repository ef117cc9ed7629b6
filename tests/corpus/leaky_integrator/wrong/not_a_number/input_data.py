# slip: not a number
# earns: 1
# not named:
input_data = [float('nan')] * 1000
