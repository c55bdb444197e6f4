"""How the documentation is built: `make docs`. Nothing is loaded from outside."""

import re
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

# A build `-t as_committed` shows the pages as they are; others bring their tables up to date first.
# Sphinx puts the tags of the build among the names of this file.
if not globals()["tags"].has("as_committed"):
    from docs.tables.pages_of_docs import write_all

    write_all()

project = "Headway"
author = "the Headway contributors"
copyright = "2026, the Headway contributors"
release = version = re.search(
    r"(?m)^## ([0-9.]+)", (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
)[1]

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
# A code block may be a template or a command's answer, which no lexer knows whole.
highlight_language = "text"
exclude_patterns = ["_build", "tables", "README.md"]
nitpicky = True

html_theme = "furo"
html_title = f"Headway {release}"
html_copy_source = False
html_show_sourcelink = False
