"""Exchange formats of promises: pure text to frozen records and back, without a database."""
