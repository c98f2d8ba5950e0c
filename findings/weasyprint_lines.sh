#!/usr/bin/env bash
# Expected: the bidirectional algorithm (UAX #9) puts a paragraph in order as a whole before its lines are laid out, so that
# «2015-2020» behind Arabic letters is drawn as 2020-2015 (rule W2 makes its digits Arabic numbers) wherever the line breaks.
# WeasyPrint lays out each line by itself: at the start of a line no Arabic letter precedes, and the same number in the same
# sentence is drawn as 2015-2020. Whoever reads the PDF has to know who made it.
# On it rests: `lines_are_alone` in src/archive/format/visual.rs.
#
# Needs python3 with venv, and Pango (libpango-1.0, libpangoft2-1.0, libharfbuzz-subset). The font is the one in matplotlib.
set -euo pipefail
export LC_ALL=C.UTF-8

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pikepdf==10.18.0 fonttools==4.68.0
"$work/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --python-version 3.11 \
    --dest "$work" matplotlib==3.10.7
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import glob, io, re, sys, zipfile
import pikepdf, weasyprint
from fontTools.ttLib import TTFont

wheel = zipfile.ZipFile(glob.glob("matplotlib*.whl")[0])
font = wheel.read("matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf")
open("font.ttf", "wb").write(font)
names = TTFont(io.BytesIO(font))
signs = {names.getGlyphID(name): chr(c) for c, name in names.getBestCmap().items() if chr(c) in "0123456789-"}


def drawn(width):
    """The digits of a sentence as they are drawn, from left to right."""
    weasyprint.HTML(string=f"""<html dir="rtl" lang="ar"><style>@font-face {{font-family: F; src: url(font.ttf)}}
        body {{font-family: F}} p {{width: {width}}}</style><p>زاد في الفترة 2015-2020 العدد""", base_url=".").write_pdf("a.pdf")
    with pikepdf.open("a.pdf") as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode("latin-1")
    codes = "".join(re.findall(r"<([0-9a-f]+)>", content))
    return content.count(" Tm"), "".join(signs.get(int(codes[i:i + 4], 16), "") for i in range(0, len(codes), 4))


print("WeasyPrint", weasyprint.__version__)
(n_wide, wide), (n_narrow, narrow) = drawn("20em"), drawn("6em")
print(f"on {n_wide} line: {wide}; on {n_narrow} lines, at the start of the second: {narrow}")
sys.exit(None if (wide, narrow) == ("2020-2015", "2015-2020") else "WeasyPrint behaves otherwise now")
PYTHON
