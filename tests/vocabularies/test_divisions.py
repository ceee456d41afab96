"""Divisions followed through changes of name, code and rank."""

import pytest

from qz_analysis.vocabularies.divisions import latest, line


@pytest.mark.parametrize(
    ("code", "year", "now"),
    [
        ("130625", 2010, "130609 徐水区"),  # another rank and code
        ("132423", 1985, "130609 徐水区"),  # two changes of code
        ("130637", 2010, "130637 博野县"),  # none
        ("650107", 1985, "650107 达坂城区"),  # another name under the code
        ("110103", 2005, "110103 崇文区"),  # joined to another: its line ends
        ("230811", 1990, "230811 郊区"),  # a name that many bear
    ],
)
def test_what_a_division_is_now(code, year, now):
    """A division goes on under its name, its stem or its code, and ends where it was joined."""
    division = latest(code, year)
    assert f"{division.code} {division.name}" == now


def test_no_two_divisions_go_on_as_one():
    """The line of a division has one code in each year, and comes to itself at its end."""
    for code in ("130609", "130608", "130607", "530628"):
        years = [year for one in line(code) for year in range(one.first, one.last + 1)]
        assert len(years) == len({*years})
        assert line(code)[-1] == latest(code)


def test_an_unknown_code_has_no_line():
    """A code that the list does not hold stands for nothing."""
    assert latest("999999") is None and line("999999") == []
