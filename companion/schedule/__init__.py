"""The clock and the planner."""
