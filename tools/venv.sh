#!/bin/sh
# Makes .venv from uv.lock, and takes no time when it is already there.
#
#   tools/venv.sh web          what `make demo` and `make serve` need
#   tools/venv.sh all          that, every extra but recognition (380 MB), and the development tools
#   tools/venv.sh all PYTHON   the same, with the interpreter of your choice
#
# Of Pythons of one version it takes the quicker where they differ much (docs/adr/0100): one that was built on the machine
# without the optimisations of CPython takes half as long again as that of a distribution.
# It needs a Python of 3.11 or later and nothing else: uv, which reads the lock, is installed inside the environment.
set -eu

want=${1:?"which set: web or all"}
asked=${2:-}
cd "$(dirname "$0")/.."
venv=.venv
stamp=$venv/.followthrough

say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $*"; exit 1; }
modern() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
version() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null; }

choose() {
  if [ -n "$asked" ]; then
    command -v "$asked" >/dev/null || fail "PYTHON=$asked: there is no such command"
    modern "$asked" || fail "PYTHON=$asked is older than 3.11: name a newer one"
    python=$asked
    return
  fi
  for python in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if command -v "$python" >/dev/null && modern "$python"; then
      quicker
      return
    fi
  done
  fail "Python 3.11 or later is needed: install it, or name one with PYTHON=path"
}

# Microseconds of CPU that an interpreter takes for a piece of work, the best of seven; nothing where it cannot make
# environments.
pace() {
  "$1" -I -c '
import ensurepip, time, venv
def work():
    held = {}
    for number in range(20000):
        held[number % 97] = str(number).rjust(8) + held.get(number % 89, "")[:8]
def timed():
    start = time.process_time()
    work()
    return time.process_time() - start
print(int(min(timed() for _ in range(7)) * 1e6))' 2>/dev/null || true
}

# Puts the Python of the system in the place of the one that was found, where it is of the same version and takes less
# than four fifths of its time.
quicker() {
  system=/usr/bin/python3
  if [ ! -x $system ] || [ "$(version $system)" != "$(version "$python")" ]; then return; fi
  found=$(pace "$python")
  other=$(pace $system)
  if [ -n "$found" ] && [ -n "$other" ] && [ $((other * 5)) -lt $((found * 4)) ]; then
    say "$system takes $other us for what $python takes $found for: it is taken (another with PYTHON=path)"
    python=$system
  fi
}

# What the environment was made from.
recipe() { cat uv.lock pyproject.toml | cksum; }

# Scripts in an environment hold its path, so one that was moved or copied has to be made again.
at_home() { [ -x $venv/bin/python ] && grep -qF "$(pwd -P)/$venv" $venv/bin/activate && modern $venv/bin/python; }

holds() { [ -f "$stamp-$1" ] && [ "$(cat "$stamp-$1")" = "$now" ]; }

now=$(recipe)
if at_home; then
  if [ -z "$asked" ] || [ "$(version "$asked" || true)" = "$(version $venv/bin/python)" ]; then
    if holds all || { [ "$want" = web ] && holds web; }; then exit 0; fi
    kept=yes
  fi
fi

if [ "${kept:-}" != yes ] || ! $venv/bin/python -m pip --version >/dev/null 2>&1; then
  choose
  if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    fail "$python has no venv and ensurepip: install them (Debian, Ubuntu: apt-get install python3-venv), then run this again"
  fi
  say "making $venv with $("$python" --version)"
  "$python" -m venv --clear $venv || fail "could not make $venv (the reason is above)"
fi

if ! $venv/bin/python -m uv --version >/dev/null 2>&1; then
  say "installing uv into $venv"
  $venv/bin/python -m pip install --quiet --disable-pip-version-check uv ||
    fail "could not install uv: is the Python package index reachable?"
fi

unset VIRTUAL_ENV CONDA_PREFIX UV_PROJECT
UV_PROJECT_ENVIRONMENT=$(pwd)/$venv
export UV_PROJECT_ENVIRONMENT
sync() {
  # Files are copied where the cache lies on another disk; that is no matter for a warning.
  $venv/bin/python -m uv sync --frozen --no-progress --quiet --link-mode "${UV_LINK_MODE:-copy}" \
    --python "$UV_PROJECT_ENVIRONMENT/bin/python" "$@" || fail "uv could not install what uv.lock names (see above)"
}

rm -f "$stamp-web" "$stamp-all"
say "installing what uv.lock names ($want)"
case $want in
  web) sync --extra web --no-dev ;;
  all) sync --all-extras --no-extra recognition ;; # 380 MB that only scans need
  *) fail "unknown set '$want': web or all" ;;
esac
printf '%s\n' "$now" >"$stamp-$want"
