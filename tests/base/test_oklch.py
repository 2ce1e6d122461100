"""Colours go to lightness, chroma and hue and come back; what no screen shows loses chroma and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.oklch import Lch, to_hex, to_lch

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(COLOURS)
def test_a_colour_comes_back(colour):
    assert to_hex(to_lch(colour)) == colour


@given(st.floats(0.2, 0.95), st.floats(0, 0.5), st.floats(-3.1, 3.1))
def test_every_lightness_and_hue_has_a_colour(lightness, chroma, hue):
    found = to_lch(to_hex(Lch(lightness, chroma, hue)))
    assert abs(found.lightness - lightness) < 0.02 and found.chroma < chroma + 0.02


def test_the_numbers_are_those_of_the_standard():
    red = to_lch("#ff0000")
    assert [round(one, 3) for one in red] == [0.628, 0.258, 0.510]
    assert to_lch("#ffffff").chroma < 0.001
