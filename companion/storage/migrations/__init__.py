"""How a record's schema came to be, step by step. Each step is frozen and imports nothing of the program."""
