"""The problem: who is affected, the starting point, ways to see it, parts, facts and efforts."""
