#!/usr/bin/env bash
# Copyright 2026 the Ralph for the JVM authors
# SPDX-License-Identifier: Apache-2.0
#
# verify.sh [--strict] [BACKUP]
# Proves that a back-up, the newest of BACKUP_DIR if none is named, can be restored: checks its sums, restores it to a scratch
# database, compares the rows of each table with the back-up's moment, looks for the artifacts that records refer to, and
# verifies the audit trail. --strict: an artifact that is missing, or an audit trail that was not verified, is a failure.
#
# Environment:
#   DATABASE_URL      a database on the server that takes the scratch database; its user must be allowed to make one
#   BACKUP_DIR        where back-ups are kept, if none is named
#   RALPH_COMMAND     the command line of Ralph, for "audit --verify"; it finds AUDIT_KEY and ENCRYPTION_KEY as it always does
set -euo pipefail
umask 077
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=connection.sh
. "$here/connection.sh"
# shellcheck source=contents.sh
. "$here/contents.sh"

usage() { fail "$1; write: verify.sh [--strict] [BACKUP]"; }

strict=no
backup=
for argument in "$@"; do
    case $argument in
        --strict) strict=yes ;;
        -*) usage "there is no option $argument" ;;
        *)
            [[ -z $backup ]] || usage "there is one back-up to verify, not '$backup' and '$argument'"
            backup=$argument
            ;;
    esac
done
: "${DATABASE_URL:?names a database on the server that takes the scratch database}"
require pg_dump pg_restore psql tar gzip sha256sum sed awk diff comm sort

if [[ -z $backup ]]; then
    : "${BACKUP_DIR:?names the folder of the back-ups}"
    for candidate in "$BACKUP_DIR"/ralph-*Z; do
        [[ ! ${candidate##*/} =~ $backup_name ]] || backup=$candidate
    done
    [[ -n $backup ]] || fail "$BACKUP_DIR holds no back-up"
fi
backup=$(realpath -e -- "$backup") || fail "there is no such back-up"
begin=$(milliseconds)
require_whole "$backup"
say "whole: $backup"
connect_to "$DATABASE_URL"
require_matching_client

# What is not proven, and why.
doubt() {
    [[ $strict == no ]] || fail "$1"
    say "NOT VERIFIED: $1"
}

server_database=$PGDATABASE
scratch=ralph_verify_$(date -u +%Y%m%d%H%M%S)_$$
work=$(mktemp -d)
clean_up() {
    rm -rf -- "$work"
    PGDATABASE=$server_database query --command="SET client_min_messages = warning" \
        --command="DROP DATABASE IF EXISTS $scratch WITH (FORCE)" ||
        say "the database $scratch is left; drop it" >&2
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

# What a verification left that was killed more than a day ago.
query <<<"SELECT format('DROP DATABASE %I WITH (FORCE)', datname) FROM pg_database
    WHERE pg_has_role(datdba, 'MEMBER') AND datname ~ '^ralph_verify_\\d{14}_\\d+\$'
        AND substr(datname, 14, 14) < to_char((now() - interval '1 day') AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISS') \\gexec"
query --command="CREATE DATABASE $scratch TEMPLATE template0 ENCODING 'UTF8'" || fail "a scratch database cannot be made"
export PGDATABASE=$scratch

# Owners and grants are left out: the server that verifies need not have Ralph's roles.
restore_database "$backup" '' '' --no-owner --no-privileges || fail "it cannot be restored"
analyze_tables
recovery_time=$(seconds_since "$begin")
compare_rows "$backup"

query --command="SELECT run_id || '/' || output_ref FROM ralph.attempts WHERE output_ref IS NOT NULL
    UNION SELECT run_id || '/' || output_ref FROM ralph.gates WHERE output_ref IS NOT NULL" | sort -u >"$work/referred"
: >"$work/packed"
if [[ -e $backup/folders.tar.gz ]]; then
    tar --list --gzip --file="$backup/folders.tar.gz" >"$work/files" || fail "the folders cannot be unpacked"
    sed -nE 's#^.*/([0-9a-f-]{36}/(attempt|gate)-[^/]+)\.gz$#\1#p' "$work/files" | sort -u >"$work/packed"
    say "folders: $(wc -l <"$work/files") files and folders can be unpacked"
fi
referred=$(wc -l <"$work/referred")
comm -23 "$work/referred" "$work/packed" >"$work/missing"
missing=$(wc -l <"$work/missing")
if [[ $missing -gt 0 ]]; then
    doubt "artifacts: $referred referred to, $missing of them not in the back-up, the first $(head -n 1 "$work/missing")"
else
    say "artifacts: $referred referred to, all there"
fi

if [[ -z $(query --command="SELECT to_regclass('audit.activity_log')") ]]; then
    say "audit trail: there is none in this back-up"
elif [[ -z ${RALPH_COMMAND:-} ]]; then
    doubt "audit trail: RALPH_COMMAND is not set, so its chain was not looked at"
else
    read -r -a ralph <<<"$RALPH_COMMAND"
    tls=${PGSSLMODE:+&sslmode=$PGSSLMODE}${PGSSLROOTCERT:+&sslrootcert=$(percent_encoded "$PGSSLROOTCERT")}
    code=0
    (
        # Ralph warns of variables of its kind that it does not know.
        unset RALPH_COMMAND
        export DATABASE_URL="jdbc:postgresql://${PGHOST/*:*/[$PGHOST]}:$PGPORT/$scratch${tls:+?${tls#&}}"
        export DATABASE_USER=${PGUSER:-} DATABASE_PASSWORD=${PGPASSWORD:-}
        "${ralph[@]}" audit --verify
    ) || code=$?
    case $code in
        0) say "audit trail: chain verified" ;;
        60) fail "audit trail: its chain is broken" ;;
        61) doubt "audit trail: it has no key, so there is no chain to look at" ;;
        *) fail "audit trail: its chain could not be looked at (exit code $code)" ;;
    esac
fi

taken=$(about "$backup" taken)
newest=$(query --command="SELECT to_char(max(updated_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM ralph.orchestrations")
say "recovery time: $recovery_time s, from checking the sums to having statistics"
say "recovery point: all that was committed by $taken, $(($(date +%s) - $(date -d "$taken" +%s))) s ago; newest record ${newest:-none}"
say "verified: $backup"
