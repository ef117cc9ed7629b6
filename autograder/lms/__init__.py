"""Into the learning management system and out: hand-ins, grades and feedback for Moodle, Canvas and Gradescope.

Runs on the teacher's machine, without a network: zips and CSV files, as these systems give and take them. What each of
them writes and reads is told in its module; what a student could have written in a zip is trusted in none.
"""
