#!/usr/bin/env bash
# Checks, prints the report, and says in outputs what was found and where the files lie.
set -uo pipefail

bin=$RUNNER_TEMP/afterword/bin
folder=$(mktemp -d "$RUNNER_TEMP/afterword-check.XXXXXX") || exit 2

fail_on=$CHECK_FAIL_ON
if [ "$fail_on" = never ]; then fail_on=error; fi
arguments=(check --format "$CHECK_FORMAT" --fail-on "$fail_on")
for form in json:findings.json sarif:findings.sarif markdown:comment.md; do
  arguments+=(--output "${form%%:*}=$folder/${form#*:}")
done
if [ -n "$CHECK_CHANGED_SINCE" ]; then arguments+=(--changed-since "$CHECK_CHANGED_SINCE"); fi
arguments+=(--)
while IFS= read -r path; do
  path=${path%$'\r'}
  if [ -n "$path" ]; then arguments+=("$path"); fi
done <<<"$CHECK_PATHS"

"$bin/afterword" "${arguments[@]}" >"$folder/log" 2>"$folder/errors"
code=$?

# Only the annotations are meant for the runner: elsewhere it must not read commands of its own in people's texts.
pause=$("$bin/python" -I -c 'import secrets; print(secrets.token_hex(16))') || exit 2
said=("$folder/errors" "$folder/log")
if [ "$CHECK_FORMAT" = github ] && [ "$code" -lt 2 ]; then
  cat "$folder/log"
  said=("$folder/errors")
fi
printf '::stop-commands::%s\n' "$pause"
cat "${said[@]}"
printf '::%s::\n' "$pause"

"$bin/python" -I "$GITHUB_ACTION_PATH/.github/actions/check/outputs.py" "$folder" "$code" >>"$GITHUB_OUTPUT" || exit 2
if [ "$CHECK_SUMMARY" = true ] && [ -s "$folder/comment.md" ]; then cat "$folder/comment.md" >>"$GITHUB_STEP_SUMMARY"; fi

if [ "$code" -eq 1 ] && [ "$CHECK_FAIL_ON" = never ]; then exit 0; fi
if [ "$code" -gt 2 ]; then exit 2; fi
exit "$code"
