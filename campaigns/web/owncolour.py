"""The stylesheet of a campaign's own colour: values only, for every mode."""

from campaigns.themes import own_tokens


def own_rules(colour: str) -> str:
    """`colour` is `#rrggbb`. They stand in no layer, so they win over those of the theme."""
    light = "".join(f"{name}:{value};" for name, value in own_tokens(colour, "light").items())
    dark = "".join(f"{name}:{value};" for name, value in own_tokens(colour, "dark").items())
    return (
        f":root{{{light}}}"
        f'@media (prefers-color-scheme:dark){{:root:not([data-mode="light"]){{{dark}}}}}'
        f':root[data-mode="dark"]{{{dark}}}'
    )
