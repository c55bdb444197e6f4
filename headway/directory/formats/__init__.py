"""Exchange formats of the directory: pure text to frozen records and back, without a database."""
