"""One module a question. They share what ``framing`` and the modules below have, and do not know each other."""
