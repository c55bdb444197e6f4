"""The web application as granian loads it."""

import gc
import os

from config.command import loading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
with loading():
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver

    application = get_wsgi_application()
    # Every view is loaded now, so that nobody's first page waits for it.
    _every_address = get_resolver().url_patterns
# What is loaded stays. Looking for rubbish in it again and again took a third of a long page.
gc.collect()
gc.freeze()
