# shellcheck shell=bash
# Copyright 2026 the Ralph for the JVM authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced: from DATABASE_URL to what PostgreSQL's programs read from the environment, so that no password is in a command line.

export LC_ALL=C PGCLIENTENCODING=UTF8 PGCONNECT_TIMEOUT=${PGCONNECT_TIMEOUT:-10} PGAPPNAME=ralph-backup

say() { printf '%s %s\n' "$(date -u +%FT%TZ)" "$*"; }

fail() {
    say "FAILED: $*" >&2
    exit 1
}

require() {
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null || fail "$tool is not on the PATH; install it (PostgreSQL's client programs, GNU coreutils and tar)"
    done
}

percent_decoded() {
    [[ $1 =~ ^([^%]|%[0-9A-Fa-f]{2})*$ ]] || fail "DATABASE_URL has a % that begins no code; write % as %25"
    local text=${1//\\/\\\\}
    printf '%b' "${text//%/\\x}"
}

# As a value in a URL: its bytes, but for letters, digits and what is safe everywhere.
percent_encoded() {
    local LC_ALL=C text=$1 i character
    for ((i = 0; i < ${#text}; i++)); do
        character=${text:i:1}
        case $character in
            [A-Za-z0-9/._~-]) printf '%s' "$character" ;;
            *) printf '%%%02X' "$(($(printf '%d' "'$character") & 255))" ;;
        esac
    done
}

# Sets PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE from the URL, where it says them, and from DATABASE_USER and
# DATABASE_PASSWORD, where it does not; the rest stays as libpq finds it.
connect_to() {
    local form="postgresql://user:password@host:port/database, what is special in URLs percent-encoded (its JDBC form is allowed too)"
    local scheme=${1%%//*} rest=${1#*//} query='' authority parameter
    [[ ${scheme,,} =~ ^(jdbc:postgresql|postgres(ql)?(\+[a-z0-9_]+)?):$ ]] || fail "DATABASE_URL must be $form"
    if [[ $rest == *\?* ]]; then
        query=${rest#*\?}
        rest=${rest%%\?*}
    fi
    [[ $rest =~ ^([^/]*)/([^/]+)$ ]] || fail "DATABASE_URL names no database; write $form"
    authority=${BASH_REMATCH[1]}
    PGDATABASE=$(percent_decoded "${BASH_REMATCH[2]}")
    export PGHOST PGPORT PGDATABASE PGUSER PGPASSWORD PGSSLMODE PGSSLROOTCERT PGSSLCERT PGSSLKEY
    PGUSER=${DATABASE_USER:-${PGUSER:-}}
    PGPASSWORD=${DATABASE_PASSWORD:-${PGPASSWORD:-}}
    if [[ $authority == *@* ]]; then
        local credentials=${authority%@*}
        authority=${authority##*@}
        PGUSER=$(percent_decoded "${credentials%%:*}")
        [[ $credentials != *:* ]] || PGPASSWORD=$(percent_decoded "${credentials#*:}")
    fi
    [[ $authority != *,* ]] || fail "DATABASE_URL names several hosts; name the one to use"
    local valid='^(\[[0-9a-fA-F:.%]+]|[^]:[:space:][]*)(:([0-9]{1,5}))?$'
    [[ $authority =~ $valid ]] ||
        fail "DATABASE_URL has no valid host and port; write $form"
    PGHOST=${BASH_REMATCH[1]:-localhost}
    PGHOST=${PGHOST#[}
    PGHOST=${PGHOST%]}
    PGPORT=${BASH_REMATCH[3]:-5432}
    # In a JDBC URL's parameters, as in a form, a plus is a blank.
    [[ ${scheme,,} != jdbc:* ]] || query=${query//+/ }
    while IFS= read -r -d '&' parameter; do
        case $parameter in
            user=*) PGUSER=$(percent_decoded "${parameter#*=}") ;;
            password=*) PGPASSWORD=$(percent_decoded "${parameter#*=}") ;;
            ssl=true | ssl=) PGSSLMODE=verify-full ;;
            sslmode=*) PGSSLMODE=$(percent_decoded "${parameter#*=}") ;;
            sslrootcert=*) PGSSLROOTCERT=$(percent_decoded "${parameter#*=}") ;;
            sslcert=*) PGSSLCERT=$(percent_decoded "${parameter#*=}") ;;
            sslkey=*) PGSSLKEY=$(percent_decoded "${parameter#*=}") ;;
            host=* | hostaddr=* | port=* | dbname=* | service=*)
                fail "DATABASE_URL has '${parameter%%=*}' among its parameters; write it as $form" ;;
        esac
    done < <(printf '%s&' "$query")
    # What is set to nothing would hide what libpq finds otherwise.
    [[ -n $PGUSER ]] || unset PGUSER
    [[ -n $PGPASSWORD ]] || unset PGPASSWORD
}

# psql for programs: rows of fields separated by blanks, and an end at the first error.
query() {
    psql --no-psqlrc --no-password --quiet --tuples-only --no-align --field-separator=' ' --set=ON_ERROR_STOP=1 "$@"
}

# An older client cannot dump a newer server, and what a newer client dumps cannot always be restored to an older server.
require_matching_client() {
    local server client
    server=$(query --command='SHOW server_version_num') || fail "the database $PGDATABASE on $PGHOST:$PGPORT cannot be used"
    client=$(pg_dump --version)
    [[ $client =~ ([0-9]+)[.a-z] ]] || fail "pg_dump does not tell its version, but '$client'"
    client=${BASH_REMATCH[1]}
    ((server / 10000 == client)) || fail "the client programs are of PostgreSQL $client and the server is of $((server / 10000)):" \
        "put those of the server's version first on the PATH, for instance /usr/lib/postgresql/$((server / 10000))/bin"
}
