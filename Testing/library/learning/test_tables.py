"""Tables of texts."""

import pytest

from BMLesionSegLib.learning.tables import markdown, shown, write_csv


def test_a_table_has_the_columns_of_its_first_row(tmp_path):
    rows = [{"a": "1", "b": "x, y"}, {"a": "2", "b": "-"}]
    assert markdown(rows) == "| a | b |\n| --- | --- |\n| 1 | x, y |\n| 2 | - |\n"
    write_csv(tmp_path / "table.csv", rows)
    assert (tmp_path / "table.csv").read_bytes() == b'a,b\r\n1,"x, y"\r\n2,-\r\n'


def test_no_rows_are_no_table(tmp_path):
    assert markdown([]) == ""
    write_csv(tmp_path / "table.csv", [])
    assert (tmp_path / "table.csv").read_bytes().strip() == b""


@pytest.mark.parametrize(
    ("value", "text"), [(None, "-"), (3, "3"), (0.12345, "0.123"), (2.0, "2.000")]
)
def test_figures(value, text):
    assert shown(value) == text
