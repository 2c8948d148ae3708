"""What a developer's machine needs besides the portal itself: its servers, its checks and the demo."""
