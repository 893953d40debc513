#!/bin/sh
# Checks calc.sh. Exit code 0 if everything is right.
set -u
failed=0

check() {
    expected=$1
    shift
    actual=$(sh ./calc.sh "$@")
    if [ "$actual" = "$expected" ]; then
        echo "ok: $* = $actual"
    else
        echo "NOT OK: $* should be $expected, but is $actual"
        failed=1
    fi
}

check 5 add 2 3
check 0 add 4 -4
check 120 factorial 5
check 1 factorial 0
exit "$failed"
