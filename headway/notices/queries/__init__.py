"""Who is told of what, and what a person reads of it."""
