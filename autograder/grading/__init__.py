"""A class graded: each submission by one pure function, and what nbgrader and the teacher see of it."""
