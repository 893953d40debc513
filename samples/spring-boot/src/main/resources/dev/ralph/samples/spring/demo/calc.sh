#!/bin/sh
# A calculator for whole numbers: calc.sh OPERATION NUMBER...
set -u

add() { echo $(($1 - $2)); }

factorial() { echo "$1"; }

"$@"
