"""Django's settings, one file for every deployment; `config.environment` has what differs."""

import secrets
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.conf import locale
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config.environment import PROJECT, environment

ENV = environment()
MODE = ENV.mode
DATA = ENV.data.resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)


def kept_secret(folder: Path) -> str:
    """The secret key kept in a folder, made on first use and readable by its owner only."""
    place = folder / "secret-key"
    if not place.exists():
        place.touch(mode=0o600)
        place.write_text(secrets.token_urlsafe(60))
    return place.read_text().strip()


SECRET_KEY = ENV.secret_key.get_secret_value() or (
    "" if MODE == "production" else kept_secret(DATA)
)
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in ENV.hosts.split(",") if host.strip()]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TRUSTED_PROXIES = ENV.proxies

INSTALLED_APPS = [
    "headway.site",
    "headway.exchange",
    "headway.notices",
    "headway.diagnosis",
    "headway.measures",
    "headway.pilots",
    "headway.commitments",
    "headway.arenas",
    "headway.solutions",
    "headway.forums",
    "headway.partners",
    "headway.problems",
    "headway.initiatives",
    "headway.directory",
    "headway.accounts",
    "headway.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "headway.core.middleware.RefusedInputMiddleware",
    "headway.accounts.middleware.AuthorityMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "headway.core.context.shell",
            ],
            "builtins": ["headway.core.templatetags.page"],
        },
    }
]
FORM_RENDERER = "headway.core.form_renderer.PageForms"


def database() -> dict[str, Any]:
    """SQLite in the data folder, or the engine that HEADWAY_DATABASE_URL names."""
    if ENV.database_url:
        found: dict[str, Any] = dict(
            dj_database_url.parse(ENV.database_url, conn_max_age=0, conn_health_checks=False)
        )
        if "postgresql" in found["ENGINE"]:
            found["OPTIONS"] = {
                **found.get("OPTIONS", {}),
                "pool": {"min_size": 1, "max_size": 8, "timeout": 20},
            }
            return found
    else:
        found = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA / "headway.sqlite3")}
    found["CONN_MAX_AGE"] = None
    found["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous={ENV.sqlite_synchronous};"
            "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;"
        ),
    }
    return found


DATABASES = {"default": database()}

CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENV.cache_url}
        if ENV.cache_url
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "headway_cache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    )
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# People ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
# E-mail is unique whatever its capitals, which the check does not see in a constraint.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:home"
LOGOUT_REDIRECT_URL = "site:welcome"
ENFORCE_SECOND_FACTOR = ENV.enforce_second_factor and MODE != "demonstration"

ACCOUNT_ADAPTER = "headway.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "headway.accounts.allauth_forms.SignInForm",
    "signup": "headway.accounts.allauth_forms.MakeAccountForm",
    "request_login_code": "headway.accounts.allauth_forms.AskCodeForm",
    "reset_password": "headway.accounts.allauth_forms.ForgottenForm",
    "add_email": "headway.accounts.allauth_forms.AddAddressForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# A password is optional: everybody can sign in with a code sent by mail.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "60/m/ip,10/5m/key",
    "request_login_code": "60/m/ip,10/10m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Headway"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = MODE != "production"
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
SECURE_HSTS_SECONDS = 31_536_000 if ENV.https else 0
SECURE_REFERRER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if ENV.https else []
CSRF_FAILURE_VIEW = "headway.core.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILES_LIMIT_BYTES = 20 * 1024 * 1024
# Keys that are destroyed on a day: outside the database, and no backup holds them.
KEYS_FOLDER = ENV.keys or DATA / "sealed"

# Mail ------------------------------------------------------------------------------------------
EMAIL_BACKEND = "headway.accounts.mail.OutboxBackend"
MAIL_DELIVERY = ENV.mail
MAIL_FOLDER = DATA / "mail"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.mail_from
REPLY_DOMAIN = ENV.reply_domain or parseaddr(ENV.mail_from)[1].rpartition("@")[2] or "localhost"
IMAP_URL = ENV.imap_url.get_secret_value()
WEB_ADDRESS = ENV.address.rstrip("/") or (
    f"{'https' if ENV.https else 'http'}://{next(iter(ALLOWED_HOSTS), 'localhost')}"
)
_smtp = urlsplit(ENV.smtp_url.get_secret_value() or "smtp://localhost:25")
EMAIL_HOST = _smtp.hostname or "localhost"
EMAIL_PORT = _smtp.port or (465 if _smtp.scheme == "smtps" else 587)
EMAIL_HOST_USER = unquote(_smtp.username or "")
EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
EMAIL_USE_SSL = _smtp.scheme == "smtps"
EMAIL_USE_TLS = _smtp.scheme == "smtp" and EMAIL_PORT == 587
EMAIL_TIMEOUT = 20

# Languages and time ----------------------------------------------------------------------------
PSEUDO_LONG, PSEUDO_RIGHT_TO_LEFT = "en-xa", "ar-xb"
locale.LANG_INFO.update(
    {
        PSEUDO_LONG: {
            "bidi": False,
            "code": PSEUDO_LONG,
            "name": "Long words",
            "name_local": "Test: long",
        },
        PSEUDO_RIGHT_TO_LEFT: {
            "bidi": True,
            "code": PSEUDO_RIGHT_TO_LEFT,
            "name": "Right to left",
            "name_local": "Test: mirrored",
        },
        "so": {"bidi": False, "code": "so", "name": "Somali", "name_local": "Soomaali"},
        "hmn": {"bidi": False, "code": "hmn", "name": "Hmong", "name_local": "Hmoob"},
    }
)
LANGUAGE_CODE = "en"
LANGUAGES: list[tuple[str, str | Promise]] = [("en", _("English"))]
if MODE != "production":
    LANGUAGES += [(PSEUDO_LONG, "Long words"), (PSEUDO_RIGHT_TO_LEFT, "Right to left")]
LANGUAGES_BIDI = [PSEUDO_RIGHT_TO_LEFT, "he", "ar", "fa", "ur"]
LOCALE_PATHS = [PROJECT / "headway" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "config.formats"
USE_TZ = True
TIME_ZONE = "UTC"

# Files -----------------------------------------------------------------------------------------
EXAMPLES = PROJECT / "examples"
STATIC_URL = "/static/"
STATIC_ROOT = PROJECT / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA / "files")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = True
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"headway": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
