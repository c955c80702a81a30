#!/bin/sh
# Runs the linters and the tests, with a data folder of their own. Called by `make check` and `make test`.
#
#   tools/test.sh fast [WORKERS]   the linters beside the fast tests: without a database, a browser or a second of CPU
#   tools/test.sh all [WORKERS]    the linters, and every test, on both databases and in a real browser
#
# Of all, those that measure CPU run first, in one process, with the linters beside them: what they measure is compared
# with a yardstick that a busy machine slows down alike (tests/page_yardstick.py). Then the tests that touch the database
# run on PostgreSQL, but for those of the marker `sqlite` (pyproject.toml says which these are); then everything but
# what is marked `postgresql` runs on SQLite, the browser tests with it.
set -eu

which=${1:?"which tests: fast or all"}
workers=${2:-2}
cd "$(dirname "$0")/.."
bin=.venv/bin

FOLLOWTHROUGH_DATA_DIR=$(mktemp -d)
said=$(mktemp)
trap 'rm -rf "$FOLLOWTHROUGH_DATA_DIR" "$said"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
export FOLLOWTHROUGH_DATA_DIR
# Hundreds of commands and servers are started: each would compile every module anew where bytecode is not kept.
unset PYTHONDONTWRITEBYTECODE
unset DATABASE_URL FOLLOWTHROUGH_DEBUG FOLLOWTHROUGH_HTTPS FOLLOWTHROUGH_SECRET_KEY FOLLOWTHROUGH_ALLOWED_HOSTS

# Each worker begins with a run of neighbours, so that what a file's tests share is made once and not by every worker.
spread="-n $workers --dist worksteal"

tools/lint.sh >"$said" 2>&1 &
lint=$!
# Prints what the linters said; ends with 1 where one of them found something.
linted() {
  if wait "$lint"; then cat "$said"; else
    cat "$said"
    return 1
  fi
}

# Files of which nothing is chosen are not even imported: prints an option for each that marks all its tests so.
without() {
  grep -rlE --include='test_*.py' "^pytestmark = .*mark\.($1)\b" tests | sed 's/^/--ignore=/'
}

if [ "$which" = fast ]; then
  passed=0
  # shellcheck disable=SC2046,SC2086 - lists of options
  $bin/pytest -q $spread --ignore=tests/browser $(without 'slow|django_db|budget') \
    -m 'not slow and not database and not browser and not budget' || passed=1
  linted
  exit $passed
fi

FOLLOWTHROUGH_CHROMIUM=$($bin/python tools/services.py chromium)
export FOLLOWTHROUGH_CHROMIUM

echo "== CPU budgets, beside the linters"
# shellcheck disable=SC2046 - a list of files, which are named so that the others are not even imported
$bin/pytest -q -m budget $(grep -rl --include='test_*.py' 'mark\.budget' tests)
linted

echo "== PostgreSQL: the tests that touch the database"
elsewhere=$(grep -rL --include='test_*.py' 'mark\.everywhere' tests/browser | sed 's/^/--ignore=/')
# shellcheck disable=SC2046,SC2086 - lists of options
$bin/python tools/services.py postgres -- $bin/pytest -q $spread $elsewhere $(without 'sqlite|budget') \
  -m 'database and not sqlite and not budget and (everywhere or not browser)'

echo "== SQLite and Chromium: every test"
# shellcheck disable=SC2086 - two options in one word
$bin/pytest $spread -m 'not budget and not postgresql'
