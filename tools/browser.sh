#!/bin/sh
# A Chromium and a Chinese font for pages that only a browser shows, and the words of general Chinese for the typo check
# (libime-data-language-model, LGPL-2.1+, only read). Without them everything else still works.
run=$1
has_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    ls "$HOME"/.cache/ms-playwright/chromium-*/chrome-linux*/chrome >/dev/null 2>&1
}
has_words() { ls /usr/lib/*/libime/zh_CN.lm >/dev/null 2>&1; }

missing=
has_browser || missing="chromium fonts-noto-cjk"
has_words || missing="$missing libime-data-language-model"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $missing (once)..."
    apt-get update -qq
    for package in $missing; do
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
    done
fi
has_words || echo "No words of general Chinese: the typo check finds less and errs more. As root: apt-get install libime-data-language-model"
has_browser && exit 0
timeout 300 $run playwright install chromium >/dev/null 2>&1 && exit 0
echo "No Chromium could be installed: pages drawn by script will be listed as not judged. As root: apt-get install chromium fonts-noto-cjk"
