"""What is exchanged with tutors and employers, in words."""
