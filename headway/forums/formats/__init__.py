"""Exchange formats of meetings: pure text to frozen records and back, without a database."""
