"""Pictures: intake in limited worker processes, clean copies, synthetic skin."""
