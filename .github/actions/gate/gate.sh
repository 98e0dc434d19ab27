#!/usr/bin/env bash
# Asks the gate and says in outputs what it answered. Whatever goes wrong blocks.
set -uo pipefail

bin=$RUNNER_TEMP/afterword/bin
report=$RUNNER_TEMP/error-budget.json
rm -f "$report"

arguments=(gate --change "$GATE_CHANGE")
if [ -n "$GATE_SERVICE" ]; then arguments+=(--service "$GATE_SERVICE"); else arguments+=(--all); fi
if [ -n "$GATE_SNAPSHOT" ]; then arguments+=(--snapshot "$GATE_SNAPSHOT"); fi
if [ -n "$GATE_POLICY" ]; then arguments+=(--policy "$GATE_POLICY"); fi
if [ -n "$GATE_URL" ]; then arguments+=(--url "$GATE_URL"); fi
if [ -n "$GATE_MAX_AGE" ]; then arguments+=(--max-age "$GATE_MAX_AGE"); fi

said=$(SAVE_JSON=true OUTPUT_FILE=$report "$bin/afterword" "${arguments[@]}" 2>&1)
code=$?
# Titles, policies and reasons are texts of people: the runner must not read commands of its own in them.
pause=$("$bin/python" -I -c 'import secrets; print(secrets.token_hex(16))') || exit 99
printf '::stop-commands::%s\n%s\n::%s::\n' "$pause" "$said" "$pause"

"$bin/python" -I "$GITHUB_ACTION_PATH/outputs.py" "$report" "$code" >>"$GITHUB_OUTPUT" || exit 99
if [ "$code" -eq 0 ] && ! grep -qx 'can_deploy=true' "$GITHUB_OUTPUT"; then code=99; fi
{
  echo '### Error budget'
  echo
  printf '%s\n' "$said" | sed 's/^/    /'
} >>"$GITHUB_STEP_SUMMARY"

if [ "$GATE_FAIL" = false ]; then exit 0; fi
exit "$code"
