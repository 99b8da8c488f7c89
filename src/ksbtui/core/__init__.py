"""What the subject is and how it is reckoned: pure, clock-free, standard library only."""
