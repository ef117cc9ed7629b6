"""What is asked put to what is right: records of answers, and what a chapter depends on.

Runs where a chapter is made and where answers are judged: never in a process with a student's code.
"""
