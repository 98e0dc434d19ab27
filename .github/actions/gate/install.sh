#!/usr/bin/env bash
# Installs Afterword from the checkout that this action lies in, into an environment of its own.
set -euo pipefail

source=$(cd "$GITHUB_ACTION_PATH/../../.." && pwd)
home=$RUNNER_TEMP/afterword
if [ ! -x "$home/bin/afterword" ]; then
  python3 -m venv "$home"
  "$home/bin/python" -m pip install --quiet --require-hashes -r "$source/requirements.txt"
  "$home/bin/python" -m pip install --quiet --no-deps --no-build-isolation "$source"
fi
