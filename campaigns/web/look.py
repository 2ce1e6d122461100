"""What themes and motifs are called, for pages that read a campaign's parts."""

from collections.abc import Mapping
from typing import Any

from campaigns.themes import MOTIFS, THEMES


def look_words() -> Mapping[str, Mapping[str, Any]]:
    """By field of the look, the label of each value (`domain.insights.readable`)."""
    return {
        "theme": {name: theme.label for name, theme in THEMES.items()},
        "motif": {name: motif.label for name, motif in MOTIFS.items()},
    }
