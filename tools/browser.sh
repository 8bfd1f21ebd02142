#!/bin/sh
# A Chromium and a Chinese font for pages that only a browser shows. Without them everything else still works.
run=$1
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
ls "$HOME"/.cache/ms-playwright/chromium-*/chrome-linux*/chrome >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium and a CJK font (once)..."
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; then
        exit 0
    fi
fi
timeout 300 $run playwright install chromium >/dev/null 2>&1 && exit 0
echo "No Chromium could be installed: pages drawn by script will be listed as not judged. As root: apt-get install chromium fonts-noto-cjk"
