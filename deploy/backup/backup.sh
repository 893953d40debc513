#!/usr/bin/env bash
# Copyright 2026 the Ralph for the JVM authors
# SPDX-License-Identifier: Apache-2.0
#
# Backs up Ralph's part of a PostgreSQL and the folders that its rows refer to. docs/backup.md tells the rest.
#
# Environment:
#   DATABASE_URL      postgresql://user:password@host:port/database, or its JDBC form
#   BACKUP_DIR        where back-ups are kept, a folder each
#   BACKUP_FOLDERS    folders to back up besides, separated by ':' (artifacts, shared workspaces, git remotes); none if not set
#   RETENTION_DAYS    back-ups older than that are deleted once a new one is complete (30)
#   S3_URL            s3://bucket/prefix to copy the back-up to, by the aws program; AWS_ENDPOINT_URL names another service
#
# A back-up has its name once it is complete: what a crash leaves ends in ".partial" and is deleted by the next one. Rows are of
# one moment. Folders are read after it, so that each artifact a row refers to is there, unless it was deleted in between.
set -euo pipefail
umask 077
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=connection.sh
. "$here/connection.sh"
# shellcheck source=contents.sh
. "$here/contents.sh"

: "${DATABASE_URL:?names the database}" "${BACKUP_DIR:?names the folder of the back-ups}"
retention=${RETENTION_DAYS:-30}
[[ $retention =~ ^[1-9][0-9]{0,3}$ ]] || fail "RETENTION_DAYS '$retention' must be a whole number of days from 1 to 9999"
require pg_dump psql tar gzip sha256sum flock find realpath
if [[ -n ${S3_URL:-} ]]; then
    [[ $S3_URL =~ ^s3://[^/]+ ]] || fail "S3_URL '$S3_URL' must begin with s3:// and a bucket"
    require aws
fi
mkdir -p -- "$BACKUP_DIR"
BACKUP_DIR=$(realpath -e -- "$BACKUP_DIR")

folders=()
while IFS= read -r -d : folder; do
    [[ -n $folder ]] || continue
    [[ $folder == /* && -d $folder ]] || fail "BACKUP_FOLDERS names '$folder', which is no folder with an absolute path"
    folder=$(realpath -e -- "$folder")
    [[ $folder != / && $folder != *[[:cntrl:]]* ]] || fail "BACKUP_FOLDERS names '$folder'; name a folder below /, without line breaks"
    [[ $BACKUP_DIR/ != "$folder"/* ]] || fail "BACKUP_DIR $BACKUP_DIR is in $folder, which it is to hold; put it elsewhere"
    folders+=("$folder")
done < <(printf '%s:' "${BACKUP_FOLDERS:-}")

connect_to "$DATABASE_URL"
require_matching_client

# What this program starts holds the lock too, so that one that is killed is not at work beside the next one.
exec 8>"$BACKUP_DIR/.lock"
flock -n 8 || fail "another back-up to $BACKUP_DIR is at work"
find "$BACKUP_DIR" -mindepth 1 -maxdepth 1 -type d -name 'ralph-????????T??????Z.partial' -exec rm -rf -- {} +

name=ralph-$(date -u +%Y%m%dT%H%M%SZ)
target=$BACKUP_DIR/$name
[[ ! -e $target ]] || fail "$target is there already"
partial=$target.partial
mkdir -- "$partial"
trap 'rm -rf -- "$partial"' EXIT

# The session's snapshot is the moment that both the counts and the dump see.
say "dumping $PGDATABASE on $PGHOST:$PGPORT"
(
    cd -- "$partial"
    query <<SQL
SET lock_timeout = '5min';
SET statement_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT pg_export_snapshot() AS snapshot, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS taken \\gset
\\o about
\\qecho 'taken' :taken
SELECT 'server', current_setting('server_version');
\\o rows
$counts_query \\gexec
\\o
\\setenv SNAPSHOT :snapshot
\\! pg_dump --no-password --format=custom --schema=ralph --schema=audit --lock-wait-timeout=300000 --snapshot="\$SNAPSHOT" --file=database.dump && touch dumped
COMMIT;
SQL
    [[ -s rows ]] || fail "the database $PGDATABASE has no schema 'ralph'"
    [[ -e dumped ]] || fail "pg_dump could not dump it"
    rm dumped
)
say "dumped $(awk '{ rows += $2 } END { print rows + 0 }' "$partial/rows") rows of $(wc -l <"$partial/rows") tables"

if [[ ${#folders[@]} -gt 0 ]]; then
    say "packing ${folders[*]}"
    printf 'folder %s\n' "${folders[@]}" >>"$partial/about"
    # Code 1: files that changed or went while they were read. They are not whole in the copy; what is recorded does not change.
    tar --create --gzip --file="$partial/folders.tar.gz" --directory=/ --warning=no-file-changed --warning=no-file-removed \
        -- "${folders[@]#/}" || (($? == 1)) || fail "tar could not pack the folders"
fi

(cd -- "$partial" && sha256sum -- * >SHA256SUMS)
sync -- "$partial"/* "$partial"
mv -T -- "$partial" "$target"
trap - EXIT
sync -- "$BACKUP_DIR"
say "complete: $target, $(du -sh -- "$target" | cut -f 1)"

if [[ -n ${S3_URL:-} ]]; then
    # The sums last: a copy that has them is whole.
    copy=${S3_URL%/}/$name
    aws s3 cp --recursive --only-show-errors --exclude SHA256SUMS "$target" "$copy" || fail "$target is not copied to $copy; do it by hand"
    aws s3 cp --only-show-errors "$target/SHA256SUMS" "$copy/SHA256SUMS" || fail "$copy lacks its SHA256SUMS; copy them by hand"
    say "copied to $copy"
fi

oldest=ralph-$(date -u --date="$retention days ago" +%Y%m%dT%H%M%SZ)
for old in "$BACKUP_DIR"/ralph-*Z; do
    [[ ${old##*/} =~ $backup_name && ${old##*/} < $oldest && -d $old && ! -L $old ]] || continue
    mv -T -- "$old" "$old.partial"
    rm -rf -- "$old.partial"
    say "deleted, older than $retention days: $old"
done
