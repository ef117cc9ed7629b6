# slip: generator
# earns: 0
# not named:
input_data = (1 for _ in range(1000))
