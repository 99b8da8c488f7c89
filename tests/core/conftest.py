"""Property tests take no clock: a busy machine must not fail them."""

from hypothesis import settings

settings.register_profile("calculating", deadline=None, max_examples=60)
settings.load_profile("calculating")
