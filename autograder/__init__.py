"""The autograder: what stands beside a student's code, and what stands away from it."""
