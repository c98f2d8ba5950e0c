#!/usr/bin/env bash
# Expected: an index that recollindex makes with `indexstemminglanguages = arabic` is asked with Arabic stems.
# It is not: recollq stems in English unless it is told `-s arabic`, so that «كتاب» does not find «الكتاب» though the stems
# lie in the index, and no message says so. Whoever compares Fihrist with recoll measures a search for exact words.
# On it rests: the `-s arabic` of .ci/compare.
#
# Needs Debian 12's apt-get and dpkg; the packages are unpacked in a temporary folder, nothing is installed.
set -euo pipefail
export LC_ALL=C.UTF-8

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# apt-get reads the folder as another user.
chmod 755 "$work"
packages=(libaspell15 libbsd0 libchm1 libicu72 libmd0 libx11-6 libxapian30 libxau6 libxcb1 libxdmcp6 libxml2 libxslt1.1)
apt-get -qq -o APT::Sandbox::User=root download recollcmd=1.34.3-1 "${packages[@]}"
for package in *.deb; do
    dpkg -x "$package" tree
done
export PATH="$work/tree/usr/bin:$PATH" RECOLL_DATADIR="$work/tree/usr/share/recoll"
export LD_LIBRARY_PATH="$work/tree/usr/lib/x86_64-linux-gnu" HOME="$work/home"

mkdir articles config home
echo 'قرأ الولد الكتاب في المكتبة' >articles/with_article.txt
echo 'كتاب جديد' >articles/bare.txt
printf 'topdirs = %s\nindexstemminglanguages = arabic\n' "$work/articles" >config/recoll.conf
recollindex -c config >/dev/null 2>&1

n_found() {
    recollq -c config "$@" 2>/dev/null | sed -n 's/^\([0-9]*\) results.*/\1/p'
}
plain=$(n_found كتاب)
arabic=$(n_found -s arabic كتاب)
recollq -c config كتاب 2>&1 >/dev/null | grep -o 'Recoll [0-9.]* + Xapian [0-9.]*' | head -1
echo "«كتاب» of «كتاب» and «الكتاب»: $plain found, with -s arabic $arabic"
[ "$plain" = 1 ] && [ "$arabic" = 2 ] || { echo "recollq behaves otherwise now"; exit 1; }
