# shellcheck shell=bash
# Copyright 2026 the Ralph for the JVM authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced after connection.sh: what is in a back-up, and how it is put back and compared.

# As names sort, so do the back-ups' times.
# shellcheck disable=SC2034
backup_name='^ralph-[0-9]{8}T[0-9]{6}Z$'

# One line a table of both schemas: its name and its rows. Partitions are counted with the table they are of.
counts_query="
SELECT format('SELECT %L, count(*) FROM %I.%I;', n.nspname || '.' || c.relname, n.nspname, c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('ralph', 'audit') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
ORDER BY n.nspname, c.relname"

milliseconds() { date +%s%3N; }

# The time since a moment of milliseconds(), in seconds.
seconds_since() {
    local passed=$(($(milliseconds) - $1))
    printf '%d.%03d' $((passed / 1000)) $((passed % 1000))
}

# Fails unless the back-up is whole, by its checksums.
require_whole() {
    [[ -d $1 ]] || fail "there is no back-up $1"
    [[ $1 != *.partial ]] || fail "$1 is not complete: its back-up was cut off"
    local file
    for file in about rows database.dump; do
        grep -q " [ *]$file\$" "$1/SHA256SUMS" || fail "$1 is no back-up, or not whole: SHA256SUMS does not name $file"
    done
    (cd -- "$1" && sha256sum --check --strict --quiet -- SHA256SUMS) || fail "$1 has been changed or damaged since it was made"
}

# The values of a name in the back-up's "about", a line each.
about() { sed -n "s/^$2 //p" -- "$1/about"; }

# restore_database BACKUP BEFORE AFTER OPTION...: all in one transaction, with statements before and after. What fails or is cut
# off leaves the database as it was. The options are pg_restore's.
restore_database() {
    local dump=$1/database.dump before=$2 after=$3
    shift 3
    {
        printf 'BEGIN;\nSET LOCAL client_min_messages = warning;\n%s\n' "$before"
        pg_restore --file=- "$@" "$dump" || exit 1
        printf '%s\nCOMMIT;\n' "$after"
    } | query --output=/dev/null
}

# Statistics are in no dump, and without them every plan is a guess.
analyze_tables() {
    query <<<"SELECT format('ANALYZE %I.%I', n.nspname, c.relname)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname IN ('ralph', 'audit') AND c.relkind IN ('r', 'p') AND NOT c.relispartition \\gexec"
}

# Fails if a table of the database has other rows than it had in the back-up's moment; says how many were compared.
compare_rows() {
    local now
    now=$(query <<<"$counts_query \\gexec") || fail "the restored rows cannot be counted"
    if ! diff -- "$1/rows" - <<<"$now" | sed -n 's/^</in the back-up:/p; s/^>/restored:/p' >&2; then
        fail "restored rows and those of the back-up's moment differ: see the tables above"
    fi
    say "rows compared: $(awk '{ rows += $2 } END { print rows + 0 }' "$1/rows") in $(wc -l <"$1/rows") tables, all there"
}
