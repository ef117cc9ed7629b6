# slip: one zero among them
# earns: 1
# named: off_somewhere
input_data = [1] * 999 + [0]
