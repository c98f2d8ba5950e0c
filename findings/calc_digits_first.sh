#!/usr/bin/env bash
# Expected: a cell that says nothing of its direction takes that of its first letter (UAX #9, rules P2 and P3: digits are
# passed over), all the more in a sheet that is read from right to left. So «92 ألف طن من الزيتون», a usual headline, begins at
# the right with its number.
# LibreOffice Calc takes the digits for the beginning of a text from left to right: the number stands at the left, behind the
# words that it counts, and the cell is aligned to the left. Only a cell that says its reading order is laid out as expected.
# On it rests: that every text says its direction in src/work/export/xlsx.rs.
#
# Needs LibreOffice Calc (soffice), pdftotext (poppler-utils), python3 with venv, and a font with Arabic letters.
set -euo pipefail
export LC_ALL=C.UTF-8

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import openpyxl
from openpyxl.styles import Alignment

book = openpyxl.Workbook()
sheet = book.active
sheet.sheet_view.rightToLeft = True
sheet.column_dimensions["A"].width = 60
for row in (1, 2, 3):
    sheet.cell(row, 1, "92 ألف طن من الزيتون")
sheet["A2"].alignment = Alignment(readingOrder=2)
sheet["A3"] = "حصاد 92 ألف طن"
book.save("digits.xlsx")
PYTHON
soffice "-env:UserInstallation=file://$work/office" --headless --convert-to pdf digits.xlsx >/dev/null 2>&1
soffice "-env:UserInstallation=file://$work/office" --version
pdftotext -bbox digits.pdf digits.xml
"$work/venv/bin/python" - <<'PYTHON'
import re, sys

lines = {}
for x, y, word in re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]+)</word>', open("digits.xml", encoding="utf-8").read()):
    lines.setdefault(float(y), []).append((float(x), word))
rows = [[word for _, word in sorted(lines[y])] for y in sorted(lines)]
places = ["left" if row[0] == "92" else "right" if row[-1] == "92" else "within" for row in rows]
print("the number stands:", dict(zip(["without a reading order", "from right to left", "behind a word"], places)))
sys.exit(None if places == ["left", "right", "within"] else "Calc behaves otherwise now")
PYTHON
