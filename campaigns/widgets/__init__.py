"""The widgets other sites can show. None needs a script or a cookie."""

from campaigns.widgets.badge import Badge
from campaigns.widgets.button import Button
from campaigns.widgets.card import Card
from campaigns.widgets.plug import Widget

WIDGETS: dict[str, Widget] = {widget.name: widget for widget in (Button(), Badge(), Card())}
