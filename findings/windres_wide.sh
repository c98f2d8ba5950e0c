#!/usr/bin/env bash
# Expected: in a resource script in UTF-8, told so by `#pragma code_page(65001)` or `windres -c 65001`, a wide string
# L"فهرست" is the way to write what is not ASCII, as in C and in Microsoft's rc. GNU windres honours the code page for
# narrow strings only: of a wide one it takes each byte for a letter of its own, sign-extended (U+FFD9 U+FF81 … for ف), so
# that Windows shows ten wrong signs; nothing is said of it. "فهرست" without the L comes out right. Without a code page the
# narrow one is cut off before its second byte.
# On it rests: assets/packaging/windows/fihrist.rc, whose Arabic texts have no L.
#
# Needs Debian 12 (apt-get download) and python3.
set -euo pipefail
export LC_ALL=C.UTF-8

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download -qq binutils-mingw-w64-x86-64=2.40-2+10.4 >apt.log 2>&1 || { cat apt.log; exit 1; }
dpkg-deb -x binutils-mingw-w64-x86-64_*.deb .
windres=usr/bin/x86_64-w64-mingw32-windres
"$windres" --version | head -1
cat >make.py <<'PYTHON'
import subprocess, sys

windres = sys.argv[1]


def units(text, page):
    """UTF-16 code units that stand for the text in the object file."""
    script = f'1 VERSIONINFO\nBEGIN\nBLOCK "StringFileInfo"\nBEGIN\nBLOCK "040104B0"\nBEGIN\nVALUE "Name", {text}\nEND\nEND\nEND\n'
    open("a.rc", "w", encoding="utf-8").write(script)
    # `cat` stands for the preprocessor, which is no part of this package and changes nothing here.
    subprocess.run([windres, "--preprocessor=cat", *page, "a.rc", "a.o"], check=True)
    data = open("a.o", "rb").read()
    start = data.index("Name\0".encode("utf-16le")) + 10
    start += -(start - data.index("VS_VERSION_INFO".encode("utf-16le")) + 6) % 4
    found = []
    while data[start : start + 2] != b"\0\0":
        found.append(int.from_bytes(data[start : start + 2], "little"))
        start += 2
    return found


page = ["-c", "65001"]
right = [ord(it) for it in "فهرست"]
narrow, wide, none = units('"فهرست"', page), units('L"فهرست"', page), units('"فهرست"', [])
for name, it in (("narrow", narrow), ("wide", wide), ("narrow, no code page", none)):
    print(f"{name}:", " ".join(f"{unit:04X}" for unit in it), "(right)" if it == right else "")
bytes_as_letters = [0xFF00 | it for it in "فهرست".encode()]
sys.exit(None if narrow == right and wide == bytes_as_letters and none[:1] == [0xD9] and len(none) == 1 else "windres behaves otherwise now")
PYTHON
python3 make.py "$windres"
