#!/bin/sh
# Set-up for make and .ci/run on a machine that may have nothing: system libraries, uv, the locked environment.
#
#   sh tools/setup.sh [ci]      ci: also what only the tests of .ci/run need
#
# Where something is missing that this script may not install, it prints the line to type and stops with 1.
# When all is there it takes well under a second. uv is taken from the PATH, or put into .uv/ (never elsewhere).
set -eu
cd "$(dirname "$0")/.."

# What importing Qt needs, then what an X11 window needs besides.
libraries="libglib2.0-0 libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3
  libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"
[ "${1:-}" = ci ] && libraries="$libraries make xvfb strace"

say() { printf 'set-up: %s\n' "$*" >&2; }

stop() {
  say "$1"
  shift
  [ $# -eq 0 ] || printf '\n    %s\n\n' "$@" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

works() { "$@" >/dev/null 2>&1; }

# A uv on the PATH may be a shim that leads nowhere, so it is run.
find_uv() {
  for candidate in uv .uv/bin/uv; do
    works "$candidate" --version && printf '%s\n' "$candidate" && return
  done
  return 1
}

is_debian() { has dpkg-query && has apt-get; }

can_make_uv() { works python3 -m pip --version || works python3 -c 'import ensurepip, venv'; }

# With the release's own list at hand, take the name that it has.
name_here() {
  if apt-cache show "${1}t64" 2>/dev/null | grep -q '^Package:'; then printf '%st64' "$1"; else printf '%s' "$1"; fi
}

# Print those of the packages that are not there; newer releases call some libraries …t64.
not_installed() {
  # shellcheck disable=SC2046 # a list of words
  there=$(dpkg-query -W -f '${Status}/${Package}/\n' "$@" $(printf '%st64 ' "$@") 2>/dev/null) || true
  for package in "$@"; do
    case $there in
      *"install ok installed/$package/"* | *"install ok installed/${package}t64/"*) ;;
      *) printf ' %s' "$package" ;;
    esac
  done
}

install_packages() {
  # shellcheck disable=SC2086 # a list of words
  missing=$(not_installed $libraries)
  find_uv >/dev/null || can_make_uv || missing="$missing python3 python3-venv"
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    stop "these packages are missing; type this line, then the same command again:" \
      "sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing"
  fi
  say "installing$missing"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update || stop "the package lists could not be fetched; is there a network?"
  names=
  for package in $missing; do
    names="$names $(name_here "$package")"
  done
  # shellcheck disable=SC2086 # a list of words
  apt-get -qq -y --no-install-recommends install $names >/dev/null || stop "apt-get could not install$names"
}

install_uv() {
  say "putting uv into .uv/"
  # --target is allowed even where the system's Python is "externally managed", and leaves no second python in .uv/bin.
  if works python3 -m pip --version; then
    python3 -m pip install --quiet --disable-pip-version-check --upgrade --target .uv uv 2>.uv-install.log || true
  elif works python3 -c 'import ensurepip, venv'; then
    {
      python3 -m venv .uv/venv &&
        .uv/venv/bin/python -m pip install --quiet --disable-pip-version-check --upgrade --target .uv uv
    } 2>.uv-install.log || true
  else
    stop "uv is missing and there is no Python to install it with; type this line, open a new terminal, and try again:" \
      "curl -LsSf https://astral.sh/uv/install.sh | sh"
  fi
  if ! find_uv >/dev/null; then
    tail -n 3 .uv-install.log >&2 || true
    stop "uv could not be installed; is there a network?"
  fi
  rm -f .uv-install.log
}

sync() {
  quiet=--quiet
  if [ ! -d .venv ]; then
    quiet=
    say "fetching the locked libraries into .venv, once (0.9 GB there)"
  fi
  "$uv" sync --locked $quiet && return
  # Networks that look into TLS have a certificate of their own, which only the system knows.
  say "once more, trusting the certificates of this system"
  UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1 "$uv" sync --locked $quiet ||
    stop "the environment could not be made; uv's message above says why"
}

# Where there is no dpkg to ask, Qt itself is asked.
check_qt() {
  [ "$(uname -s)" = Linux ] || return 0
  complaint=$(.venv/bin/python -c 'import PySide6.QtWidgets' 2>&1) ||
    stop "Qt cannot start: $(printf '%s\n' "$complaint" | tail -n 1); install the package that has this library"
}

if is_debian; then install_packages; fi
find_uv >/dev/null || install_uv
uv=$(find_uv)
sync
is_debian || check_qt
