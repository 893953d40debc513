#!/usr/bin/env bash
# Copyright 2026 the Ralph for the JVM authors
# SPDX-License-Identifier: Apache-2.0
#
# restore.sh [--replace] [--into DIR | --no-folders] BACKUP
# Restores a back-up's rows to the database that DATABASE_URL names, and its folders to their places. Stop all nodes first.
#
#   --replace       what is there is replaced: Ralph's schemas are dropped, files of the same name are overwritten
#   --into DIR      folders go below this folder, as DIR/srv/artifacts for /srv/artifacts
#   --no-folders    folders are left out
#
# Rows are restored in one transaction: a restore that fails leaves the database as it was. docs/backup.md tells the rest.
set -euo pipefail
umask 022
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=connection.sh
. "$here/connection.sh"
# shellcheck source=contents.sh
. "$here/contents.sh"

usage() { fail "$1; write: restore.sh [--replace] [--into DIR | --no-folders] BACKUP"; }

replace=no
root=/
with_folders=yes
backup=
while [[ $# -gt 0 ]]; do
    case $1 in
        --replace) replace=yes ;;
        --no-folders) with_folders=no ;;
        --into)
            [[ -n ${2:-} ]] || usage "--into names no folder"
            root=$2
            shift
            ;;
        -*) usage "there is no option $1" ;;
        *)
            [[ -z $backup ]] || usage "there is one back-up to restore, not '$backup' and '$1'"
            backup=$1
            ;;
    esac
    shift
done
[[ -n $backup ]] || usage "name the back-up to restore"
: "${DATABASE_URL:?names the database to restore to}"
require pg_dump pg_restore psql tar gzip sha256sum sed awk diff
begin=$(milliseconds)

backup=$(realpath -e -- "$backup") || fail "there is no such back-up"
require_whole "$backup"
say "$backup is whole; it shows $(about "$backup" taken)"
connect_to "$DATABASE_URL"
require_matching_client

statements=
present=$(query --command="SELECT nspname FROM pg_namespace WHERE nspname IN ('ralph', 'audit') ORDER BY nspname DESC")
if [[ -n $present ]]; then
    [[ $replace == yes ]] || fail "the database $PGDATABASE has ${present//$'\n'/ and } already;" \
        "name an empty one, or say --replace to drop what is there"
    statements="SET LOCAL lock_timeout = '30s';"
    for schema in ralph audit; do
        # Also one that the back-up has not: migrations that begin anew would find it. But a schema "audit" may be another's.
        [[ $schema == ralph || -n $(query --command="SELECT to_regclass('audit.seals')") ]] ||
            grep -q "^$schema\." "$backup/rows" || continue
        statements+=" DROP SCHEMA IF EXISTS $schema CASCADE;"
    done
fi

folders=()
[[ $with_folders == no ]] || mapfile -t folders < <(about "$backup" folder)
for folder in "${folders[@]}"; do
    place=${root%/}$folder
    [[ $replace == yes || ! -e $place || -z $(find "$place" -mindepth 1 -print -quit) ]] ||
        fail "$place is there and not empty; empty it, restore --into another folder, or say --replace to overwrite files"
done

# Before the rows, which refer to them.
if [[ ${#folders[@]} -gt 0 ]]; then
    mkdir -p -- "$root"
    tar --extract --gzip --file="$backup/folders.tar.gz" --directory="$root" --preserve-permissions
    say "folders restored: ${folders[*]/#/${root%/}}"
fi

restore_database "$backup" "$statements" "$(<"$here/after-recovery.sql")" ||
    fail "the database is as it was. If a role is missing, make it first: META-INF/ralph/roles.sql makes Ralph's own"
analyze_tables
compare_rows "$backup"
say "restored to $PGDATABASE on $PGHOST:$PGPORT in $(seconds_since "$begin") s"
