#!/usr/bin/env bash
# Finds the system libraries that Qt needs, and has apt bring the missing ones where it may.
#
#   scripts/libraries.sh offscreen   what tests and headless commands need: without it nothing works
#   scripts/libraries.sh screen      and what a window on a real or virtual screen needs
#
# Packages named after that word are missing anyway and come with the rest.
# Exit 0: all there. Exit 1: something is missing and could not be installed; the line to type was printed.
set -euo pipefail

# package=soname, the names of Debian 12
offscreen=(
    libglib2.0-0=libglib-2.0.so.0 libegl1=libEGL.so.1 libgl1=libGL.so.1 libx11-6=libX11.so.6
    libxkbcommon0=libxkbcommon.so.0 libfontconfig1=libfontconfig.so.1 libfreetype6=libfreetype.so.6
    libdbus-1-3=libdbus-1.so.3
)
screen=(
    libxcb-cursor0=libxcb-cursor.so.0 libxcb-icccm4=libxcb-icccm.so.4 libxcb-image0=libxcb-image.so.0
    libxcb-keysyms1=libxcb-keysyms.so.1 libxcb-randr0=libxcb-randr.so.0
    libxcb-render-util0=libxcb-render-util.so.0 libxcb-shape0=libxcb-shape.so.0
    libxcb-sync1=libxcb-sync.so.1 libxcb-xfixes0=libxcb-xfixes.so.0 libxcb-xkb1=libxcb-xkb.so.1
    libxkbcommon-x11-0=libxkbcommon-x11.so.0 libx11-xcb1=libX11-xcb.so.1
)

wanted=("${offscreen[@]}")
[ "${1:-offscreen}" = screen ] && wanted+=("${screen[@]}")

# An ordinary account has no /sbin in its PATH; a musl system has no ldconfig -p.
known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)
packages=("${@:2}") sonames=("${@:2}")
for pair in "${wanted[@]}"; do
    case "$known" in
        *"${pair#*=} "*) ;;
        *) packages+=("${pair%%=*}") sonames+=("${pair#*=}") ;;
    esac
done
[ ${#packages[@]} -eq 0 ] && exit 0
exec "$(dirname "$0")/apt.sh" "${packages[@]}" -- "${sonames[@]}"
