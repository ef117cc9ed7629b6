"""How good the autograder is: right and wrong answers put to every exercise, and what it made of them.

Runs where a chapter is made, in processes of their own, and never where a student's work is graded: the answers that
are tried are ours, so no walls stand around them.
"""
