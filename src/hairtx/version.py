"""The version of the program: a leaf that everything may import."""

__version__ = "0.1.0"
