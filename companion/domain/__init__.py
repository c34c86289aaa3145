"""What the program is about: values and pure functions, standard library only."""
