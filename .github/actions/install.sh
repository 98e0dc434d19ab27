#!/usr/bin/env bash
# Installs Afterword from the checkout that this file lies in, into an environment of its own.
set -euo pipefail

source=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
home=$RUNNER_TEMP/afterword
if [ ! -x "$home/bin/afterword" ]; then
  # -I: not the modules of the folder that the job stands in, which may be those of a pull request
  python3 -I -m venv "$home"
  "$home/bin/python" -I -m pip install --quiet --require-hashes -r "$source/requirements.txt"
  "$home/bin/python" -I -m pip install --quiet --no-deps --no-build-isolation "$source"
fi
