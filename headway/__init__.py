"""The Django apps of Headway, lowest first: see docs/contributing/architecture.md."""
