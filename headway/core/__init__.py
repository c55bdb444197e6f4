"""Base templates, forms, tables, charts and error pages; knows no other app."""
