"""What a seller's text says: its sentences, the claims in them, what they are about, and what it leaves out. Pure."""
