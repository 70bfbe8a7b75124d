"""From bytes to records, and everything that can be wrong with them; only a cold cache and ``validate`` need it."""
