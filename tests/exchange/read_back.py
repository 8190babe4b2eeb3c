"""Reads a folder of results with pyam, pyarrow and openpyxl, and fails at whatever is not as it should be: read_back.py FOLDER."""

import csv
import logging
import math
import pathlib
import sys
import warnings

folder = pathlib.Path(sys.argv[1])

# What the libraries say of each other is not about the files.
warnings.simplefilter("ignore")
import openpyxl
import pyam
import pyarrow.parquet

warnings.simplefilter("error")
warnings.simplefilter("ignore", DeprecationWarning)
warnings.simplefilter("ignore", FutureWarning)


class Loud(logging.Handler):
    """A warning in the log is an error."""

    def emit(self, record):
        if record.levelno >= logging.WARNING:
            raise SystemExit(f"pyam warns: {record.getMessage()}")


logging.getLogger().addHandler(Loud())
logging.getLogger("pyam").addHandler(Loud())


def check_template():
    long, wide = (pyam.IamDataFrame(folder / name) for name in ("iamc.csv", "iamc-wide.csv"))
    assert pyam.compare(long, wide).empty, "the two forms hold the same"
    assert long.data.equals(wide.data)
    variables = set(long.variable)
    parents = sorted({name.rpartition("|")[0] for name in variables} & variables)
    assert parents, "there is a sum"
    for parent in parents:
        for region in long.region:
            missed = long.filter(region=region).check_aggregate(parent)
            assert missed is None, f"{parent} in {region} is not the sum of its parts:\n{missed}"
    # Flows and capacities of a country are those of its zones.
    country, *zones = sorted(long.region, key=len)
    for variable in variables if zones else ():
        one = long.filter(variable=variable)
        if variable.split("|")[0] in ("Secondary Energy", "Capacity", "Final Energy", "Emissions"):
            missed = one.check_aggregate_region(variable, country, zones)
            assert missed is None, f"{variable} of {country} is not that of its zones:\n{missed}"
    print(f"{len(variables)} variables, {len(parents)} sums, {len(long.region)} regions")


def tables():
    for path in sorted(folder.glob("*.csv")):
        if not path.name.startswith("iamc"):
            with path.open(encoding="utf-8", newline="") as text:
                header, *rows = csv.reader(text)
            yield path.stem, header, rows


def same(text, value):
    """Whether a value is what a field of a CSV file says."""
    if value is None:
        return text == ""
    if isinstance(value, (int, float)):
        return text != "" and math.isclose(float(text), value, rel_tol=1e-15)
    return text == value


def check_parquet():
    kinds = set()
    for name, header, rows in tables():
        table = pyarrow.parquet.read_table(folder / f"{name}.parquet")
        assert table.column_names == header, name
        assert table.num_rows == len(rows), name
        kinds |= {str(kind) for kind in table.schema.types}
        assert str(table.schema.field("year").type) == "int32", name
        columns = [column.to_pylist() for column in table.columns]
        for at, row in enumerate(rows):
            assert all(same(text, column[at]) for text, column in zip(row, columns)), (name, row)
        meta = pyarrow.parquet.read_metadata(folder / f"{name}.parquet")
        for group in range(meta.num_row_groups):
            for position in range(meta.num_columns):
                column = meta.row_group(group).column(position)
                assert column.compression == "SNAPPY", name
                if column.physical_type == "BYTE_ARRAY":
                    assert "RLE_DICTIONARY" in column.encodings, (name, column.encodings)
    assert kinds == {"int32", "double", "string"}, kinds


def check_workbook():
    book = openpyxl.load_workbook(folder / "results.xlsx")
    assert set(book.sheetnames) == {name for name, _, _ in tables()}
    for name, header, rows in tables():
        sheet = book[name]
        assert sheet.freeze_panes == "A2", name
        assert sheet.auto_filter.ref.startswith("A1:"), name
        first, *others = sheet.iter_rows()
        assert [cell.value for cell in first] == header and all(cell.font.bold for cell in first), name
        assert len(others) == len(rows), name
        for text, cells in zip(rows, others):
            # An empty text is an empty cell.
            assert all(same(one, cell.value) or (one == "" and cell.value is None) for one, cell in zip(text, cells)), text


check_template()
check_parquet()
check_workbook()
