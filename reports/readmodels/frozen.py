"""What a submission froze, as more than one paper tells it."""

from typing import Any

Json = dict[str, Any]


def workers_of(factory_facts: Json) -> tuple[int | None, float | None]:
    """How many people, and how many percent of them are women; None where nothing was stated."""
    women: int = factory_facts["women"]
    everybody = women + factory_facts["men"] + factory_facts["other_gender"]
    return (everybody, 100 * women / everybody) if everybody else (None, None)


def percent_of(parts: Json, key: str) -> float | None:
    """Of a pillar or a commitment; None where it was not scored."""
    percent: float | None = parts.get(key, {}).get("percent")
    return percent
