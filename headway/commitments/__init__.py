"""Who promised what by when, and whether it happened."""
