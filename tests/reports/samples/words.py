from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """What differs between the languages of a sample scorecard; pairs are (question, answer)."""

    factory: str
    factory_language: str
    factory_latin: str
    place: str
    sector: str
    campaign: str
    previous_campaign: str
    instrument: str
    bands: dict[str, str]
    pillars: dict[str, str]
    commitments: dict[str, str]
    sections: dict[str, str]
    critical: tuple[str, str]
    strengths: tuple[tuple[str, str], ...]
    gaps: tuple[tuple[str, str], ...]
    changes: tuple[str, str, str]
    energy: tuple[str, str, str]
