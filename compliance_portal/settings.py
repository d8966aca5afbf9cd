"""Every setting of the portal, read from the environment; the defaults run the whole of it on one machine."""

from datetime import timedelta

import environ
from django.core.exceptions import ImproperlyConfigured

from compliance_portal import browser, demonstration, logs, timetable
from compliance_portal.paths import BASE_DIR, VAR_DIR

env = environ.Env()

# --- What kind of installation this is

PRODUCTION = env.bool("PRODUCTION", default=False)
DEMO = env.bool("DEMO", default=False)
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
HTTPS = SITE_URL.startswith("https://")
DEPARTMENT = env.str("DEPARTMENT", default="Department of Human Services")
PORTAL_NAME = env.str("PORTAL_NAME", default="Social Media Compliance")
# How to reach the Privacy Office without the portal, as it reads in the middle of a sentence.
PRIVACY_CONTACT = env.str("PRIVACY_CONTACT", default="501-555-0117 or privacy@dhs.example" if DEMO else "").strip()

if DEMO and not demonstration.is_only_here(env):
    raise ImproperlyConfigured(demonstration.REFUSAL)

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY") if PRODUCTION else env.str("SECRET_KEY", default="only-for-checks-and-type-checking")
VAULT_KEYS = env.list("VAULT_KEYS", default=[])
AUDIT_SIGNING_KEY = env.str("AUDIT_SIGNING_KEY", default="")
if PRODUCTION and not (VAULT_KEYS and AUDIT_SIGNING_KEY and HTTPS):
    raise ImproperlyConfigured(
        "PRODUCTION needs VAULT_KEYS, AUDIT_SIGNING_KEY and a SITE_URL that begins with https://."
    )

# --- Applications: highest floor first

INSTALLED_APPS = [
    *env.list("EXTRA_APPS", default=[]),
    *(["demo"] if DEMO else []),
    "worklist",
    "access_requests",
    "incidents",
    "investigations",
    "policies",
    "workflow",
    "attachments",
    "notifications",
    "vault",
    "audit",
    "people",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "django_htmx",
    "django_structlog",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "compliance_portal.assets.Assets",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "compliance_portal.browser.same_origin_only",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "workflow.request_log.RequestLog",
    "workflow.encodings.utf8_only",
    "people.sessions.SignInSessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.middleware.SessionLimits",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "workflow.middleware.Refusals",
    "attachments.middleware.no_strays",
]

ROOT_URLCONF = "compliance_portal.urls"
WSGI_APPLICATION = "compliance_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "worklist.navigation.frame",
                "notifications.context.inbox",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["uswds"]
CRISPY_TEMPLATE_PACK = "uswds"
CRISPY_FAIL_SILENTLY = False

# --- Database: the portal connects as the app role; migrations and grants as the owner

DATABASES = {
    "default": {
        **env.db_url("DATABASE_URL", default="postgresql://portal_app@/portal"),
        "ENGINE": "compliance_portal.database",
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=600),
        "CONN_HEALTH_CHECKS": True,
    },
}
if env.str("OWNER_DATABASE_URL", default=""):
    DATABASES["owner"] = env.db_url("OWNER_DATABASE_URL")
DATABASE_ROLES = {
    "owner": env.str("DATABASE_OWNER_ROLE", default="portal_owner"),
    "app": env.str("DATABASE_APP_ROLE", default="portal_app"),
    "readonly": env.str("DATABASE_READONLY_ROLE", default="portal_readonly"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": env.cache_url("CACHE_URL", default="dbcache://portal_cache?max_entries=20000"),
}

# --- Queue: a nudge only, so publishing gives up quickly

QUEUE_DIR = VAR_DIR / "queue"
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://")
QUEUE_IN_FILES = CELERY_BROKER_URL.startswith("filesystem:")
CELERY_BROKER_TRANSPORT = "notifications.file_queue:Transport" if QUEUE_IN_FILES else None
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "data_folder_in": str(QUEUE_DIR),
        "data_folder_out": str(QUEUE_DIR),
        "control_folder": str(QUEUE_DIR / "control"),
        "polling_interval": 0.25,
    }
    if QUEUE_IN_FILES
    else {"max_retries": 0, "socket_connect_timeout": 1, "socket_timeout": 1, "read_timeout": 1, "write_timeout": 1}
)
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = env.str("CELERY_QUEUE", default="portal")
CELERY_TASK_DEFAULT_QUEUE_TYPE = "quorum" if CELERY_BROKER_URL.startswith("amqp") else "classic"
CELERY_WORKER_DETECT_QUORUM_QUEUES = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
SWEEP_EVERY = timedelta(seconds=env.int("SWEEP_SECONDS", default=20))
CELERY_BEAT_SCHEDULE = timetable.schedule(SWEEP_EVERY)

# --- Mail

MAIL_DIR = VAR_DIR / "mail"
if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "notifications.mailbox.FileMailbox"
EMAIL_TIMEOUT = 5
# A worker that has not finished with a message by then is taken for dead, and another sends it. No shorter in use.
MAIL_CLAIM_LEASE = timedelta(seconds=env.int("MAIL_CLAIM_SECONDS", default=120))
# With waits that double up to a quarter of an hour: about three days.
MAIL_MAX_ATTEMPTS = env.int("MAIL_MAX_ATTEMPTS", default=300)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@dhs.example")

# --- People and sign-in

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["people.backends.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "worklist:home"
ACCOUNT_ADAPTER = "people.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# One address a person, the directory's: in allauth's own table a former one would still sign in.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "people.sign_in_forms.SignInForm",
    "reset_password": "people.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "people.sign_in_forms.NewPasswordForm",
    "change_password": "people.sign_in_forms.ChangePasswordForm",
}
# A whole office may share one address on the network, so the limits by address are wide and those by person narrow.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_PROXY", default=False) else 0
SECRETARY_DESIGNEE = env.str("SECRETARY_DESIGNEE", default="")
SESSION_ENGINE = "people.sessions"
# Beneath this address a sign-in in the same browser is neither read nor written.
PAGES_FOR_ANYONE = "/report/"
SESSION_IDLE_LIMIT = timedelta(minutes=env.int("SESSION_IDLE_MINUTES", default=30))
SESSION_ABSOLUTE_LIMIT = timedelta(hours=env.int("SESSION_ABSOLUTE_HOURS", default=12))
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE_LIMIT.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- Files: evidence is sealed on its way in

STORAGE_DIR = VAR_DIR / "evidence"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": STORAGE_DIR}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=25 * 1024 * 1024)
UPLOAD_QUOTA_BYTES = env.int("UPLOAD_QUOTA_BYTES", default=250 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# More than a form takes, so that one file too many is a sentence at the field and not a lost page.
DATA_UPLOAD_MAX_NUMBER_FILES = 30
FILE_UPLOAD_HANDLERS = ["attachments.uploads.PrivateUploadHandler"]
CLAMAV_SOCKET = env.str("CLAMAV_SOCKET", default="")

STATIC_URL = "static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("uswds", BASE_DIR / "node_modules" / "@uswds" / "uswds" / "dist"),
]

# --- What the browser is told

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A __Host- cookie must be Secure, which plain http on the loopback address cannot set in every browser.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CONTENT_SECURITY_POLICY = browser.CONTENT_SECURITY_POLICY
PERMISSIONS_POLICY = browser.PERMISSIONS_POLICY

# --- Time and words

LANGUAGE_CODE = "en-us"
# One language: looking up translations would cost every page a tenth of its time.
USE_I18N = False
TIME_ZONE = env.str("TIME_ZONE", default="America/Chicago")

# --- Logs: one line an event, a request id on each, never a body

LOGGING = logs.logging(
    form=env.str("LOG_FORMAT", default="json" if PRODUCTION else "console"), level=env.str("LOG_LEVEL", default="INFO")
)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
