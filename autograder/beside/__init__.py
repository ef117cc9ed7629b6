"""What stands beside a student's code. It ships, whole.

Runs at home, in the published page and in the room, and where answers are judged. Every module here runs with the
standard library alone, and knows no other part of the autograder but the probes.
"""
