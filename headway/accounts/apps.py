from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who may come in, and what was done."""

    name = "headway.accounts"
    label = "accounts"
