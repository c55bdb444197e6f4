"""What the pages of recommendations, votes and decisions show, as frozen dataclasses."""
