# slip: tens
# earns: 1
# not named:
input_data = [10] * 1000
