from functools import reduce


def learn_feedback(feedback, x, y, rate):
    return reduce(lambda U, s: U + rate * (s[0] - U @ s[1])[:, None] * s[1][None, :], zip(x, y), feedback)
