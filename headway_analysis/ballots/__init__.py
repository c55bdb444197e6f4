"""Ways to decide together: consent, approval, score, ranked, and a budget split."""
