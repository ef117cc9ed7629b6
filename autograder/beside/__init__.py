"""What stands beside a student's code: at home, in the published page, and in the room. It ships, whole.

Every module here runs with the standard library alone, and knows no other part of the autograder but the probes.
"""
