"""Property tests have no time limit of their own: a slow machine is not a wrong answer."""

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
