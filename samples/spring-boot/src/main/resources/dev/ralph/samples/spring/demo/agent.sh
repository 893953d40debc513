#!/bin/sh
# The demo's agent. It reads the prompt, looks at the workspace, makes the next mend it knows of, and says what it did.
# It knows nothing of earlier launches but what it finds in the workspace and in the prompt.
set -u

prompt=$(cat)

calc() { sh ./calc.sh "$@"; }

# Replaces the definition of a function in calc.sh.
mend() {
    sed "s|^$1() {.*|$2|" calc.sh >calc.sh.new && cat calc.sh.new >calc.sh && rm calc.sh.new
    echo "I have mended $1 in calc.sh."
}

# Long enough to watch.
think() { sleep 1; }

complaint=$(printf '%s\n' "$prompt" | grep '^NOT OK:' | tail -n 1)
if [ -n "$complaint" ]; then
    echo "I claimed to be done, but the gate says: $complaint"
fi
think

if [ "$(calc add 2 3)" != 5 ]; then
    # shellcheck disable=SC2016
    mend add 'add() { echo $(($1 + $2)); }'
    echo "That must have been all of it."
    echo "LOOP_COMPLETE"
elif [ -n "$complaint" ] && [ "$(calc factorial 5)" != 120 ]; then
    # shellcheck disable=SC2016
    mend factorial 'factorial() { f=1 i=$1; while [ "$i" -gt 1 ]; do f=$((f * i)) i=$((i - 1)); done; echo "$f"; }'
    echo "Now I have run ./check.sh myself before I say so:"
    sh ./check.sh && echo "LOOP_COMPLETE"
else
    echo "I see nothing left to do."
    echo "LOOP_COMPLETE"
fi
