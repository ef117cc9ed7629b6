"""Every model of the course, whole. It ships: a notebook's folder holds what its chapter imports of this package.

A model takes what a student writes as arguments, and holds no answer to an exercise. ``from solutions import ...``
gives each one with the reference parts in place.
"""
