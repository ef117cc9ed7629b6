# slip: only the fast membrane
# named: only_the_fast_one
def band_pass(signal, low, high):
    slow, fast, response = 0.0, 0.0, []
    for i in signal:
        slow += (i - slow) * 2 * math.pi * low
        fast += (i - fast) * 2 * math.pi * high
        response.append(fast)
    return response
