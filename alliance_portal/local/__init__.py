"""What a developer's machine needs besides the portal itself: its servers, its checks and the demo."""


class CannotRun(RuntimeError):
    """Something on this machine is in the way; the message says what, and what to do."""
