#!/bin/sh
# Build wheel and sdist, and try the wheel in fresh environments, oldest and newest dependencies on each Python named that
# is here: a comparison, its page, and the tests, which are those of the unpacked sdist. SETS=newest tries one set alone.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m venv "$work/build"
"$work/build/bin/python" -m pip --quiet --disable-pip-version-check install 'hatchling>=1.27'
"$work/build/bin/python" -m hatchling build -t sdist -t wheel -d "$work/dist"
tar -xzf "$work"/dist/*.tar.gz -C "$work"
(cd "$work"/bordersim-*/ && "$work/build/bin/python" -m hatchling build -t wheel -d "$work/again")
cmp "$work"/dist/*.whl "$work"/again/*.whl # whoever builds from the sdist gets this wheel
for which in ${SETS:-oldest newest}; do
    WHEEL=$(echo "$work"/dist/*.whl) TESTS=$(echo "$work"/bordersim-*/) tests/on_each_python.sh "$which" "$@"
done
