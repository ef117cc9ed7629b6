"""What is asked put to what is right: records of answers, and what a chapter depends on. Never near a student."""
