#!/bin/sh
# Everything for an installation without a network: wheels of the program and of what it needs, packages of the browser and a font.
#   sh tools/bundle.sh UV [FOLDER] [ARCH]      ARCH: x86_64 (default: this machine's) or aarch64, for the same Python version
set -eu
uv=$1
out=${2:-dist/bundle}
arch=${3:-$(uname -m)}
python=$($uv run --no-sync python -c 'import sys; print("%d.%d" % sys.version_info[:2])')
full=$($uv run --no-sync python -c 'import platform; print(platform.python_version())')
rm -rf "$out"
mkdir -p "$out/wheels" "$out/packages"
$uv build --quiet --wheel --out-dir "$out/wheels"
rm -f "$out/wheels/.gitignore"
$uv export --quiet --frozen --no-dev --no-emit-project --no-hashes --extra postgres -o "$out/requirements.txt" >/dev/null
sources="jieba" # comes as source only; pure Python, so that a wheel made here fits every machine
$uv run --no-project --python "$python" --with pip python -m pip wheel --quiet --disable-pip-version-check --no-deps \
    --wheel-dir "$out/wheels" "$(grep "^$sources==" "$out/requirements.txt" | cut -d';' -f1)"
grep -v "^$sources==" "$out/requirements.txt" > "$out/binary.txt"
platforms="--platform manylinux_2_28_$arch --platform manylinux_2_27_$arch --platform manylinux_2_17_$arch --platform manylinux2014_$arch"
# shellcheck disable=SC2086  # several words on purpose
$uv run --no-project --python "$python" --with pip python -m pip download --quiet --disable-pip-version-check \
    --only-binary :all: --python-version "$full" --implementation cp $platforms \
    --dest "$out/wheels" -r "$out/binary.txt"
rm -f "$out/binary.txt"
if [ "$arch" = "$(uname -m)" ] && command -v apt-get >/dev/null 2>&1; then
    # What a bare system of the same release lacks: the packages themselves and everything they depend on.
    (cd "$out/packages" && apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces \
        --no-enhances chromium fonts-noto-cjk libime-data-language-model | grep '^[a-z0-9]' | sort -u | xargs -n 40 apt-get download -qq 2>/dev/null) || true
fi
cat > "$out/install.sh" <<EOF
#!/bin/sh
# Installs Xunjian into a folder (default /opt/xunjian) without a network. As root it installs the browser and the font as well.
set -eu
here=\$(cd "\$(dirname "\$0")" && pwd)
to=\${1:-/opt/xunjian}
python$python -m venv "\$to"
"\$to/bin/pip" install --quiet --no-index --find-links "\$here/wheels" 'xunjian[postgres]'
if [ "\$(id -u)" = 0 ] && ls "\$here"/packages/*.deb >/dev/null 2>&1 && ! command -v chromium >/dev/null 2>&1; then
    apt-get install -y -qq --no-download --no-install-recommends "\$here"/packages/chromium_*.deb "\$here"/packages/fonts-noto-cjk_*.deb "\$here"/packages/libime-data-language-model_*.deb \
        2>/dev/null || dpkg -i --skip-same-version "\$here"/packages/*.deb || echo "浏览器没有装好：由脚本生成的页面将列为未能判定"
fi
"\$to/bin/xunjian" --version
EOF
chmod +x "$out/install.sh"
(cd "$out" && find . -type f ! -name SHA256SUMS | sort | xargs -d '\n' sha256sum > SHA256SUMS)
echo "$out: $(ls "$out/wheels" | wc -l) wheels, $(ls "$out/packages" | wc -l) packages, $(du -sh "$out" | cut -f1), Python $python, $arch"
