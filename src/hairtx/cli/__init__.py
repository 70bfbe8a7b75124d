"""How it is asked: one small module a command."""
