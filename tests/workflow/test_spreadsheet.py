"""What a spreadsheet would run is written as text."""

import csv
from io import StringIO

import pytest

from workflow.spreadsheet import line


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_would_run_is_quoted(begins: str) -> None:
    (read,) = csv.reader(StringIO(line([f"{begins}1+1"]), newline=""))
    assert read == [f"'{begins}1+1"]


@pytest.mark.parametrize("cell", ["", "INC-1001", "Smith, Al", 'the "other"', "two\nlines", "1=1"])
def test_any_other_cell_comes_back_as_it_was(cell: str) -> None:
    (read,) = csv.reader(StringIO(line([cell, "x"]), newline=""))
    assert read == [cell, "x"]
