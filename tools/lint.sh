#!/bin/sh
# Runs every linter, changing nothing, at once where the machine has cores for it; prints what each says, one after the
# other. Called by `make lint`, and by tools/test.sh beside the first tests.
#
#   tools/lint.sh
set -u

cd "$(dirname "$0")/.."
bin=.venv/bin
code=$(ls -d src tests bench tools 2>/dev/null)
templates=$(find src -path '*/templates/*' -name '*.html' | sort)
said=$(mktemp -d)
trap 'rm -rf "$said"' EXIT

# shellcheck disable=SC2086 - lists of words
run() {
  name=$1
  shift
  ("$@" >"$said/$name" 2>&1 || touch "$said/$name.failed") &
}

export MYPYPATH=tests:bench
run 1-mypy $bin/mypy $code
run 2-ruff-check $bin/ruff check $code
run 3-ruff-format $bin/ruff format --check $code
run 4-lint-imports $bin/lint-imports
[ -z "$templates" ] || run 5-djade $bin/djade --check --target-version 5.2 $templates
wait

for file in "$said"/[0-9]*; do
  case $file in *.failed) continue ;; esac
  echo "== $(basename "$file" | cut -c3-)"
  cat "$file"
done
! ls "$said"/*.failed >/dev/null 2>&1
