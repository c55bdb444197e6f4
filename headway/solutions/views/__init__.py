"""Pages of ideas, recommendations, votes and decisions."""
