"""The partners: who takes part, what they give and need, contacts, and how we work."""
