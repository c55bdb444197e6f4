"""What people enter about ideas, recommendations, votes and decisions."""
