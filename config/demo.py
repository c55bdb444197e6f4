"""`headway demo`: an installation to look around in, with links that sign in as each role."""

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor

from config.command import start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the links lead."""
    parser.add_argument(
        "--address", default="http://localhost:8000", help="start of the links (%(default)s)"
    )


def prepare() -> None:
    """Everything the first page needs: files, tables and an authority."""
    start_django()
    from django.utils import timezone

    from config.environment import environment
    from config.migrate import first_authority, make_tables
    from config.prepare import prepare_files

    # The files are mostly other programs' work; the tables are made beside it.
    with ThreadPoolExecutor(1) as beside:
        files = beside.submit(prepare_files)
        make_tables()
        files.result()
    first_authority(environment().authority, "America/Chicago", timezone.now())


def welcome(address: str) -> str:
    """Ask the worker for the demonstration; answer a sign-in link for each role, line by line."""
    start_django()
    from django.utils import timezone

    from headway.accounts.demonstration import sign_in_links
    from headway.site.tasks import load_demonstration

    load_demonstration.enqueue()
    links = sign_in_links(timezone.now())
    width = max((len(role) for role, _url in links), default=0)
    lines = [
        f"  {role:<{width}}  {address if url.startswith('/') else ''}{url}" for role, url in links
    ]
    return "\n".join(["Each of these links signs you in once:", *lines])


def run(options: argparse.Namespace) -> int:
    """Load the demonstration; a running worker does it, `headway worker --batch` otherwise."""
    os.environ.setdefault("HEADWAY_MODE", "demonstration")
    from config.environment import environment

    if environment().mode == "production":
        sys.stderr.write(
            "This is a production installation: it takes no demonstration.\n"
            "Use another one with HEADWAY_MODE=demonstration and a HEADWAY_DATA of its own.\n"
        )
        return 2
    prepare()
    sys.stderr.write(f"{welcome(options.address.rstrip('/'))}\n")
    return 0
