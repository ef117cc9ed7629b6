"""A chapter's source made into its products: the page, the notebook, the release, the live cell.

Runs where the book is written and where a course is released; the page is read by Sphinx as it builds.
"""
