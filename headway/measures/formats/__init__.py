"""Exchange formats of data points: pure text to frozen records and back, without a database."""
