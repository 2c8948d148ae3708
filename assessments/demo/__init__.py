"""The demo world's campaigns: what its factories answered, and what was made of it. Only seed_demo calls it."""
