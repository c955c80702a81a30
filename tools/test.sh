#!/bin/sh
# Runs the tests, with a data folder of their own. Called by `make check` and `make test` once the linters have passed.
#
#   tools/test.sh fast [WORKERS]   the fast tests, on SQLite
#   tools/test.sh all [WORKERS]    every test, on both databases and in a real browser
#
# Of all, those that measure CPU run first and alone; then those that touch the database run on PostgreSQL; then everything
# runs on SQLite, the browser tests with it, so that the closing lines are those of the whole suite.
set -eu

which=${1:?"which tests: fast or all"}
workers=${2:-2}
cd "$(dirname "$0")/.."
bin=.venv/bin

FOLLOWTHROUGH_DATA_DIR=$(mktemp -d)
trap 'rm -rf "$FOLLOWTHROUGH_DATA_DIR"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
export FOLLOWTHROUGH_DATA_DIR
# Hundreds of commands and servers are started: each would compile every module anew where bytecode is not kept.
unset PYTHONDONTWRITEBYTECODE
unset DATABASE_URL FOLLOWTHROUGH_DEBUG FOLLOWTHROUGH_HTTPS FOLLOWTHROUGH_SECRET_KEY FOLLOWTHROUGH_ALLOWED_HOSTS

# Each worker begins with a run of neighbours, so that what a file's tests share is made once and not by every worker.
spread="-n $workers --dist worksteal"

if [ "$which" = fast ]; then
  # shellcheck disable=SC2086 - two options in one word
  $bin/pytest -q $spread -m 'not slow and not browser and not budget'
  exit
fi

FOLLOWTHROUGH_CHROMIUM=$($bin/python tools/services.py chromium)
export FOLLOWTHROUGH_CHROMIUM

echo "== CPU budgets of the list pages, with the machine to themselves"
$bin/pytest -q -m budget

echo "== PostgreSQL: the tests that touch the database"
$bin/python tools/services.py postgres -- $bin/pytest -q $spread -m 'database and not browser and not budget'

echo "== SQLite and Chromium: every test"
$bin/pytest $spread -m 'not budget'
