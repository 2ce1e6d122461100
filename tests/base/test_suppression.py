from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.suppression import Count, Told, Untold, suppress_list, suppress_table

LEAST = 3
MOST = 7


def table(lines: list[list[int]], least: int = LEAST) -> Told[int, int]:
    counts = {(row, column): n for row, line in enumerate(lines) for column, n in enumerate(line)}
    return suppress_table(counts, range(len(lines)), range(len(lines[0])), least)


def could_be(cell: Count, most: int) -> range:
    """What a reader must reckon with."""
    if cell is Untold.FEW:
        return range(1, LEAST)
    if cell is Untold.HIDDEN:
        return range(LEAST, most + 1)
    assert isinstance(cell, int)
    return range(cell, cell + 1)


def fits(told: Count, found: int) -> bool:
    return told is Untold.HIDDEN or told == found


def readings(told: Told[int, int], height: int, width: int, most: int) -> list[tuple[int, ...]]:
    """Every table that shows what is told."""
    spots = [(row, column) for row in range(height) for column in range(width)]
    found = []
    for guess in product(*(could_be(told.cells[spot], most) for spot in spots)):
        at = dict(zip(spots, guess, strict=True))
        rows = [sum(at[row, column] for column in range(width)) for row in range(height)]
        columns = [sum(at[row, column] for row in range(height)) for column in range(width)]
        if (
            all(fits(told.rows[row], n) for row, n in enumerate(rows))
            and all(fits(told.columns[column], n) for column, n in enumerate(columns))
            and fits(told.total, sum(guess))
        ):
            found.append((*guess, *rows, *columns, sum(guess)))
    return found


counts = st.integers(0, MOST - 1)
tables = st.sampled_from([(1, 1), (1, 3), (2, 2), (3, 2)]).flatmap(
    lambda size: st.lists(
        st.lists(counts, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


@given(tables)
def test_no_sum_and_no_difference_gives_a_small_count_away(lines: list[list[int]]) -> None:
    """Read by trying every table there could be: a small count, also of a whole line, has two values at least."""
    height, width = len(lines), len(lines[0])
    told = table(lines)
    rows, columns = [sum(line) for line in lines], [sum(line) for line in zip(*lines, strict=True)]
    true = [n for line in lines for n in line] + rows + columns + [sum(rows)]
    possible = readings(told, height, width, MOST)
    assert tuple(true) in possible
    for place, n in enumerate(true):
        if 0 < n < LEAST:
            assert len({reading[place] for reading in possible}) > 1, (place, told)


@given(tables)
def test_what_is_told_is_true(lines: list[list[int]]) -> None:
    told = table(lines)
    for (row, column), cell in told.cells.items():
        n = lines[row][column]
        assert cell in {n, Untold.HIDDEN} if n == 0 or n >= LEAST else cell is Untold.FEW
    assert told.total in {sum(map(sum, lines)), Untold.HIDDEN}


@given(st.lists(counts, min_size=1, max_size=5))
def test_a_list_beside_its_sum_gives_nobody_away_either(values: list[int]) -> None:
    shown, total = suppress_list(dict(enumerate(values)), LEAST)
    most = [could_be(shown[place], MOST) for place in range(len(values))]
    possible = [guess for guess in product(*most) if fits(total, sum(guess))]
    for place, n in enumerate(values):
        if 0 < n < LEAST:
            assert len({guess[place] for guess in possible}) > 1


def test_where_nobody_is_alone_everything_is_told() -> None:
    told = table([[10, 0], [7, 12]], 5)
    assert told.cells == {(0, 0): 10, (0, 1): 0, (1, 0): 7, (1, 1): 12}
    assert (told.rows, told.columns, told.total) == ({0: 10, 1: 19}, {0: 17, 1: 12}, 29)


def test_one_small_cell_takes_the_cheapest_circle_with_it() -> None:
    told = table([[3, 9, 40], [8, 6, 50], [70, 80, 90]], 5)
    hidden = {spot for spot, cell in told.cells.items() if cell is Untold.HIDDEN}
    assert told.cells[0, 0] is Untold.FEW
    assert hidden == {(0, 1), (1, 0), (1, 1)}
    assert told.total == 356 and told.rows == {0: 52, 1: 64, 2: 240}


def test_two_small_cells_that_their_sum_would_tell_are_not_enough_for_each_other() -> None:
    """Four and four beside «eight»: nothing else they could be."""
    shown, total = suppress_list({"a": 4, "b": 4, "c": 20}, 5)
    assert shown["a"] is shown["b"] is Untold.FEW
    assert Untold.HIDDEN in {shown["c"], total}


@pytest.mark.parametrize("values", [{}, {"a": 0}, {"a": 1}, {"a": 1, "b": 1, "c": 1, "d": 1}])
def test_nearly_nobody_at_all(values: dict[str, int]) -> None:
    shown, total = suppress_list(values, 5)
    assert set(shown) == set(values)
    assert total == 0 if not any(values.values()) else total is Untold.HIDDEN


def test_a_country_of_provinces_is_done_in_no_time() -> None:
    lines = [[(row * 7 + column * 11) % 23 for column in range(31)] for row in range(21)]
    told = table(lines, 5)
    assert all(
        cell is not Untold.FEW or 0 < lines[row][column] < 5 for (row, column), cell in told.cells.items()
    )
