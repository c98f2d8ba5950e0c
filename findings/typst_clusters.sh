#!/usr/bin/env bash
# Expected: where a letter and its vowel sign are two signs of a font, a PDF gives the letter to the one and the vowel sign to
# the other, or the cluster to one of them and nothing to the other; so their letters, one after the other, are the text.
# Typst gives the letters of the whole cluster to each of its signs, by the table of the font or by ActualText: «بَ» is read
# twice, once for the letter and once for its mark, by whoever takes each sign for what the PDF says of it.
# On it rests: `drop_echoes` in src/archive/format/marks.rs.
#
# Needs python3 with venv. The font is the one in matplotlib.
set -euo pipefail
export LC_ALL=C.UTF-8

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2 pypdf==7.1.1
"$work/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --python-version 3.11 \
    --dest "$work" matplotlib==3.10.7
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import glob, importlib.metadata, sys, zipfile
import pypdf, typst

wheel = zipfile.ZipFile(glob.glob("matplotlib*.whl")[0])
open("DejaVuSans.ttf", "wb").write(wheel.read("matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf"))
open("a.typ", "w").write('#set text(font: "DejaVu Sans", lang: "ar", dir: rtl)\nبَ')
typst.compile("a.typ", output="a.pdf", font_paths=["."])
text = pypdf.PdfReader("a.pdf").pages[0].extract_text()
print("typst", importlib.metadata.version("typst"), "pypdf", pypdf.__version__)
print(f"«بَ» is {text.count('ب')} letters and {text.count(chr(0x64e))} marks")
sys.exit(None if text.count("ب") == 2 else "Typst behaves otherwise now")
PYTHON
