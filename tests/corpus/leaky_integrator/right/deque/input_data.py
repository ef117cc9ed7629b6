from collections import deque
input_data = deque([1] * 1000)
