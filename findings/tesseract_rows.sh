#!/usr/bin/env bash
# Expected: a clean picture of a printed paragraph, 300 dots to the inch, is recognised line by line; a line that is hard
# to read comes out wrong, not missing. Tesseract drops whole lines of Arabic: its search for noise rejects a row of which
# many marks are small beside its letters, as points and vowel signs are, and nothing is said of it, whatever the confidence.
# With `textord_noise_rejrows=0` the same lines are read. Which lines it are depends on the face and on the length of a line.
# On it rests: `SETTINGS` in src/archive/recognition/tesseract.rs.
#
# Needs python3 with venv, and npm. The face is the one in matplotlib.
set -euo pipefail
export LC_ALL=C.UTF-8 OMP_THREAD_LIMIT=1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check tesserocr==2.13.0 typst==0.15.2 pillow==13.0.0
"$work/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --python-version 3.11 \
    --dest "$work" matplotlib==3.10.7
cd "$work"
npm pack --silent @tesseract.js-data/ara@1.0.0 >npm.log
tar xzf tesseract.js-data-ara-1.0.0.tgz
gunzip -c package/4.0.0_best_int/ara.traineddata.gz >ara.traineddata
"$work/venv/bin/python" - <<'PYTHON'
import glob, sys, zipfile
import tesserocr, typst
from PIL import Image

TEXT = (
    "افتتح رئيس البلدية الجسر الجديد صباح الخميس أمام السيارات بعد سنتين من العمل المتواصل على ضفتي النهر الكبير، وقال إن "
    "الجسر سيخفف الزحام عن وسط المدينة، وإن تكلفته بلغت ثلاثة ملايين دينار دفعتها البلدية كلها. وأضاف أن المرحلة الثانية "
    "تشمل بناء رصيف للقوارب ومخزن للتبريد، وتنتهي قبل نهاية الصيف المقبل، وأن العمال سيبدأون بعد العيد مباشرة."
)
wheel = zipfile.ZipFile(glob.glob("matplotlib*.whl")[0])
open("DejaVuSans.ttf", "wb").write(wheel.read("matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf"))
page = "#set page(width: 14cm, height: auto, margin: 1cm)\n#set par(leading: 0.9em)\n"
page += '#set text(font: "DejaVu Sans", lang: "ar", dir: rtl, size: 14pt)\n' + TEXT
open("a.typ", "w").write(page)
typst.compile("a.typ", output="a.png", ppi=300, font_paths=["."])
picture = Image.open("a.png").convert("L")


def n_lines(reject):
    api = tesserocr.PyTessBaseAPI(path=".", lang="ara", psm=tesserocr.PSM.AUTO)
    api.SetVariable("textord_noise_rejrows", reject)
    api.SetImage(picture)
    return sum(bool(line.strip()) for line in api.GetUTF8Text().splitlines())


by_itself, without_rejection = n_lines("1"), n_lines("0")
print(tesserocr.tesseract_version().split("\n")[0])
print(f"of 7 printed lines {by_itself} are recognised, and {without_rejection} with textord_noise_rejrows=0")
sys.exit(None if (by_itself, without_rejection) == (6, 7) else "Tesseract behaves otherwise now")
PYTHON
