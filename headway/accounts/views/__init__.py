"""HTTP for the pages of accounts and settings."""
