"""The walls around a student's code, and who runs notebooks in there.

Runs outside the walls, in the process that grades; :mod:`.inside` alone runs within. Knows what stands beside a
student's code, and no answer.
"""
