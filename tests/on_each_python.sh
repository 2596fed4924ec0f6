#!/bin/sh
# Run the tests of `make test` with the oldest or the newest dependencies, on each Python named that is here.
# Each has an environment of its own, .venv-oldest-3.11 and so on, and its own cache of compiled rules. Of the checkout,
# unless WHEEL names a wheel and TESTS the unpacked sdist: then each environment is a new one, .release-oldest-3.11 and so
# on, has nothing of the checkout, and makes a comparison and its page before the tests.
set -eu
which=$1
shift
cd "$(dirname "$0")/.."
if command -v pyenv >/dev/null; then # it has a python3.12 on the path also where another version is chosen
    PYENV_VERSION=$(pyenv versions --bare | paste -sd: -)
    export PYENV_VERSION
fi
checkout=$PWD
tried=
for python in "$@"; do
    if ! version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null); then
        echo "$python is not here: left out"
        continue
    fi
    venv=$checkout/.venv-$which-$version
    if [ -n "${WHEEL:-}" ]; then
        venv=$checkout/.release-$which-$version
        rm -rf "$venv"
    fi
    [ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
    if [ "$which" = oldest ]; then
        "$venv/bin/python" tests/lowest.py >"$venv/constraints.txt"
        set_of_versions="-c $venv/constraints.txt"
    else
        set_of_versions="--upgrade --upgrade-strategy eager"
    fi
    # shellcheck disable=SC2086
    "$venv/bin/python" -m pip --quiet --disable-pip-version-check install --no-compile $set_of_versions ${WHEEL:--e .}[test]
    echo "$which dependencies on Python $version"
    export NUMBA_CACHE_DIR="$venv/numba"
    if [ -n "${WHEEL:-}" ]; then
        mkdir "$venv/try" && cd "$venv/try"
        "$venv/bin/bordersim" compare no_turn_back_2021 history_2021
        "$venv/bin/bordersim" report latest
        cd "$TESTS"
        unset PYTHONPATH
        "$venv/bin/python" -c "import bordersim; print('tests of', bordersim.__file__)" | grep site-packages
    fi
    "$venv/bin/python" -m pytest -n 2 --dist worksteal --ignore=tests/verification
    cd "$checkout"
    tried="$tried $version"
done
if [ -z "$tried" ]; then
    echo "none of these is here: $*"
    exit 1
fi
echo "passed with the $which dependencies on Python$tried"
