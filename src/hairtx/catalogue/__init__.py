"""What is known: the format, reading it, checking it, and looking things up in it."""
