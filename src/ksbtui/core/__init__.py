"""What the subject is and how it is calculated: pure, clock-free, standard library only."""
