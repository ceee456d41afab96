""" """

import matplotlib.pyplot as plt
import pytest

from qz_analysis.charts.axes import decades


@pytest.mark.parametrize("values", [[0.1, 1e11], [1.0, 10.0], [5.0, 7.0]])
def test_powers_of_ten_leave_room_for_whole_dots(values):
    """No dot of a logarithmic scale is cut in half by the rim, and the scale names two powers or more."""
    _, ax = plt.subplots(figsize=(8, 2))
    ax.plot(values, [0, 0], "o", markersize=6.5)
    decades(ax, values, "en")
    left, right = (ax.transData.transform((value, 0))[0] for value in (min(values), max(values)))
    radius = 3.25 / 72 * ax.figure.dpi
    assert ax.bbox.x0 <= left - radius and right + radius <= ax.bbox.x1
    assert sum(ax.get_xlim()[0] <= tick <= ax.get_xlim()[1] for tick in ax.get_xticks()) >= 2
    plt.close("all")
