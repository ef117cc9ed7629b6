"""What students might hand in: right, wrong and hostile.

``CHAPTER/right/STYLE/EXERCISE.py`` and ``CHAPTER/wrong/SLIP/EXERCISE.py`` are read by ``autograder.proving.corpus``.
"""
