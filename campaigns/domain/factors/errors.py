"""Why a second factor was not taken, kept or let go."""


class WrongCode(Exception):
    """The code is not the one expected, is too old, or was used before. Nobody is told which."""


class BadPasskey(Exception):
    """The answer of a passkey does not prove anything, or the passkey is somebody's already."""


class LastFactor(Exception):
    """The person's role demands a second step, and this is the only one left."""
