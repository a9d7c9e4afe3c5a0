"""The web application as gunicorn's worker processes load it."""

import os

from django.core.wsgi import get_wsgi_application

from celabiedrs.lib.supervisor import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
end_with_parent()
application = get_wsgi_application()
