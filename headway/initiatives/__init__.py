"""The initiative: members, access, records and what links them, texts, files and holds."""
