"""What follows from what is known: pure functions from the model to values."""
