"""The widgets other sites can show. None needs a script or a cookie."""

from campaigns.widgets.badge import Badge
from campaigns.widgets.button import Button
from campaigns.widgets.call import Call
from campaigns.widgets.card import Card
from campaigns.widgets.counter import Counter
from campaigns.widgets.form import Form
from campaigns.widgets.grid import Grid
from campaigns.widgets.map import Map
from campaigns.widgets.narrowbar import NarrowBar
from campaigns.widgets.needs import Needs
from campaigns.widgets.plug import Frame, Picture, Widget
from campaigns.widgets.thermometer import Thermometer
from campaigns.widgets.wall import Wall
from campaigns.widgets.widebar import WideBar

WIDGETS: dict[str, Widget] = {
    widget.name: widget
    for widget in (
        Button(),
        Badge(),
        Counter(),
        Thermometer(),
        Card(),
        NarrowBar(),
        WideBar(),
        Form(),
        Wall(),
        Needs(),
        Call(),
        Grid(),
        Map(),
    )
}
OF_A_CAMPAIGN = {name: widget for name, widget in WIDGETS.items() if "campaign" in widget.about}
PICTURES = {name: widget for name, widget in OF_A_CAMPAIGN.items() if isinstance(widget, Picture)}
FRAMES = {name: widget for name, widget in OF_A_CAMPAIGN.items() if isinstance(widget, Frame)}
OF_MANY = {name: widget for name, widget in WIDGETS.items() if "many" in widget.about}
PICTURES_OF_MANY = {name: widget for name, widget in OF_MANY.items() if isinstance(widget, Picture)}
FRAMES_OF_MANY = {name: widget for name, widget in OF_MANY.items() if isinstance(widget, Frame)}
