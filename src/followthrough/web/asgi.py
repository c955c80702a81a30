"""What granian serves: the front, and behind it Django as WSGI."""

from followthrough.web.front.bounds import ANY, bounds_of
from followthrough.web.front.front import Front
from followthrough.web.front.parent import end_with_parent
from followthrough.web.notices.clockwork import start
from followthrough.web.wsgi import application as wsgi


def worker() -> Front:
    """Begin one worker's work beside its requests, and return its application; to import this module starts nothing."""
    end_with_parent()
    start()
    return Front(wsgi, ANY, bounds_of)
