# slip: dictionary
# earns: 0
# not named:
input_data = {n: 1 for n in range(1000)}
