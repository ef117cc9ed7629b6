"""A class graded: each submission by one pure function, and what nbgrader and the teacher see of it.

Runs on the teacher's machine: :mod:`.one` in worker processes or on a cluster, the rest in one process.
"""
