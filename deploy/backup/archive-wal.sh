#!/bin/sh
# Copyright 2026 the Ralph for the JVM authors
# SPDX-License-Identifier: Apache-2.0
#
# archive-wal.sh PATH NAME ARCHIVE
# PostgreSQL's archive_command: archive_command = '/opt/ralph/backup/archive-wal.sh "%p" "%f" /archive'
#
# A segment has its name once it is whole and on the disk, and no segment is ever overwritten. For any POSIX shell, since it runs
# where the server does. Success for one that is there already and the same: PostgreSQL asks again after a crash.
set -eu
umask 077
path=$1
target=$3/$2
partial=$3/.$2.partial

if [ -e "$target" ]; then
    if ! cmp -s -- "$path" "$target"; then
        echo "$target is there already and is another segment: does another server archive to $3?" >&2
        exit 1
    fi
    rm -f -- "$partial"
else
    cp -- "$path" "$partial"
    sync -- "$partial"
    # Unlike a rename, it fails if there is one.
    ln -- "$partial" "$target"
    rm -- "$partial"
fi
sync -- "$3"
