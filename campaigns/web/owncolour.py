"""The stylesheet of a campaign's own colour: values only, for every mode."""

from campaigns.themes import own_tokens


def own_rules(colour: str, where: str = ":root") -> str:
    """`colour` is `#rrggbb`. They stand in no layer, so they win over those of the theme. `where`: what wears it; it
    has the mode of the page as `data-mode`, where that has one.
    """
    light = "".join(f"{name}:{value};" for name, value in own_tokens(colour, "light").items())
    dark = "".join(f"{name}:{value};" for name, value in own_tokens(colour, "dark").items())
    return (
        f"{where}{{{light}}}"
        f'@media (prefers-color-scheme:dark){{{where}:not([data-mode="light"]){{{dark}}}}}'
        f'{where}[data-mode="dark"]{{{dark}}}'
    )
