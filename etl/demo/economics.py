"""On what bodies spend, by economic class: weights that only have to look plausible."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WAGES: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "administrative": {"30101": 40, "30102": 30, "30103": 20, "30112": 2, "30199": 3, "30305": 2},
        "institution": {"30101": 45, "30102": 6, "30107": 35, "30112": 2, "30199": 4, "30305": 2},
    }
)
PUBLIC: Mapping[str, int] = MappingProxyType(
    {
        "30201": 18,
        "30202": 4,
        "30205": 3,
        "30206": 5,
        "30207": 4,
        "30211": 14,
        "30213": 5,
        "30215": 2,
        "30216": 4,
        "30217": 3,
        "30228": 8,
        "30229": 6,
        "30231": 9,
        "30239": 12,
        "30299": 6,
        "31002": 4,
    }
)
PERSONNEL: tuple[tuple[str, str, int], ...] = (
    ("pension", "30108", 16),
    ("retired", "30302", 3),
    ("medical", "30110", 8),
    ("medical-civil-servants", "30111", 3),
    ("housing", "30113", 12),
)
"""Item of `common`, economic class, percent of the wages."""
PROJECT: Mapping[str, int] = MappingProxyType(
    {
        "30201": 10,
        "30202": 5,
        "30213": 8,
        "30216": 4,
        "30218": 6,
        "30226": 12,
        "30227": 15,
        "30299": 10,
        "30305": 12,
        "31003": 10,
        "31005": 25,
        "31007": 8,
    }
)
OPERATING: Mapping[str, int] = MappingProxyType({"30201": 30, "30218": 40, "30226": 30})
"""What is bought with money of one's own."""
PART_OF_THREE: Mapping[str, str] = MappingProxyType({"30217": "reception", "30231": "vehicle-running"})
"""Economic classes that are part of “三公”, and which of its lines."""
