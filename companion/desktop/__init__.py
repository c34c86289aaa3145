"""Qt without widgets: the machine the program runs on."""
