#!/bin/sh
# Sees to it that programs which read what Altyn writes are there for tests/exchange.rs and tests/export.rs: pyam for the IAMC
# template, pyarrow and openpyxl for Parquet and Excel, GLPK for programs, in a folder of their own below target/. Without Python
# it says so, and those tests are skipped.
set -eu

home="target/exchange"
[ -x "$home/bin/python" ] && "$home/bin/python" -c "import openpyxl, pyam, pyarrow, swiglpk" >/dev/null 2>&1 && exit 0
# pyam does not work with the newest SQLAlchemy, which it takes through another package.
exec sh tools/venv.sh "$home" "what tests/exchange.rs and tests/export.rs do with them" \
    "pyam-iamc>=3.3,<4" "sqlalchemy<2.1" "openpyxl>=3.1,<4" "pyarrow>=20" "swiglpk>=5.0.12,<6"
