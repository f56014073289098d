"""What is true: rules and words of a contest. Standard library only, no file, clock or random."""
