"""What students might hand in for the first chapter: the right, the wrong, and the hostile."""
