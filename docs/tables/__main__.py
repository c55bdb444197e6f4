"""Bring every page up to date: `python -m docs.tables`; `--check` only says what is behind."""

import sys

from docs.tables.pages_of_docs import behind, write_all

if __name__ == "__main__":
    found = behind() if "--check" in sys.argv else write_all()
    sys.stdout.write("".join(f"{page}\n" for page in found))
    raise SystemExit(bool(found and "--check" in sys.argv))
