"""Signal or noise in a measure, and what it would have done had nothing changed."""
