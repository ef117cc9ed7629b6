number_of_steps = 10**3
current = 1.0
input_data = []
for step in range(number_of_steps):
    input_data.append(current)
