"""What the pages of accounts and settings show."""
