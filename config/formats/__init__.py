"""How dates are written; Django reads it by language."""
