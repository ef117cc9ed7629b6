# slip: generator
# earns: 0
# named: a_generator
input_data = (1 for _ in range(1000))
