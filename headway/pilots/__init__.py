"""Small tests, pilots, what we expected, what we learned."""
